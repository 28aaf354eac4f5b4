package dev.headwater.connectors;

import static dev.headwater.connectors.Targets.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorClient;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A pool of a source that was asked for as read-only")
class ReadOnlyPoolTest {

    @Test
    @DisplayName("reads a DuckDB file, and does not write to it")
    void duckDb(@TempDir Path directory) throws SQLException {
        Path file = directory.resolve("data.duckdb");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("create table t as select 1 as a");
        }
        assertReadsOnly(
                Connectors.duckdb(),
                "duckdb",
                Map.of("database", file.toString(), "extraProperties.access_mode", "READ_ONLY"),
                "select a from t");
    }

    @Test
    @DisplayName("reads PostgreSQL, and does not write to it")
    void postgres() throws SQLException {
        Map<String, Object> config = new HashMap<>(PostgresServer.get().config());
        config.put("extraProperties.readOnly", "true");
        assertReadsOnly(Connectors.postgresql(), "postgresql", config, "select 1");
    }

    private static void assertReadsOnly(Connector connector, String kind, Map<String, Object> config, String query)
            throws SQLException {
        try (ConnectorClient client = connector.client(target(kind, config), new ClientSettings("read-only", 2));
                Connection connection = ((DataSource) client.client()).getConnection();
                Statement statement = connection.createStatement()) {
            // pgjdbc makes transactions read-only, and leaves statements outside of one alone.
            connection.setAutoCommit(false);
            assertThat(statement.executeQuery(query).next()).isTrue();
            assertThatThrownBy(() -> statement.execute("create table written (a integer)"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("read-only");
        }
    }
}
