package dev.headwater.connectors.pgwire;

import static dev.headwater.connectors.Targets.failure;
import static dev.headwater.connectors.Targets.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headwater.connectors.Await;
import dev.headwater.connectors.Connectors;
import dev.headwater.connectors.FixtureContract;
import dev.headwater.connectors.PostgresServer;
import dev.headwater.connectors.ServerProcess;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.SecretValue;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Not part of the build, where Supabase has no pooler: {@code .ci/run} runs it where {@code .ci/pgbouncer} can bring
 * PgBouncer, whose directory is in the property {@code pgbouncer.home}.
 */
@DisplayName("Behind a pooler of transactions,")
class PgbouncerIT {

    /** That of Supabase's pooler, by which the connector knows it. */
    private static final int PORT = 6543;

    private static final int STRICT_PORT = ServerProcess.freePort();

    /** A database with one connection for all who use it. */
    private static final String SHARED = "shared";

    private final Connector connector = Connectors.supabase();
    private final Map<String, Object> config = new PooledFixture().workingConfig();

    @BeforeAll
    static void start() {
        Map<String, Object> direct = new SupabaseFixture().workingConfig();
        String postgres = "host=127.0.0.1 port=" + direct.get("port") + " dbname=";
        Pgbouncer.start(
                PORT,
                Map.of(
                        "supabase",
                        postgres + "supabase",
                        SHARED,
                        postgres + "supabase pool_size=1",
                        "gone",
                        postgres + "not_there",
                        "down",
                        "host=127.0.0.1 port=" + ServerProcess.freePort()),
                Map.of("client_tls_sslmode", "allow", "query_wait_timeout", "1"));
        Pgbouncer.start(
                STRICT_PORT, Map.of("supabase", postgres + "supabase"), Map.of("client_tls_sslmode", "require"));
    }

    /** The same database as without a pooler. */
    private static final class PooledFixture extends SupabaseFixture {

        @Override
        public Map<String, Object> workingConfig() {
            Map<String, Object> config = super.workingConfig();
            config.put("port", (long) PORT);
            return config;
        }
    }

    @Nested
    @DisplayName("the Supabase connector")
    class Contract extends FixtureContract {

        Contract() {
            super(new PooledFixture());
        }
    }

    private ConnectorSession open() {
        return connector.open(target("supabase", config));
    }

    private ConnectorClient client(int size) {
        return connector.client(target("supabase", config), new ClientSettings("pooled", size));
    }

    private static Connection connection(ConnectorClient client) throws SQLException {
        return ((DataSource) client.client()).getConnection();
    }

    /** {@return why a login fails, or the first query, for which the pooler needs a connection to the database} */
    private ConnectorException refusal() {
        ConnectorException failure = failure(() -> {
            try (ConnectorSession session = open()) {
                session.probe();
            }
        });
        assertThat(failure).hasNoCause().hasNoSuppressedExceptions();
        return failure;
    }

    private FailureCode refusal(String key, Object value) {
        config.put(key, value);
        return refusal().failure();
    }

    private static String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void query(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select count(*) from public.profiles where note = ?")) {
            statement.setString(1, "any");
            statement.executeQuery().close();
        }
    }

    @Nested
    @DisplayName("a pool")
    class Pools {

        @Test
        @DisplayName("runs the same statements again and again, though its connections share one of the database")
        void prepares() throws Exception {
            config.put("database", SHARED);
            try (ConnectorClient client = client(2);
                    Connection one = connection(client);
                    Connection other = connection(client)) {
                for (int i = 0; i < 20; i++) {
                    query(one);
                    query(other);
                }
                assertThat(ask(one, "select pg_backend_pid()")).isEqualTo(ask(other, "select pg_backend_pid()"));
            }
        }

        @Test
        @DisplayName("breaks if it is told to prepare them")
        void preparesTooMuch() throws Exception {
            config.put("database", SHARED);
            config.put("extraProperties.prepareThreshold", "1");
            try (ConnectorClient client = client(2);
                    Connection one = connection(client);
                    Connection other = connection(client)) {
                query(one);
                SQLException failure = catchThrowableOfType(SQLException.class, () -> query(other));
                assertThat(failure.getSQLState()).isEqualTo("42P05");
            }
        }

        @Test
        @DisplayName("of more connections than the pooler has serves them all")
        void manyThreads() throws Exception {
            try (ConnectorClient client = client(30)) {
                List<CompletableFuture<Void>> users = IntStream.range(0, 30)
                        .mapToObj(user -> CompletableFuture.runAsync(() -> {
                            try (Connection connection = connection(client)) {
                                connection.setAutoCommit(false);
                                for (int i = 0; i < 10; i++) {
                                    query(connection);
                                    connection.commit();
                                }
                            } catch (SQLException e) {
                                throw new IllegalStateException(e);
                            }
                        }))
                        .toList();
                for (CompletableFuture<Void> user : users) {
                    user.get(60, TimeUnit.SECONDS);
                }
            }
        }

        @Test
        @DisplayName("that only reads makes no connection of the database read-only for others")
        void readOnly() throws Exception {
            config.put("database", SHARED);
            config.put("extraProperties.readOnly", "true");
            try (ConnectorClient client = client(1);
                    Connection connection = connection(client)) {
                connection.setAutoCommit(false);
                assertThat(ask(connection, "show transaction_read_only")).isEqualTo("on");
                connection.rollback();
                config.remove("extraProperties.readOnly");
                try (ConnectorClient others = client(1);
                        Connection other = connection(others)) {
                    assertThat(ask(other, "show transaction_read_only")).isEqualTo("off");
                }
            }
        }

        @Test
        @DisplayName("cancels a query")
        void cancels() throws Exception {
            try (ConnectorClient client = client(1);
                    Connection connection = connection(client);
                    Statement statement = connection.createStatement()) {
                CompletableFuture<SQLException> query = CompletableFuture.supplyAsync(() -> catchThrowableOfType(
                        SQLException.class, () -> statement.execute("select pg_sleep(600) as to_cancel")));
                Await.until(() -> !"0"
                        .equals(PostgresServer.get()
                                .ask("select count(*) from pg_stat_activity where state = 'active'"
                                        + " and query like 'select pg_sleep(600) as to_cancel%'")));
                statement.cancel();
                assertThat(query.get(30, TimeUnit.SECONDS).getSQLState()).isEqualTo("57014");
                assertThat(connection.isValid(10)).isTrue();
            }
        }
    }

    @Nested
    @DisplayName("a login")
    class Logins {

        @Test
        @DisplayName("uses TLS, unless ssl.enabled is false, which the pooler may refuse")
        void tls() {
            config.put("port", (long) STRICT_PORT);
            try (ConnectorSession session = open()) {
                assertThat(session.probe()).startsWith("PostgreSQL");
            }
            assertThat(refusal("ssl.enabled", false)).isEqualTo(FailureCode.PERMISSION_DENIED);
            assertThat(refusal().hint()).contains("ssl.enabled");
            config.put("port", (long) PORT);
            try (ConnectorSession session = open()) {
                assertThat(session.probe()).startsWith("PostgreSQL");
            }
        }

        @Test
        @DisplayName("with the wrong password or an unknown user is WRONG_CREDENTIALS")
        void credentials() {
            assertThat(refusal("password", SecretValue.of("wrong"))).isEqualTo(FailureCode.WRONG_CREDENTIALS);
            assertThat(refusal("username", "unknown")).isEqualTo(FailureCode.WRONG_CREDENTIALS);
        }

        @Test
        @DisplayName("to a database that the pooler does not know, or that is not there, is NO_SUCH_DATABASE")
        void database() {
            assertThat(refusal("database", "zzz")).isEqualTo(FailureCode.NO_SUCH_DATABASE);
            assertThat(refusal("database", "gone")).isEqualTo(FailureCode.NO_SUCH_DATABASE);
        }

        @Test
        @DisplayName("says that the pooler does not get at the database")
        void down() {
            assertThat(refusal("database", "down")).isIn(FailureCode.TIMED_OUT, FailureCode.FAILED);
            assertThat(refusal().hint()).contains("database");
        }

        @Test
        @DisplayName("says that the connections of the database are all in use")
        void busy() throws Exception {
            config.put("database", SHARED);
            try (ConnectorClient client = client(1);
                    Connection connection = connection(client)) {
                connection.setAutoCommit(false);
                query(connection);
                assertThat(refusal().failure()).isEqualTo(FailureCode.TIMED_OUT);
                assertThat(refusal().hint()).contains("in use");
            }
        }

        @Test
        @DisplayName("says that the pooler takes no more connections")
        void full() {
            int port = ServerProcess.freePort();
            Pgbouncer.start(
                    port,
                    Map.of(
                            "supabase",
                            "host=127.0.0.1 port=" + PostgresServer.get().port()),
                    Map.of("client_tls_sslmode", "require", "max_client_conn", "1"));
            config.put("port", (long) port);
            try (ConnectorSession session = open()) {
                assertThat(session.probe()).startsWith("PostgreSQL");
                assertThat(refusal().failure()).isEqualTo(FailureCode.FAILED);
                assertThat(refusal().hint()).contains("in use");
            }
        }

        @Test
        @DisplayName("with a schema, which PostgreSQL itself takes, says what the pooler does not take")
        void schema() {
            config.put("schema", "public");
            ConnectorException failure = failure(() -> Connectors.postgresql().open(target("postgresql", config)));
            assertThat(failure).hasMessageContaining("search_path");
            assertThat(failure.hint()).contains("schema");
        }
    }
}
