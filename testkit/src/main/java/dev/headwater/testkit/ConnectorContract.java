package dev.headwater.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.NetworkPolicy;
import dev.headwater.spi.PreviewMessage;
import dev.headwater.spi.ResolvedConfig;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.TableList;
import dev.headwater.spi.TableSchema;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Connector} does. A connector's author extends this class, says what to connect to, and gets the tests;
 * a test class per kind.
 *
 * <p>The hooks that return {@link Optional} are for what some kinds do not have. An empty one must be true: then the suite
 * wants a working config without secrets, any name of a database to do, and a connection that asks no network policy.
 */
@DisplayName("A connector")
public abstract class ConnectorContract {

    /** A secret that no server knows, and that must turn up nowhere. */
    protected static final String WRONG_SECRET = "contract-planted-secret";

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration AGES = Duration.ofHours(1);

    /** How long, in seconds, something may take at the most that should take a moment. */
    private static final long GENEROUS_SECONDS = 30;

    /** {@return the connector under test} */
    protected abstract Connector connector();

    /** {@return the kind to test, one of {@link Connector#kinds()}} */
    protected abstract String kind();

    /** {@return a config that works, of a source that holds at least two tables} */
    protected abstract Map<String, Object> workingConfig();

    /** {@return one of the tables that the source holds, as the connector must read it} */
    protected abstract TableSchema knownTable();

    /**
     * {@return what to put over the working config to make its credentials wrong; use {@link #WRONG_SECRET}. Empty for a
     * kind without credentials}
     */
    protected abstract Optional<Map<String, Object>> wrongCredentials();

    /** {@return what to put over the working config to name a database that is not there; empty where there is no such thing} */
    protected abstract Optional<Map<String, Object>> missingDatabase();

    /** {@return what to put over the working config to go to a port of the loopback interface; empty for a kind without a network} */
    protected abstract Optional<Map<String, Object>> atPort(int port);

    private ConnectionTarget target(Map<String, Object> changes) {
        return target(changes, TIMEOUT, new Cancellation());
    }

    private ConnectionTarget target(Map<String, Object> changes, Duration timeout, Cancellation cancellation) {
        return target(changes, NetworkPolicy.refuseLinkLocal(), timeout, cancellation);
    }

    private ConnectionTarget target(
            Map<String, Object> changes, NetworkPolicy policy, Duration timeout, Cancellation cancellation) {
        Map<String, Object> config = new LinkedHashMap<>(workingConfig());
        config.putAll(changes);
        return new ConnectionTarget(kind(), ResolvedConfig.of(config), policy, timeout, cancellation);
    }

    private TableList tables(int maxTables, List<Integer> progress) {
        try (ConnectorSession session = connector().open(target(Map.of()))) {
            return session.readTables(maxTables, progress::add);
        }
    }

    private static FailureCode failure(ThrowingCallable call) {
        ConnectorException failure = catchThrowableOfType(ConnectorException.class, call);
        assertThat(failure).as("what it throws").isNotNull().hasNoCause().hasNoSuppressedExceptions();
        assertThat(failure.hint()).isNotBlank();
        return failure.failure();
    }

    private static void await(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as(what)
                    .isLessThan(Duration.ofSeconds(GENEROUS_SECONDS));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    @Test
    @DisplayName("serves the kind, and can be asked for it before anything else")
    void servesKind() {
        assertThat(connector().kinds()).contains(kind());
    }

    @Nested
    @DisplayName("of a source that works")
    class Working {

        @Test
        @DisplayName("reaches it")
        void reaches() {
            assertThatCode(() -> connector().reach(target(Map.of()))).doesNotThrowAnyException();
        }

        @Test
        @DisplayName("logs in, asks, and logs out, twice without harm")
        void probes() {
            ConnectorSession session = connector().open(target(Map.of()));
            assertThat(session.probe()).isNotBlank();
            session.close();
            assertThatCode(session::close).as("closing the session twice").doesNotThrowAnyException();
        }

        @Test
        @DisplayName("reads its tables, and tells its progress")
        void reads() {
            List<Integer> progress = new ArrayList<>();
            TableList list = tables(100_000, progress);
            assertThat(list.truncated()).isFalse();
            assertThat(list.tables())
                    .contains(knownTable())
                    .hasSizeGreaterThan(1)
                    .doesNotHaveDuplicates();
            assertThat(progress).isSorted().endsWith(list.tables().size());
        }

        @Test
        @DisplayName("reads no more tables than asked for, and says whether there are more")
        void limits() {
            int all = tables(100_000, new ArrayList<>()).tables().size();
            assertThat(tables(all, new ArrayList<>()).truncated()).isFalse();
            TableList one = tables(1, new ArrayList<>());
            assertThat(one.tables()).hasSize(1);
            assertThat(one.truncated()).isTrue();
        }

        @Test
        @DisplayName("shows no more messages than asked for, in the order of their time")
        void previews() {
            try (ConnectorSession session = connector().open(target(Map.of()))) {
                List<PreviewMessage> messages = session.preview(2);
                assertThat(messages).hasSizeLessThanOrEqualTo(2);
                assertThat(messages.stream().flatMap(message -> message.timestamp().stream()))
                        .isSorted();
                assertThat(session.preview(1)).hasSize(Math.min(1, messages.size()));
            }
        }

        @Test
        @DisplayName("makes a client, which ends without harm however often")
        void client() {
            ConnectorClient client = connector().client(target(Map.of()), new ClientSettings("contract", 2));
            assertThat(client.client()).isNotNull();
            assertThat(client.inUse()).isZero();
            client.retire();
            client.close();
            assertThatCode(client::close).doesNotThrowAnyException();
            assertThatCode(client::retire).doesNotThrowAnyException();
        }

        @Test
        @DisplayName("does not begin what is cancelled already")
        void cancelledBefore() {
            Cancellation cancelled = new Cancellation();
            cancelled.cancel();
            ConnectionTarget target = target(Map.of(), TIMEOUT, cancelled);
            assertThat(failure(() -> connector().reach(target))).isEqualTo(FailureCode.CANCELLED);
            assertThat(failure(() -> connector().open(target))).isEqualTo(FailureCode.CANCELLED);
        }
    }

    @Nested
    @DisplayName("of a source that cannot be used")
    class Refused {

        @Test
        @DisplayName("says that the credentials are wrong, and not what they are")
        void credentials() {
            if (wrongCredentials().isEmpty()) {
                assertThat(workingConfig().values())
                        .as("values of the working config, which is said to have no credentials")
                        .noneMatch(SecretValue.class::isInstance);
            }
            wrongCredentials().ifPresent(changes -> {
                ConnectionTarget target = target(changes);
                Throwable failure = catchThrowable(() -> connector().open(target));
                assertThat(failure(() -> connector().open(target))).isEqualTo(FailureCode.WRONG_CREDENTIALS);
                StringWriter text = new StringWriter();
                failure.printStackTrace(new PrintWriter(text, true));
                assertThat(text.toString().contains(WRONG_SECRET))
                        .as("the trace of the failure, in which the secret must not stand, holds it")
                        .isFalse();
            });
        }

        @Test
        @DisplayName("says that there is no such database")
        void database() {
            if (missingDatabase().isEmpty()) {
                assertThatCode(() -> connector()
                                .open(target(Map.of("database", "contract_missing")))
                                .close())
                        .as("opening a database that is not there, where there is said to be no such thing")
                        .doesNotThrowAnyException();
            }
            missingDatabase()
                    .ifPresent(changes -> assertThat(failure(() -> connector().open(target(changes))))
                            .isEqualTo(FailureCode.NO_SUCH_DATABASE));
        }

        @Test
        @DisplayName("refuses extra properties that it does not know, without repeating their values")
        void extraProperties() {
            Map<String, Object> changes =
                    Map.of(ResolvedConfig.EXTRA_PREFIX + "contractUnknown", SecretValue.of(WRONG_SECRET));
            ConnectorException failure = catchThrowableOfType(
                    ConnectorException.class, () -> connector().open(target(changes)));
            assertThat(failure)
                    .as("what it throws at an extra property that it does not know")
                    .isNotNull();
            assertThat(failure.failure()).isEqualTo(FailureCode.INVALID_CONFIG);
            assertThat(failure).hasMessageContaining("contractUnknown").hasMessageNotContaining(WRONG_SECRET);
        }
    }

    @Nested
    @DisplayName("over a network")
    class Network {

        @Test
        @DisplayName("goes nowhere where the policy does not allow it")
        void policy() {
            if (atPort(1).isEmpty()) {
                List<String> asked = new ArrayList<>();
                NetworkPolicy none = (host, address, port) -> {
                    asked.add(host);
                    return false;
                };
                assertThatCode(() -> connector()
                                .open(target(Map.of(), none, TIMEOUT, new Cancellation()))
                                .close())
                        .as("opening without a network, which the kind is said not to have")
                        .doesNotThrowAnyException();
                assertThat(asked).as("hosts that the policy was asked about").isEmpty();
            }
            try (FaultyServer server = FaultyServer.blackHole()) {
                atPort(server.port()).ifPresent(changes -> {
                    AtomicBoolean asked = new AtomicBoolean();
                    NetworkPolicy none = (host, address, port) -> {
                        asked.set(port == server.port() && address != null);
                        return false;
                    };
                    ConnectionTarget target = target(changes, none, TIMEOUT, new Cancellation());
                    assertThat(failure(() -> connector().reach(target))).isEqualTo(FailureCode.DESTINATION_REFUSED);
                    assertThat(asked).as("asked with the address and the port").isTrue();
                    assertThat(failure(() -> connector().open(target))).isEqualTo(FailureCode.DESTINATION_REFUSED);
                    assertThat(server.accepted()).as("connections made").isZero();
                });
            }
        }

        @Test
        @DisplayName("says that nobody listens")
        void refused() throws IOException {
            // Bound and not listening: nobody else gets the port meanwhile.
            try (Socket nobody = new Socket()) {
                nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                atPort(nobody.getLocalPort()).ifPresent(changes -> {
                    ConnectionTarget target = target(changes);
                    assertThat(failure(() -> connector().reach(target))).isEqualTo(FailureCode.CONNECTION_REFUSED);
                    assertThat(failure(() -> connector().open(target))).isEqualTo(FailureCode.CONNECTION_REFUSED);
                });
            }
        }

        @Test
        @DisplayName("is freed at once by a cancel while the server is silent, and leaves no connection")
        void cancel() throws Exception {
            try (FaultyServer server = FaultyServer.blackHole()) {
                Optional<Map<String, Object>> changes = atPort(server.port());
                if (changes.isPresent()) {
                    Cancellation cancellation = new Cancellation();
                    ConnectionTarget target = target(changes.get(), AGES, cancellation);
                    CompletableFuture<FailureCode> ended = CompletableFuture.supplyAsync(
                            () -> failure(() -> connector().open(target)));
                    await("connecting", () -> server.open() > 0);
                    cancellation.cancel();
                    assertThat(ended.get(GENEROUS_SECONDS, TimeUnit.SECONDS)).isEqualTo(FailureCode.CANCELLED);
                    await("closing", () -> server.open() == 0);
                }
            }
        }

        @Test
        @DisplayName("gives up on a silent server when its time is up, and leaves no connection")
        void silence() throws Exception {
            try (FaultyServer server = FaultyServer.blackHole()) {
                Optional<Map<String, Object>> changes = atPort(server.port());
                if (changes.isPresent()) {
                    ConnectionTarget target = target(changes.get(), SHORT, new Cancellation());
                    CompletableFuture<FailureCode> ended = CompletableFuture.supplyAsync(
                            () -> failure(() -> connector().open(target)));
                    assertThat(ended.get(GENEROUS_SECONDS, TimeUnit.SECONDS)).isEqualTo(FailureCode.TIMED_OUT);
                    await("closing", () -> server.open() == 0);
                }
            }
        }

        @Test
        @DisplayName("says that the server breaks the connection off")
        void reset() {
            try (FaultyServer server = FaultyServer.resetting()) {
                atPort(server.port())
                        .ifPresent(changes -> assertThat(
                                        failure(() -> connector().open(target(changes))))
                                .isEqualTo(FailureCode.CONNECTION_LOST));
            }
        }

        @Test
        @DisplayName("makes no connection for a client that nobody uses")
        void idleClient() {
            try (FaultyServer server = FaultyServer.blackHole()) {
                atPort(server.port()).ifPresent(changes -> {
                    try (ConnectorClient client = connector()
                            .client(target(changes, SHORT, new Cancellation()), new ClientSettings("idle", 1))) {
                        assertThat(client.inUse()).isZero();
                    }
                    assertThat(server.accepted()).isZero();
                });
            }
        }
    }
}
