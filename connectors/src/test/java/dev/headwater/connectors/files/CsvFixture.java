package dev.headwater.connectors.files;

import dev.headwater.connectors.Connectors;
import dev.headwater.connectors.KindFixture;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.Connector;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A directory with a few files. */
public final class CsvFixture implements KindFixture {

    private static final Path ROOT = root();

    private static Path root() {
        try {
            Path root = Files.createTempDirectory("csv");
            Files.createDirectory(root.resolve("shop"));
            Files.writeString(root.resolve("shop/orders.csv"), "id,note\n1,first\n");
            Files.writeString(root.resolve("shop/users.tsv"), "id\tname\n1\talice\n");
            return root;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String kind() {
        return "csv";
    }

    @Override
    public Connector connector() {
        return Connectors.csv(ROOT);
    }

    @Override
    public Map<String, Object> workingConfig() {
        return Map.of("path", "shop");
    }

    @Override
    public TableSchema knownTable() {
        return new TableSchema(
                null,
                null,
                "orders.csv",
                TableType.FILE,
                null,
                List.of(
                        new ColumnSchema("id", "integer", CanonicalType.INTEGER, true, null),
                        new ColumnSchema("note", "text", CanonicalType.TEXT, true, null)),
                List.of());
    }

    @Override
    public Optional<Map<String, Object>> wrongCredentials(String secret) {
        return Optional.empty();
    }

    @Override
    public Optional<Map<String, Object>> missingDatabase() {
        return Optional.of(Map.of("path", "not-there"));
    }

    @Override
    public Optional<Map<String, Object>> atPort(int port) {
        return Optional.empty();
    }
}
