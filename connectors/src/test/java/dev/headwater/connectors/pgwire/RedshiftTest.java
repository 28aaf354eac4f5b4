package dev.headwater.connectors.pgwire;

import static dev.headwater.connectors.Targets.failure;
import static dev.headwater.connectors.Targets.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.amazon.redshift.Driver;
import dev.headwater.connectors.Await;
import dev.headwater.connectors.Connectors;
import dev.headwater.connectors.PostgresServer;
import dev.headwater.connectors.internal.Login;
import dev.headwater.connectors.internal.redshift.RedshiftKind;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The Redshift connector")
class RedshiftTest {

    private final Connector connector = Connectors.redshift();
    private final Map<String, Object> config = new RedshiftFixture().workingConfig();

    private List<TableSchema> tables() {
        try (ConnectorSession session = connector.open(target("redshift", config))) {
            return session.readTables(1_000, ignored -> {}).tables();
        }
    }

    private FailureCode refusal(String key, Object value) {
        config.put(key, value);
        ConnectorException failure = failure(() -> connector.open(target("redshift", config)));
        assertThat(failure).hasNoCause().hasNoSuppressedExceptions();
        return failure.failure();
    }

    @Test
    @DisplayName("shows tables and views that the user may read, without those of the system")
    void readsTables() {
        assertThat(tables())
                .filteredOn(table -> !table.schema().equals("public"))
                .extracting(TableSchema::schema, TableSchema::name, TableSchema::type)
                .containsExactly(tuple("sales", "big", TableType.VIEW), tuple("sales", "orders", TableType.TABLE));
        config.put("schema", "public");
        assertThat(tables()).extracting(TableSchema::name).containsExactly("svv_columns", "svv_tables");
    }

    @Test
    @DisplayName("puts the schema of the config on the search path, and lets a user cancel a query")
    void pool() throws Exception {
        config.put("schema", "sales");
        try (var client = connector.client(target("redshift", config), new ClientSettings("redshift", 1));
                var connection = ((DataSource) client.client()).getConnection();
                var statement = connection.createStatement()) {
            assertThat(statement.executeQuery("select * from orders").next()).isFalse();
            var query = CompletableFuture.supplyAsync(
                    () -> Assertions.catchThrowable(() -> statement.execute("select pg_sleep(600)")));
            Await.until(() -> "PgSleep"
                    .equals(PostgresServer.get()
                            .ask("select wait_event from pg_stat_activity where datname = 'redshift'"
                                    + " and wait_event = 'PgSleep'")));
            statement.cancel();
            assertThat(query.get(30, TimeUnit.SECONDS)).isInstanceOf(SQLException.class);
            assertThat(connection.isValid(10)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.io.tmpdir", "user.home"})
    @DisplayName("lets nobody add properties by an rsjdbc.ini where the driver looks for one")
    void plantedFile(String property, @TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("rsjdbc.ini"), "[DRIVER]\ncurrentschema=planted\n");
        String before = System.getProperty(property);
        System.setProperty(property, directory.toString());
        try (var client = connector.client(target("redshift", config), new ClientSettings("redshift", 1));
                var connection = ((DataSource) client.client()).getConnection()) {
            assertThat(searchPath(connection)).doesNotContain("planted");
            Login login = new RedshiftKind().login(ResolvedConfig.of(config));
            Properties bare = new Properties();
            bare.putAll(login.properties());
            bare.remove("IniFile");
            bare.setProperty("password", ((SecretValue) config.get("password")).reveal());
            try (Connection unprotected = new Driver().connect(login.url(), bare)) {
                assertThat(searchPath(unprotected)).as("without that").contains("planted");
            }
        } finally {
            System.setProperty(property, before);
        }
    }

    private static String searchPath(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("show search_path")) {
            row.next();
            return row.getString(1);
        }
    }

    @Nested
    @DisplayName("is refused with the code")
    class Refused {

        @Test
        @DisplayName("WRONG_CREDENTIALS for a wrong password, an unknown user, and no password")
        void credentials() {
            assertThat(refusal("password", SecretValue.of("wrong"))).isEqualTo(FailureCode.WRONG_CREDENTIALS);
            assertThat(refusal("password", "")).isEqualTo(FailureCode.WRONG_CREDENTIALS);
        }

        @Test
        @DisplayName("NO_SUCH_DATABASE for an unknown database")
        void database() {
            assertThat(refusal("database", "zzz")).isEqualTo(FailureCode.NO_SUCH_DATABASE);
        }

        @Test
        @DisplayName("PERMISSION_DENIED where the user may not connect to the database")
        void permission() {
            assertThat(refusal("database", "redshift_closed")).isEqualTo(FailureCode.PERMISSION_DENIED);
        }

        @Test
        @DisplayName("TLS_FAILED for a certificate of another host, an unknown authority, or no TLS")
        void tls() {
            assertThat(refusal("host", "127.0.0.1")).isEqualTo(FailureCode.TLS_FAILED);
            config.put("host", "localhost");
            assertThat(refusal("port", (long) PostgresServer.strange().port())).isEqualTo(FailureCode.TLS_FAILED);
            assertThat(refusal("port", (long) PostgresServer.plain().port())).isEqualTo(FailureCode.TLS_FAILED);
        }

        @Test
        @DisplayName("INVALID_CONFIG for extra properties that are not allowed")
        void extraProperties() {
            assertThat(refusal("extraProperties.IAM", "true")).isEqualTo(FailureCode.INVALID_CONFIG);
        }
    }

    @Test
    @DisplayName("verifies less only when sslmode says so, and uses plain text only when ssl.enabled is false")
    void lessVerification() {
        config.put("host", "127.0.0.1");
        config.put("extraProperties.sslmode", "verify-ca");
        assertThat(tables()).isNotEmpty();
        config.remove("extraProperties.sslmode");
        config.put("ssl.enabled", false);
        assertThat(tables()).isNotEmpty();
    }
}
