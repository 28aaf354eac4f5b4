package dev.headwater.fakeserver;

import dev.headwater.core.KindCatalog;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a fake server is like. Not safe for use by many threads; one builder may start many servers. */
public final class FakeServerBuilder {

    int port;
    int grpcPort;
    Clock clock = Clock.systemUTC();
    KindCatalog kinds = KindCatalog.standard();
    ConnectionTests connectionTests = ConnectionTests.succeed();
    final Map<String, String> scopes = new LinkedHashMap<>();

    FakeServerBuilder() {}

    /** The port for HTTP; a free one if nothing is said, or 0. */
    public FakeServerBuilder port(int number) {
        this.port = number;
        return this;
    }

    /** The port for gRPC; a free one if nothing is said, or 0, and then not before {@link ChalkControls#grpcUrl} is asked. */
    public FakeServerBuilder grpcPort(int number) {
        this.grpcPort = number;
        return this;
    }

    /** Where the time comes from: when tokens end, and when things were made. The system if nothing is said. */
    public FakeServerBuilder clock(Clock source) {
        this.clock = source;
        return this;
    }

    /** The kinds whose keys are understood, if not the standard ones. */
    public FakeServerBuilder kinds(KindCatalog catalog) {
        this.kinds = catalog;
        return this;
    }

    /** How connection tests end, also after a reset; they succeed if nothing is said. */
    public FakeServerBuilder connectionTests(ConnectionTests tests) {
        this.connectionTests = tests;
        return this;
    }

    /**
     * A scope: what is an environment of Chalk, an organization of Basedash, and what a DataBrain token sees. Without any
     * there is one, {@value FakeServer#DEFAULT_SCOPE}. The first one is where things go if nothing is said.
     */
    public FakeServerBuilder scope(String id, String name) {
        scopes.put(id, name);
        return this;
    }

    /**
     * Starts a server.
     *
     * @throws java.io.UncheckedIOException if a port is taken
     */
    public FakeServer start() {
        return new FakeServer(this);
    }
}
