package dev.headwater.connectors;

import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.duckdb.DuckDBDriver;

/** A file of DuckDB. */
public final class DuckDbFixture implements KindFixture {

    private static Path directory;

    @Override
    public String kind() {
        return "duckdb";
    }

    @Override
    public Map<String, Object> workingConfig() {
        return Map.of("database", file().toString());
    }

    private static synchronized Path file() {
        if (directory == null) {
            try {
                directory = Files.createTempDirectory("duckdb");
                try (var connection = new DuckDBDriver()
                                .connect("jdbc:duckdb:" + directory.resolve("contract.duckdb"), new Properties());
                        var statement = connection.createStatement()) {
                    statement.execute("create table a (id int primary key, note text)");
                    statement.execute("create table b (x int)");
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        return directory.resolve("contract.duckdb");
    }

    @Override
    public TableSchema knownTable() {
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
    public Optional<Map<String, Object>> wrongCredentials(String secret) {
        return Optional.empty();
    }

    @Override
    public Optional<Map<String, Object>> missingDatabase() {
        return Optional.of(
                Map.of("database", file().resolveSibling("missing.duckdb").toString()));
    }

    @Override
    public Optional<Map<String, Object>> atPort(int port) {
        return Optional.empty();
    }
}
