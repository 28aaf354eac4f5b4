package dev.headwater.fakeserver;

import dev.headwater.core.DataSourceDraft;
import dev.headwater.fakeserver.internal.Answered;
import dev.headwater.fakeserver.internal.Controls;
import dev.headwater.fakeserver.internal.Face;
import dev.headwater.fakeserver.internal.FakeSource;
import dev.headwater.fakeserver.internal.HttpFront;
import dev.headwater.fakeserver.internal.Once;
import dev.headwater.fakeserver.internal.Scope;
import dev.headwater.fakeserver.internal.SeedFile;
import dev.headwater.fakeserver.internal.Seeds;
import dev.headwater.fakeserver.internal.World;
import dev.headwater.fakeserver.internal.basedash.BasedashFace;
import dev.headwater.fakeserver.internal.chalk.Chalk;
import dev.headwater.fakeserver.internal.chalk.ConnectFace;
import dev.headwater.fakeserver.internal.chalk.GrpcFront;
import dev.headwater.fakeserver.internal.databrain.DataBrainFace;
import dev.headwater.fakeserver.internal.rest.SchemaSync;
import dev.headwater.spi.SourceSystem;
import dev.headwater.spi.TenancySettings;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The data source APIs of Chalk, DataBrain and Basedash, over one set of data sources in memory, on free ports of the
 * loopback interface. What is made through one is seen through the others, as far as they have words for it.
 *
 * <pre>{@code
 * try (FakeServer server = FakeServer.start()) {
 *     server.seed(DataSourceDraft.of("postgresql", "orders").with("host", "db.example.com"));
 *     // point the client to server.url(), with server.token(SourceSystem.BASEDASH)
 *     server.next(1).of(SourceSystem.BASEDASH).answer(503);
 * }
 * }</pre>
 *
 * <p>Safe for use by many threads. Any number of servers may run in one JVM. Only tests should use it: it keeps secrets in
 * the clear and checks none but tokens.
 */
public final class FakeServer implements AutoCloseable {

    /** The scope that is there if the builder names none. */
    public static final String DEFAULT_SCOPE = "test";

    private final Map<String, String> firstScopes;
    private final ConnectionTests firstTests;
    private final World world;
    private final Controls controls;
    private final ChalkControls chalk = new ChalkControls();
    private final SchemaSync sync;
    private final HttpFront http;
    private final Once<GrpcFront> grpc;
    private volatile Answered log = (call, outcome, took) -> {};

    FakeServer(FakeServerBuilder builder) {
        firstScopes = builder.scopes.isEmpty() ? Map.of(DEFAULT_SCOPE, "Test") : new LinkedHashMap<>(builder.scopes);
        firstTests = builder.connectionTests;
        world = new World(builder.clock, builder.kinds);
        controls = new Controls(builder.clock);
        sync = new SchemaSync(world);
        begin();
        Once<Chalk> chalkApi = new Once<>(() -> new Chalk(world, chalk));
        List<Face> faces =
                List.of(new DataBrainFace(world, sync), new BasedashFace(world, sync), new ConnectFace(chalkApi));
        Answered listener = (call, outcome, took) -> log.answered(call, outcome, took);
        http = new HttpFront(builder.port, faces, world, controls, listener);
        int grpcPort = builder.grpcPort;
        grpc = new Once<>(() -> new GrpcFront(grpcPort, chalkApi.get(), controls, listener));
        chalk.ports(http::port, () -> grpc.get().port());
        if (grpcPort != 0) {
            try {
                grpc.get();
            } catch (UncheckedIOException e) {
                http.close();
                throw e;
            }
        }
    }

    /** Starts a server as it is by default. */
    public static FakeServer start() {
        return builder().start();
    }

    /** Begins a server that is not as by default. */
    public static FakeServerBuilder builder() {
        return new FakeServerBuilder();
    }

    /** {@return where HTTP is answered, such as {@code http://127.0.0.1:40123}} */
    public URI url() {
        return URI.create("http://127.0.0.1:" + http.port());
    }

    /** {@return what is particular to Chalk: where gRPC is answered, the client that may get tokens} */
    public ChalkControls chalk() {
        return chalk;
    }

    /** {@return a token that may do everything, as the system's tokens look; good until it is revoked} */
    public String token(SourceSystem system) {
        return defaultToken(system);
    }

    /**
     * Makes a token that may do everything.
     *
     * @param scope the only scope that it opens; null for all
     * @param lifetime how long it is good, by the server's clock; null for ever
     */
    public String issueToken(SourceSystem system, @Nullable String scope, @Nullable Duration lifetime) {
        return issueToken(system, scope, null, lifetime);
    }

    /**
     * Makes a token.
     *
     * @param scope the only scope that it opens; null for all
     * @param permissions what it may do: Chalk's permissions, such as {@code secrets.list}; for DataBrain {@code service} to
     *     use data sources, and {@code admin} to make service tokens; for Basedash none, for a member who is no admin. Null
     *     for all
     * @param lifetime how long it is good, by the server's clock; null for ever
     */
    public String issueToken(
            SourceSystem system,
            @Nullable String scope,
            @Nullable Set<String> permissions,
            @Nullable Duration lifetime) {
        String value = switch (system) {
            case CHALK -> "chalk-" + world.newText(40);
            case DATABRAIN -> world.newId();
            case BASEDASH -> "bd_key_" + world.newText(32);
        };
        world.tokens().issue(system, value, scope, permissions, lifetime);
        return value;
    }

    /**
     * Makes a token of the test's own choice good, until it is revoked or the server is reset.
     *
     * @param scope the only scope that it opens; null for all
     */
    public void acceptToken(SourceSystem system, String token, @Nullable String scope) {
        world.tokens().issue(system, token, scope, null, null);
    }

    /** Takes a token back, and returns whether there was one. */
    public boolean revokeToken(String token) {
        return world.tokens().revoke(token);
    }

    /** Lets a token run out now, and returns whether there was one. */
    public boolean expireToken(String token) {
        return world.tokens().expire(token, Duration.ZERO);
    }

    /** Adds a scope; nothing happens if it is there. */
    public void addScope(String id, String name) {
        world.addScope(id, name);
    }

    /** Adds a data source to the first scope, as it is, whatever the systems' rules, and returns it. */
    public FakeDataSource seed(DataSourceDraft draft) {
        return seed(world.scopes().get(0).id(), draft);
    }

    /**
     * Adds a data source to a scope, as it is, whatever the systems' rules. Keys are canonical, or one of the systems' own.
     *
     * @return it
     * @throws IllegalArgumentException if there is no such scope
     */
    public FakeDataSource seed(String scope, DataSourceDraft draft) {
        return shown(scope(scope), Seeds.plant(world, scope(scope), draft));
    }

    /**
     * Adds the scopes, data sources and tokens of a seed file, as the command line takes it.
     *
     * @param json {@code {"scopes": [{"id", "name", "dataSources": [{"kind", "name", "displayName", "config": {…}}]}],
     *     "tokens": [{"system", "value", "scope"}]}}; a config value is text, a number, a boolean, or {@code {"secretId":
     *     "…"}}; a token without a scope opens all
     * @throws IllegalArgumentException if it is not like that; what stands before the mistake was added
     */
    public void seed(byte[] json) {
        SeedFile.read(json, this::addScope, this::seed, (system, value, scope) -> {
            if (scope != null) {
                scope(scope);
            }
            acceptToken(system, value, scope);
        });
    }

    /** {@return the data sources of the first scope, in the order in which they were made} */
    public List<FakeDataSource> dataSources() {
        return dataSources(world.scopes().get(0).id());
    }

    /**
     * {@return the data sources of a scope, in the order in which they were made}
     *
     * @throws IllegalArgumentException if there is no such scope
     */
    public List<FakeDataSource> dataSources(String scope) {
        Scope found = scope(scope);
        return found.sources().stream().map(source -> shown(found, source)).toList();
    }

    /** {@return the calls since the start or the last reset, the first one first; at most the last 10,000} */
    public List<RecordedRequest> requests() {
        return controls.requests();
    }

    /** {@return the calls of one operation; see {@link RecordedRequest#operation()}} */
    public List<RecordedRequest> requests(SourceSystem system, String operation) {
        return requests().stream()
                .filter(request ->
                        request.system() == system && request.operation().equals(operation))
                .toList();
    }

    /** Begins to say what happens to the next calls that come, of all systems if nothing else is said. */
    public NextCalls next(int calls) {
        return new NextCalls(controls, calls, null, null);
    }

    /** Allows so many calls of a system's API in each window, by the server's clock. Those above get what the system says. */
    public void limit(SourceSystem system, int calls, Duration window) {
        controls.limit(system, calls, window);
    }

    /** Takes the limit away. */
    public void unlimit(SourceSystem system) {
        controls.limit(system, 0, null);
    }

    /** Decides what is found where a schema is read from now on, until a reset. */
    public void schemaReads(SchemaReads reads) {
        sync.reads(reads);
    }

    /**
     * {@return whether no schema is read in the background any more, as after Basedash's create call} Waits for it.
     *
     * @param atMost how long, in real time
     */
    public boolean awaitSyncs(Duration atMost) throws InterruptedException {
        return sync.awaitIdle(atMost);
    }

    /** {@return what only Basedash's organizations have} */
    public BasedashControls basedash() {
        return new BasedashControls(world);
    }

    /** Decides how connection tests end from now on, until a reset. */
    public void connectionTests(ConnectionTests tests) {
        world.connectionTests(tests);
    }

    /**
     * Makes it as new: forgets data sources, tokens, calls, and what was planned. Ports and the tokens that {@link #token}
     * gives stay the same. Calls under way are not waited for; stalled ones are let go.
     */
    public void reset() {
        controls.reset();
        chalk.reset();
        world.clear();
        begin();
    }

    private void begin() {
        firstScopes.forEach(world::addScope);
        world.connectionTests(firstTests);
        sync.reads(SchemaReads.sample());
        for (SourceSystem system : SourceSystem.values()) {
            world.tokens().issue(system, defaultToken(system), null, null, null);
        }
    }

    private static String defaultToken(SourceSystem system) {
        return switch (system) {
            case CHALK -> "chalk-token-of-the-fake-server";
            case DATABRAIN -> "5f6c1f0e-7d1c-4c1e-9f57-0c8a1f0b7a11";
            case BASEDASH -> "bd_key_fakeserverfakeserverfakeserver0";
        };
    }

    private Scope scope(String id) {
        return world.scope(id).orElseThrow(() -> new IllegalArgumentException("there is no scope " + id));
    }

    private FakeDataSource shown(Scope scope, FakeSource source) {
        return new FakeDataSource(
                source.id(),
                scope.id(),
                source.name(),
                source.kind(),
                world.translator().canonical(source.kind(), source.config()),
                source.facts().get(Seeds.TENANCY) instanceof TenancySettings tenancy ? tenancy : null);
    }

    /** Hears of calls that were answered; for the log of the command line. */
    void log(Answered listener) {
        log = listener;
    }

    /** Stops at once; calls under way lose their connections. */
    @Override
    public void close() {
        controls.reset();
        http.close();
        GrpcFront started = grpc.end();
        if (started != null) {
            started.close();
        }
        sync.close();
    }
}
