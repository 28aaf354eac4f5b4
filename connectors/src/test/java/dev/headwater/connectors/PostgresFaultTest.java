package dev.headwater.connectors;

import static dev.headwater.connectors.Targets.failure;
import static dev.headwater.connectors.Targets.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import dev.headwater.testkit.FaultyServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A PostgreSQL connector whose server fails it")
class PostgresFaultTest {

    /** What the driver is given; what it must not outlast is several times as much. */
    private static final Duration SHORT = Duration.ofMillis(500);

    private static final Duration AGES = Duration.ofMinutes(30);
    private static final long GENEROUS_SECONDS = 10;

    private final Connector connector = Connectors.postgresql();
    private final Map<String, Object> config = PostgresServer.get().config();
    private final Cancellation cancellation = new Cancellation();
    private Set<Thread> threadsBefore = Set.of();

    @BeforeEach
    void remember() {
        threadsBefore = Threads.all();
    }

    private ConnectionTarget at(int port, Duration timeout) {
        config.put("port", (long) port);
        return target("postgresql", config, timeout, cancellation);
    }

    private FailureCode openCode(int port) {
        long start = System.nanoTime();
        ConnectorException failure = failure(() -> connector.open(at(port, SHORT)));
        assertThat(failure).hasNoCause().hasNoSuppressedExceptions();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(GENEROUS_SECONDS));
        return failure.failure();
    }

    /** Runs what would take ages, cancels it when it has begun, and gives how it ended. */
    private ConnectorException cancelled(Runnable work, java.util.function.BooleanSupplier begun) throws Exception {
        CompletableFuture<ConnectorException> ended = new CompletableFuture<>();
        Thread thread = new Thread(() -> ended.complete(failure(work::run)), "worker");
        thread.start();
        Await.until(begun);
        cancellation.cancel();
        ConnectorException failure = ended.get(GENEROUS_SECONDS, TimeUnit.SECONDS);
        thread.join(TimeUnit.SECONDS.toMillis(GENEROUS_SECONDS));
        return failure;
    }

    private void assertNothingLeft(FaultyServer server) {
        Await.until(() -> server.open() == 0);
        Await.until(() -> Threads.all().stream()
                .filter(thread -> !thread.getName().startsWith("faulty-server"))
                .filter(thread -> !thread.getName().contains("CommonPool")
                        && !thread.getName().contains("ForkJoinPool"))
                .filter(thread -> thread.getThreadGroup() != null
                        && !"InnocuousThreadGroup"
                                .equals(thread.getThreadGroup().getName()))
                .allMatch(threadsBefore::contains));
    }

    @ParameterizedTest(name = "TLS {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName("gives up in time on a server that never answers")
    void silence(boolean tls) {
        config.put("ssl.enabled", tls);
        try (FaultyServer server = FaultyServer.blackHole()) {
            connector.reach(at(server.port(), SHORT));
            assertThat(openCode(server.port())).isEqualTo(FailureCode.TIMED_OUT);
            assertNothingLeft(server);
        }
    }

    @ParameterizedTest(name = "TLS {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName("is freed by a cancel while a server never answers")
    void cancelSilence(boolean tls) throws Exception {
        config.put("ssl.enabled", tls);
        try (FaultyServer server = FaultyServer.blackHole()) {
            ConnectionTarget target = at(server.port(), AGES);
            ConnectorException failure = cancelled(() -> connector.open(target), () -> server.open() == 1);
            assertThat(failure.failure()).isEqualTo(FailureCode.CANCELLED);
            assertNothingLeft(server);
        }
    }

    /** One byte at a time passes every timeout of a single read. */
    private static FaultyServer drips(boolean tls) {
        // Yes to TLS and the head of a long record; or the head of a long error.
        byte[] head = tls ? new byte[] {'S', 0x16, 3, 3, 0x40, 0} : new byte[] {'E', 0, 0, 0x40, 0};
        return FaultyServer.dripping(Arrays.copyOf(head, 20_000), Duration.ofMillis(50));
    }

    @ParameterizedTest(name = "TLS {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName("gives up in time on a server that answers byte by byte")
    void drip(boolean tls) {
        config.put("ssl.enabled", tls);
        try (FaultyServer server = drips(tls)) {
            assertThat(openCode(server.port())).isEqualTo(FailureCode.TIMED_OUT);
            assertNothingLeft(server);
        }
    }

    @ParameterizedTest(name = "TLS {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName("is freed by a cancel while a server answers byte by byte")
    void cancelDrip(boolean tls) throws Exception {
        config.put("ssl.enabled", tls);
        try (FaultyServer server = drips(tls)) {
            ConnectionTarget target = at(server.port(), AGES);
            ConnectorException failure = cancelled(() -> connector.open(target), () -> server.open() == 1);
            assertThat(failure.failure()).isEqualTo(FailureCode.CANCELLED);
            assertNothingLeft(server);
        }
    }

    @Test
    @DisplayName("tells a port where nobody listens")
    void refused() throws IOException {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        assertThat(openCode(port)).isEqualTo(FailureCode.CONNECTION_REFUSED);
        assertThat(failure(() -> connector.reach(at(port, SHORT))).failure()).isEqualTo(FailureCode.CONNECTION_REFUSED);
    }

    @Test
    @DisplayName("tells a host that does not exist")
    void unknownHost() {
        config.put("host", "no-such-host.invalid");
        assertThat(failure(() -> connector.open(at(5432, SHORT))).failure()).isEqualTo(FailureCode.UNKNOWN_HOST);
        assertThat(failure(() -> connector.reach(at(5432, SHORT))).failure()).isEqualTo(FailureCode.UNKNOWN_HOST);
    }

    @Test
    @DisplayName("gives up in time, or when cancelled, on a host that does not take connections")
    void fullBacklog() throws Exception {
        config.put("host", "127.0.0.1");
        List<Socket> fillers = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            var address = new InetSocketAddress("127.0.0.1", full.getLocalPort());
            boolean taken = true;
            while (taken) {
                Socket filler = new Socket();
                fillers.add(filler);
                taken = catchThrowable(() -> filler.connect(address, 200)) == null;
            }
            assertThat(failure(() -> connector.reach(at(full.getLocalPort(), SHORT)))
                            .failure())
                    .isEqualTo(FailureCode.TIMED_OUT);
            assertThat(openCode(full.getLocalPort())).isEqualTo(FailureCode.TIMED_OUT);
            ConnectionTarget target = at(full.getLocalPort(), AGES);
            ConnectorException failure = cancelled(
                    () -> connector.reach(target),
                    () -> Threads.all().stream()
                            .filter(thread -> thread.getName().equals("worker"))
                            .anyMatch(thread -> Arrays.stream(thread.getStackTrace())
                                    .anyMatch(frame -> frame.getMethodName().equals("connect"))));
            assertThat(failure.failure()).isEqualTo(FailureCode.CANCELLED);
        } finally {
            for (Socket filler : fillers) {
                filler.close();
            }
        }
    }

    @ParameterizedTest(name = "TLS {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName("tells a connection that the server resets")
    void reset(boolean tls) {
        config.put("ssl.enabled", tls);
        try (FaultyServer server = FaultyServer.resetting()) {
            assertThat(openCode(server.port())).isEqualTo(FailureCode.CONNECTION_LOST);
            assertNothingLeft(server);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n",
                "220 mail.example.com ESMTP\r\n",
                "-ERR unknown command\r\n"
            })
    @DisplayName("tells a server of another kind")
    void otherServer(String greeting) {
        try (FaultyServer server = FaultyServer.answering(greeting.getBytes(StandardCharsets.US_ASCII))) {
            assertThat(openCode(server.port())).isEqualTo(FailureCode.WRONG_SERVER);
            config.put("ssl.enabled", false);
            assertThat(openCode(server.port())).isEqualTo(FailureCode.WRONG_SERVER);
            assertNothingLeft(server);
        }
    }

    @Test
    @DisplayName("takes a server that says yes to TLS, and then talks something else, for one whose TLS fails")
    void halfTls() {
        byte[] greeting = "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n".getBytes(StandardCharsets.US_ASCII);
        try (FaultyServer server = FaultyServer.answering(greeting)) {
            assertThat(openCode(server.port())).isEqualTo(FailureCode.TLS_FAILED);
            assertNothingLeft(server);
        }
    }

    @Test
    @DisplayName("survives an answer that claims to be two gigabytes long")
    void hugeLength() {
        config.put("ssl.enabled", false);
        for (char type : new char[] {'E', 'R', 'N', 'S', 'K', 'v'}) {
            byte[] answer = {(byte) type, 0x7f, -1, -1, -1, 0, 0, 0, 10, 0, 0, 0, 0};
            try (FaultyServer server = FaultyServer.answering(answer)) {
                assertThat(openCode(server.port()))
                        .as("%s", type)
                        .isIn(FailureCode.WRONG_SERVER, FailureCode.CONNECTION_LOST, FailureCode.FAILED);
            }
        }
    }

    @Test
    @DisplayName("tells a connection that breaks in the middle of a session")
    void cut() {
        try (FaultyServer proxy = FaultyServer.inFrontOf(
                new InetSocketAddress("127.0.0.1", PostgresServer.get().port()))) {
            try (ConnectorSession session = connector.open(at(proxy.port(), AGES))) {
                assertThat(session.probe()).startsWith("PostgreSQL");
                proxy.cut();
                assertThat(failure(session::probe).failure()).isEqualTo(FailureCode.CONNECTION_LOST);
                assertThat(failure(() -> session.readTables(1, ignored -> {})).failure())
                        .isEqualTo(FailureCode.CONNECTION_LOST);
            }
            assertNothingLeft(proxy);
        }
    }

    @Test
    @DisplayName("closes the session's connection with the session")
    void closes() {
        try (FaultyServer proxy = FaultyServer.inFrontOf(
                new InetSocketAddress("127.0.0.1", PostgresServer.get().port()))) {
            ConnectorSession session = connector.open(at(proxy.port(), AGES));
            assertThat(proxy.open()).isEqualTo(1);
            session.close();
            session.close();
            assertNothingLeft(proxy);
        }
    }

    @Test
    @DisplayName("is freed by a cancel while the server works on the schema")
    void cancelReading() throws Exception {
        PostgresServer server = PostgresServer.get();
        try (var admin = server.connect();
                var lock = admin.createStatement();
                ConnectorSession session = connector.open(at(server.port(), AGES))) {
            admin.setAutoCommit(false);
            lock.execute("lock table pg_catalog.pg_description in access exclusive mode");
            ConnectorException failure = cancelled(
                    () -> session.readTables(10, ignored -> {}),
                    () -> !"0".equals(server.ask("select count(*) from pg_locks where not granted")));
            assertThat(failure.failure()).isEqualTo(FailureCode.CANCELLED);
            admin.rollback();
        }
    }

    @Test
    @DisplayName("does not begin what is cancelled already")
    void cancelledBefore() {
        cancellation.cancel();
        try (FaultyServer server = FaultyServer.blackHole()) {
            ConnectionTarget target = at(server.port(), AGES);
            assertThat(failure(() -> connector.reach(target)).failure()).isEqualTo(FailureCode.CANCELLED);
            assertThat(failure(() -> connector.open(target)).failure()).isEqualTo(FailureCode.CANCELLED);
            assertThat(server.accepted()).isZero();
        }
    }

    @Test
    @DisplayName("has a pool that neither waits for ever nor leaves anything behind")
    void pool() {
        try (FaultyServer server = FaultyServer.blackHole()) {
            ConnectorClient client = connector.client(at(server.port(), SHORT), new ClientSettings("hopeless", 2));
            assertThat(server.accepted()).isZero();
            assertThatThrownBy(() -> ((DataSource) client.client()).getConnection())
                    .isInstanceOf(SQLException.class);
            client.close();
            assertThatThrownBy(() -> ((DataSource) client.client()).getConnection())
                    .isInstanceOf(SQLException.class);
            assertNothingLeft(server);
        }
    }

    @Test
    @DisplayName("has a pool whose end frees those that wait for a login")
    void closePool() throws Exception {
        try (FaultyServer server = FaultyServer.blackHole()) {
            ConnectorClient client = connector.client(at(server.port(), AGES), new ClientSettings("closing", 2));
            Thread waiting =
                    new Thread(() -> catchThrowable(() -> ((DataSource) client.client()).getConnection()), "worker");
            waiting.start();
            Await.until(() -> server.open() == 1);
            client.close();
            Await.until(() -> server.open() == 0);
            waiting.interrupt();
            waiting.join(TimeUnit.SECONDS.toMillis(GENEROUS_SECONDS));
            assertNothingLeft(server);
        }
    }
}
