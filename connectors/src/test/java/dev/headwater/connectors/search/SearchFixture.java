package dev.headwater.connectors.search;

import dev.headwater.connectors.KindFixture;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Indices of its own on one of the two servers. */
abstract class SearchFixture implements KindFixture {

    private static final Set<String> FILLED = ConcurrentHashMap.newKeySet();

    private final String kind;

    SearchFixture(String kind) {
        this.kind = kind;
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public Map<String, Object> workingConfig() {
        SearchProcess server = SearchProcess.of(kind);
        if (FILLED.add(kind)) {
            String mapping =
                    "{\"mappings\":{\"properties\":{\"id\":{\"type\":\"long\"},\"note\":{\"type\":\"text\"}}}}";
            server.send("PUT", "/contract-a", mapping);
            server.send("PUT", "/contract-b", "{}");
        }
        return server.config();
    }

    @Override
    public TableSchema knownTable() {
        return new TableSchema(
                null,
                null,
                "contract-a",
                TableType.INDEX,
                null,
                List.of(
                        new ColumnSchema("id", "long", CanonicalType.INTEGER, true, null),
                        new ColumnSchema("note", "text", CanonicalType.TEXT, true, null)),
                List.of());
    }

    @Override
    public Optional<Map<String, Object>> missingDatabase() {
        return Optional.empty();
    }

    @Override
    public Optional<Map<String, Object>> atPort(int port) {
        return Optional.of(Map.of("server_url", "https://127.0.0.1:" + port));
    }
}
