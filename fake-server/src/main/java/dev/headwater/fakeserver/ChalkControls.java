package dev.headwater.fakeserver;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** What of Chalk's API a test can look at and set; from {@link FakeServer#chalk()}. Safe for use by many threads. */
public final class ChalkControls {

    /** How long tokens are good that clients get for their id and secret, if they do not ask for less. */
    public static final Duration DEFAULT_TOKEN_LIFETIME = Duration.ofHours(1);

    private static final List<String> PREVIEW = List.of("{\"id\":1}", "{\"id\":2}");

    private volatile IntSupplier httpPort = () -> 0;
    private volatile IntSupplier grpcPort = () -> 0;
    private volatile @Nullable LinkedStore store;
    private volatile Duration tokenLifetime = DEFAULT_TOKEN_LIFETIME;
    private volatile List<String> preview = PREVIEW;
    private volatile List<String> stages = List.of();

    ChalkControls() {}

    void ports(IntSupplier http, IntSupplier grpc) {
        httpPort = http;
        grpcPort = grpc;
    }

    /**
     * {@return the API server for clients that speak gRPC, such as {@code http://127.0.0.1:40124}; without TLS} Unless the
     * builder named a port for it, gRPC is started when this is first asked for, by a test or by a client that gets a token.
     */
    public URI grpcUrl() {
        return URI.create("http://127.0.0.1:" + grpcPort.getAsInt());
    }

    /** {@return the API server for clients that speak Connect: the same as {@link FakeServer#url()}} */
    public URI connectUrl() {
        return URI.create("http://127.0.0.1:" + httpPort.getAsInt());
    }

    /** {@return the id of the client that may get tokens} */
    public String clientId() {
        return "client-of-the-fake-server";
    }

    /** {@return the secret of that client} */
    public String clientSecret() {
        return "secret-of-the-fake-server";
    }

    /** Says to which secret store full identifiers of linked secrets must lead; null for any, as at the start. */
    public void linkedStore(@Nullable LinkedStore only) {
        store = only;
    }

    /** {@return to which secret store full identifiers must lead; null for any} */
    public @Nullable LinkedStore linkedStore() {
        return store;
    }

    /** How long tokens are good from now on. */
    public void tokenLifetime(Duration lifetime) {
        tokenLifetime = lifetime;
    }

    /** {@return how long tokens are good} */
    public Duration tokenLifetime() {
        return tokenLifetime;
    }

    /** What a test of a stream shows if a client asks for a preview. */
    public void previewMessages(String... values) {
        preview = List.of(values);
    }

    /** {@return what a test of a stream shows} */
    public List<String> previewMessages() {
        return preview;
    }

    /** The names of the stages that a Snowflake data source has, each as {@code DATABASE.SCHEMA.STAGE}. */
    public void snowflakeStages(String... references) {
        stages = List.of(references);
    }

    /** {@return the stages that a Snowflake data source has} */
    public List<String> snowflakeStages() {
        return stages;
    }

    void reset() {
        store = null;
        tokenLifetime = DEFAULT_TOKEN_LIFETIME;
        preview = PREVIEW;
        stages = List.of();
    }
}
