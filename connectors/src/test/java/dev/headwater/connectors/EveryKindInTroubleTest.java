package dev.headwater.connectors;

import static dev.headwater.connectors.Targets.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.testkit.FaultyServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What each kind with a network makes of servers that misbehave; the contract has those that are silent or hang up. */
@DisplayName("A connector in trouble, of kind")
@ParameterizedClass(name = "{0}")
@MethodSource("kinds")
class EveryKindInTroubleTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    /** How long, at the most, what has a deadline of a second may take on a busy machine. */
    private static final Duration SOON = Duration.ofSeconds(10);

    private static final Set<FailureCode> NOT_THE_SERVER = Set.of(
            FailureCode.WRONG_SERVER, FailureCode.CONNECTION_LOST, FailureCode.TLS_FAILED, FailureCode.TIMED_OUT);

    private final KindFixture fixture;
    private final Connector connector;
    private final Map<String, Object> config;

    EveryKindInTroubleTest(KindFacts facts) {
        fixture = facts.fixture();
        connector = fixture.connector();
        config = new LinkedHashMap<>(fixture.workingConfig());
    }

    static Stream<KindFacts> kinds() {
        return KindFacts.all().stream()
                .filter(facts -> facts.fixture().atPort(1).isPresent());
    }

    private ConnectionTarget target(FaultyServer server, Duration timeout) {
        config.putAll(fixture.atPort(server.port()).orElseThrow());
        return Targets.target(fixture.kind(), config, timeout, new Cancellation());
    }

    private void isGivenUp(FaultyServer server) {
        long start = System.nanoTime();
        ConnectorException failure = failure(() -> {
            ConnectionTarget target = target(server, TIMEOUT);
            connector.reach(target);
            connector.open(target).close();
        });
        assertThat(failure.failure()).as("%s", failure).isIn(NOT_THE_SERVER);
        assertThat(failure.getMessage()).doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
        Await.until(() -> server.open() == 0);
    }

    @Test
    @DisplayName("gives up on a server that answers with garbage")
    void garbage() {
        byte[] garbage = new byte[4_096];
        for (int i = 0; i < garbage.length; i++) {
            garbage[i] = (byte) (i * 31 + 7);
        }
        try (FaultyServer server = FaultyServer.answering(garbage)) {
            isGivenUp(server);
        }
    }

    @Test
    @DisplayName("gives up on a server that greets like one for mail")
    void stranger() {
        byte[] greeting = "220 mail.example.com ESMTP ready\r\n".getBytes(StandardCharsets.US_ASCII);
        try (FaultyServer server = FaultyServer.answering(greeting)) {
            isGivenUp(server);
        }
    }

    @Test
    @DisplayName("gives up in time on a server that sends a byte now and then, for ever")
    void drips() {
        try (FaultyServer server = FaultyServer.dripping(new byte[] {0}, Duration.ofMillis(50))) {
            isGivenUp(server);
        }
    }

    @Test
    @DisplayName("works again after all of a pool's connections were cut")
    void cut() throws Exception {
        if (!(config.get("port") instanceof Long port)) {
            return;
        }
        try (FaultyServer server = FaultyServer.inFrontOf(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port.intValue()));
                ConnectorClient client =
                        connector.client(target(server, Targets.TIMEOUT), new ClientSettings("trouble", 2))) {
            if (client.client() instanceof DataSource pool) {
                try (Connection before = pool.getConnection()) {
                    ask(before);
                    server.cut();
                    askWhatMayBeGone(before);
                }
                try (Connection after = pool.getConnection()) {
                    ask(after);
                }
            }
        }
    }

    /** Drivers that speak HTTP connect anew within one connection of JDBC, and notice nothing. */
    private static void askWhatMayBeGone(Connection connection) {
        try {
            ask(connection);
        } catch (SQLException e) {
            assertThat(e.toString()).doesNotContain("planted");
        }
    }

    private static void ask(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            assertThat(statement.execute("select 1")).isTrue();
        }
    }
}
