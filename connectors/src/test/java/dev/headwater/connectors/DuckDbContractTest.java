package dev.headwater.connectors;

import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.Connector;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import dev.headwater.testkit.ConnectorContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The DuckDB connector")
class DuckDbContractTest extends ConnectorContract {

    @TempDir
    static Path directory;

    @BeforeAll
    static void fill() throws Exception {
        try (var connection = new DuckDBDriver().connect("jdbc:duckdb:" + file(), new Properties());
                var statement = connection.createStatement()) {
            statement.execute("create table a (id int primary key, note text)");
            statement.execute("create table b (x int)");
        }
    }

    private static Path file() {
        return directory.resolve("contract.duckdb");
    }

    @Override
    protected Connector connector() {
        return Connectors.duckdb();
    }

    @Override
    protected String kind() {
        return "duckdb";
    }

    @Override
    protected Map<String, Object> workingConfig() {
        return Map.of("database", file().toString());
    }

    @Override
    protected TableSchema knownTable() {
        return new TableSchema(
                null,
                "main",
                "a",
                TableType.TABLE,
                null,
                List.of(
                        new ColumnSchema("id", "INTEGER", CanonicalType.INTEGER, false, null),
                        new ColumnSchema("note", "VARCHAR", CanonicalType.TEXT, true, null)),
                List.of("id"));
    }

    @Override
    protected Optional<Map<String, Object>> wrongCredentials() {
        return Optional.empty();
    }

    @Override
    protected Optional<Map<String, Object>> missingDatabase() {
        return Optional.of(
                Map.of("database", directory.resolve("missing.duckdb").toString()));
    }

    @Override
    protected Optional<Map<String, Object>> atPort(int port) {
        return Optional.empty();
    }
}
