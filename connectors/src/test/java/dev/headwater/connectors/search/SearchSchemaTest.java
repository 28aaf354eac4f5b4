package dev.headwater.connectors.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.connectors.Connectors;
import dev.headwater.connectors.Targets;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The schema of a search source")
class SearchSchemaTest {

    private static final Set<String> FILLED = ConcurrentHashMap.newKeySet();

    private static List<TableSchema> tables(String kind) {
        SearchProcess server = SearchProcess.of(kind);
        if (FILLED.add(kind)) {
            server.send("PUT", "/schema-types", """
                    {"aliases": {"schema-all": {}},
                     "mappings": {"properties": {
                       "flag": {"type": "boolean"},
                       "price": {"type": "half_float"},
                       "at": {"type": "date"},
                       "bytes": {"type": "binary"},
                       "where": {"type": "geo_point"},
                       "from": {"type": "ip"},
                       "between": {"type": "integer_range"},
                       "name": {"type": "text", "fields": {"keyword": {"type": "keyword"}}},
                       "address": {"properties": {"city": {"type": "keyword"}}},
                       "lines": {"type": "nested", "properties": {"count": {"type": "short"}}}}}}""");
            server.send(
                    "PUT",
                    "/schema-other",
                    "{\"aliases\": {\"schema-all\": {}}, \"mappings\": {\"properties\": {\"more\": {\"type\": \"long\"}}}}");
            server.send("PUT", "/.schema-hidden", "{\"settings\": {\"index.hidden\": true}}");
        }
        Connector connector = kind.equals("opensearch") ? Connectors.opensearch() : Connectors.elasticsearch();
        try (ConnectorSession session = connector.open(Targets.target(kind, server.config()))) {
            return session.readTables(1_000, count -> {}).tables();
        }
    }

    private static TableSchema table(String kind, String name) {
        return tables(kind).stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static ColumnSchema column(String name, String nativeType, CanonicalType type) {
        return new ColumnSchema(name, nativeType, type, true, null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"elasticsearch", "opensearch"})
    @DisplayName("has the fields of each index, those of objects and further forms of a field with a dot")
    void fields(String kind) {
        assertThat(table(kind, "schema-types").columns())
                .containsExactly(
                        column("address", "object", CanonicalType.STRUCT),
                        column("address.city", "keyword", CanonicalType.TEXT),
                        column("at", "date", CanonicalType.TIMESTAMP_WITH_ZONE),
                        column("between", "integer_range", CanonicalType.STRUCT),
                        column("bytes", "binary", CanonicalType.BINARY),
                        column("flag", "boolean", CanonicalType.BOOLEAN),
                        column("from", "ip", CanonicalType.TEXT),
                        column("lines", "nested", CanonicalType.ARRAY),
                        column("lines.count", "short", CanonicalType.INTEGER),
                        column("name", "text", CanonicalType.TEXT),
                        column("name.keyword", "keyword", CanonicalType.TEXT),
                        column("price", "half_float", CanonicalType.FLOAT),
                        column("where", "geo_point", CanonicalType.GEOGRAPHY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"elasticsearch", "opensearch"})
    @DisplayName("has aliases as views, with the fields of all their indices, and nothing that is hidden")
    void aliases(String kind) {
        TableSchema alias = table(kind, "schema-all");
        assertThat(alias.type()).isEqualTo(TableType.VIEW);
        assertThat(alias.columns()).extracting(ColumnSchema::name).contains("more", "address.city", "price");
        assertThat(tables(kind)).extracting(TableSchema::name).isSorted().noneMatch(name -> name.startsWith("."));
    }

    @Test
    @DisplayName("has a data stream as one index, where the server has data streams")
    void dataStreams() {
        SearchProcess server = SearchProcess.of("opensearch");
        server.send(SearchProcess.ADMINISTRATOR, "PUT", "/_index_template/schema-logs", """
                {"index_patterns": ["schema-logs"], "data_stream": {},
                 "template": {"mappings": {"properties": {"level": {"type": "keyword"}}}}}""");
        server.send(SearchProcess.ADMINISTRATOR, "PUT", "/_data_stream/schema-logs", "");
        TableSchema stream = table("opensearch", "schema-logs");
        assertThat(stream.type()).isEqualTo(TableType.INDEX);
        assertThat(stream.columns())
                .containsExactly(
                        column("@timestamp", "date", CanonicalType.TIMESTAMP_WITH_ZONE),
                        column("level", "keyword", CanonicalType.TEXT));
    }
}
