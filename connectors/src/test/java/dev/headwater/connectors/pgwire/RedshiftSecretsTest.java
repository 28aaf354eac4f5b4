package dev.headwater.connectors.pgwire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.headwater.connectors.Connectors;
import dev.headwater.connectors.Targets;
import dev.headwater.connectors.TestLog;
import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.SecretValue;
import dev.headwater.testkit.FaultyServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A password given to the Redshift connector")
class RedshiftSecretsTest {

    private static final String PLANTED = "pl4nted-at-redshift";

    private final Connector connector = Connectors.redshift();
    private final Map<String, Object> config = new RedshiftFixture().workingConfig();
    private final StringBuilder seen = new StringBuilder();

    private void see(Object shown) {
        seen.append(shown).append('\n');
    }

    private void seeFailure(ThrowingCallable call) {
        Throwable failure = catchThrowable(call);
        if (failure != null) {
            StringWriter text = new StringWriter();
            failure.printStackTrace(new PrintWriter(text, true));
            see(text);
        }
    }

    /** Does all that a connector can do, as far as it gets, and writes down what can be seen of it. */
    private void useAll() {
        var target = Targets.target("redshift", config, Duration.ofSeconds(2), new Cancellation());
        see(target);
        seeFailure(() -> {
            try (ConnectorSession session = connector.open(target)) {
                see(session);
                see(session.probe());
                see(session.readTables(5, ignored -> {}));
            }
        });
        seeFailure(() -> {
            try (ConnectorClient client = connector.client(target, new ClientSettings("secrets", 2));
                    var connection = ((DataSource) client.client()).getConnection()) {
                see(connection);
                see(connection.getMetaData().getURL());
                see(connection.getClientInfo());
            }
        });
    }

    private void assertHidden() {
        assertThat(TestLog.contains("HikariPool")).isTrue();
        assertThat(TestLog.contains(PLANTED)).as("log").isFalse();
        assertThat(seen.indexOf(PLANTED)).as("seen").isNegative();
    }

    @Test
    @DisplayName("shows nowhere when it is wrong")
    void wrong() {
        config.put("password", SecretValue.of(PLANTED));
        useAll();
        assertThat(seen).contains("password authentication failed");
        assertHidden();
    }

    @Test
    @DisplayName("shows nowhere when the server repeats it, or breaks off")
    void echo() {
        byte[] text = ("SFATAL\0C28P01\0Mno, not " + PLANTED + "\0\0").getBytes(StandardCharsets.UTF_8);
        byte[] answer = new byte[5 + text.length];
        answer[0] = 'E';
        answer[4] = (byte) (4 + text.length);
        System.arraycopy(text, 0, answer, 5, text.length);
        config.put("password", SecretValue.of(PLANTED));
        config.put("ssl.enabled", false);
        for (FaultyServer faulty : List.of(FaultyServer.answering(answer), FaultyServer.resetting())) {
            try (faulty) {
                config.put("port", (long) faulty.port());
                useAll();
            }
        }
        assertThat(seen).contains("no, not " + SecretValue.HIDDEN);
        assertHidden();
    }
}
