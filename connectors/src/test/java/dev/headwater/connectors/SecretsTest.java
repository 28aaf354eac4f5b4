package dev.headwater.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

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
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A password given to a connector")
class SecretsTest {

    private static final String PLANTED = "pl4nted+pass word/ä%";
    private static final Duration SHORT = Duration.ofMillis(400);

    private final Connector connector = Connectors.postgresql();
    private final StringBuffer seen = new StringBuffer();
    private final Map<String, Object> config = PostgresServer.get().config();

    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord record) {
            seen.append(new SimpleFormatter().format(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        Logger root = Logger.getLogger("");
        listener.setLevel(Level.ALL);
        root.addHandler(listener);
        Logger.getLogger("org.postgresql").setLevel(Level.ALL);
        config.put("password", SecretValue.of(PLANTED));
    }

    @AfterEach
    void stopListening() {
        Logger.getLogger("").removeHandler(listener);
        Logger.getLogger("org.postgresql").setLevel(null);
    }

    private void see(Object shown) {
        seen.append(shown).append('\n');
    }

    private void see(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        see((Object) text);
    }

    /** Does all that a connector can do, as far as it gets, and writes down what can be seen of it. */
    private void useAll() {
        var target = Targets.target("postgresql", config, SHORT, new Cancellation());
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
            try (ConnectorClient client = connector.client(target, new ClientSettings("secrets", 2))) {
                see(client);
                see(client.client());
                try (var connection = ((DataSource) client.client()).getConnection()) {
                    see(connection);
                    see(connection.getMetaData().getURL());
                    see(connection.getClientInfo());
                }
            }
        });
        Threads.all().forEach(thread -> see(thread.getName()));
    }

    private void seeFailure(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        Throwable failure = catchThrowable(call);
        if (failure != null) {
            see(failure);
        }
    }

    private void assertHidden() {
        // That something was heard makes it worth something that nothing was found.
        assertThat(TestLog.contains("HikariPool")).isTrue();
        byte[] bytes = PLANTED.getBytes(StandardCharsets.UTF_8);
        for (String form : List.of(
                PLANTED,
                URLEncoder.encode(PLANTED, StandardCharsets.UTF_8),
                URLEncoder.encode(PLANTED, StandardCharsets.UTF_8).replace("+", "%20"),
                Base64.getEncoder().encodeToString(bytes))) {
            assertThat(TestLog.contains(form)).as("slf4j").isFalse();
            assertThat(seen.indexOf(form)).as("what was seen").isNegative();
        }
    }

    @ParameterizedTest(name = "{0}, TLS {1}")
    @CsvSource({"scram,true", "scram,false", "clear,true", "clear,false", "md5,true", "md5,false"})
    @DisplayName("shows nowhere when it is right")
    void right(String method, boolean tls) throws Exception {
        String encryption = method.equals("md5") ? "md5" : "scram-sha-256";
        Logger.getLogger("org.postgresql").setLevel(Level.OFF);
        PostgresServer.get()
                .run(
                        "postgres",
                        "drop role if exists " + method,
                        "set password_encryption = '" + encryption + "'",
                        "create role " + method + " login password '" + PLANTED + "'");
        Logger.getLogger("org.postgresql").setLevel(Level.ALL);
        config.put("username", method);
        config.put("ssl.enabled", tls);
        useAll();
        assertThat(seen).contains("PostgreSQL 1").contains("org.postgresql");
        assertHidden();
    }

    @Test
    @DisplayName("shows nowhere when it is wrong")
    void wrong() throws Exception {
        useAll();
        assertThat(seen).contains("password authentication failed");
        assertHidden();
    }

    @Test
    @DisplayName("shows nowhere when it is the user's name, the database's and the schema's too")
    void everywhere() throws Exception {
        config.put("username", SecretValue.of(PLANTED));
        config.put("database", SecretValue.of(PLANTED));
        config.put("schema", SecretValue.of(PLANTED));
        // The driver's own debug log names users and databases, which it does not know to be secrets.
        Logger.getLogger("org.postgresql").setLevel(Level.OFF);
        useAll();
        assertThat(seen).contains(SecretValue.HIDDEN);
        assertHidden();
    }

    @Test
    @DisplayName("shows nowhere when the server repeats it")
    void echo() throws Exception {
        byte[] text = ("SFATAL\0C28P01\0Mno, not " + PLANTED + "\0\0").getBytes(StandardCharsets.UTF_8);
        byte[] answer = new byte[5 + text.length];
        answer[0] = 'E';
        answer[4] = (byte) (4 + text.length);
        System.arraycopy(text, 0, answer, 5, text.length);
        config.put("ssl.enabled", false);
        Logger.getLogger("org.postgresql").setLevel(Level.OFF);
        try (FaultyServer server = FaultyServer.answering(answer)) {
            config.put("port", (long) server.port());
            useAll();
        }
        assertThat(seen).contains("no, not " + SecretValue.HIDDEN);
        assertHidden();
    }

    @Test
    @DisplayName("shows nowhere when the server fails")
    void faults() throws Exception {
        for (boolean tls : new boolean[] {true, false}) {
            config.put("ssl.enabled", tls);
            for (FaultyServer faulty : List.of(
                    FaultyServer.blackHole(),
                    FaultyServer.resetting(),
                    FaultyServer.answering("SSSNRE garbage\0".getBytes(StandardCharsets.UTF_8)))) {
                try (faulty) {
                    config.put("port", (long) faulty.port());
                    useAll();
                }
            }
        }
        assertHidden();
    }
}
