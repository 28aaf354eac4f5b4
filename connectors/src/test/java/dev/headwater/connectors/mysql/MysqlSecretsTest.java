package dev.headwater.connectors.mysql;

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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A password given to the MySQL connector")
class MysqlSecretsTest {

    private static final String PLANTED = "pl4nted+my word/%";
    private static final Duration SHORT = Duration.ofSeconds(2);

    private final Connector connector = Connectors.mysql();
    private final StringBuilder seen = new StringBuilder();
    private final Map<String, Object> config = MariaDbServer.get().config();

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
    private void useAll(String password) {
        config.put("password", SecretValue.of(password));
        var target = Targets.target("mysql", config, SHORT, new Cancellation());
        see(connector);
        see(target);
        seeFailure(() -> connector.reach(target));
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
        // That the driver was heard makes it worth something that nothing was found.
        assertThat(TestLog.contains("org.mariadb.jdbc")).isTrue();
        byte[] bytes = PLANTED.getBytes(StandardCharsets.UTF_8);
        for (String form : List.of(
                PLANTED,
                // The driver writes packets down as bytes, with the text beside them.
                "pl4nted",
                "70 6C 34 6E 74 65 64",
                URLEncoder.encode(PLANTED, StandardCharsets.UTF_8),
                Base64.getEncoder().encodeToString(bytes))) {
            assertThat(TestLog.contains(form)).as("log: " + form).isFalse();
            assertThat(seen.indexOf(form)).as("seen: " + form).isNegative();
        }
    }

    @ParameterizedTest(name = "TLS {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName("shows nowhere when it is right")
    void right(boolean tls) throws Exception {
        // made where no log sees it
        MariaDbServer.get()
                .runUnseen(
                        "create or replace user planted@'%' identified by '" + PLANTED + "'",
                        "grant all on `shop%`.* to planted@'%'");
        config.put("username", "planted");
        config.put("ssl.enabled", tls);
        useAll(PLANTED);
        assertThat(seen).contains("MariaDB 1").contains("jdbc:mariadb");
        assertHidden();
    }

    @Test
    @DisplayName("shows nowhere when it is wrong")
    void wrong() throws Exception {
        useAll(PLANTED);
        assertThat(seen).contains("Access denied");
        assertHidden();
    }

    @Test
    @DisplayName("shows nowhere when the server repeats it, or fails")
    void echo() throws Exception {
        // The driver's own debug log tells what the server says, of which it cannot know that it is secret.
        String echoed = "another " + PLANTED.replace('4', '5');
        byte[] text = ("#28000no, not " + echoed).getBytes(StandardCharsets.UTF_8);
        byte[] packet = new byte[7 + text.length];
        packet[0] = (byte) (3 + text.length);
        packet[4] = (byte) 0xff;
        packet[5] = 0x15;
        packet[6] = 0x04;
        System.arraycopy(text, 0, packet, 7, text.length);
        for (FaultyServer faulty : List.of(FaultyServer.answering(packet), FaultyServer.resetting())) {
            try (faulty) {
                config.put("port", (long) faulty.port());
                useAll(echoed);
            }
        }
        assertThat(seen).contains("no, not " + SecretValue.HIDDEN);
        assertThat(seen.indexOf(echoed)).isNegative();
    }
}
