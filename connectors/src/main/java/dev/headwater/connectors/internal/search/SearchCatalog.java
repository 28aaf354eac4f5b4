package dev.headwater.connectors.internal.search;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.headwater.spi.TableList;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntConsumer;

/** Reads indices, aliases and data streams, with one request each. */
final class SearchCatalog {

    private static final String MAPPINGS = "/*/_mapping?expand_wildcards=open,hidden&ignore_unavailable=true";
    private static final String ALIASES = "/*/_alias?expand_wildcards=open&ignore_unavailable=true";
    private static final String DATA_STREAMS = "/_data_stream";

    private final SearchHttp http;

    SearchCatalog(SearchHttp http) {
        this.http = http;
    }

    private record Found(TableType type, List<String> indices) {}

    TableList read(int maxTables, IntConsumer progress) throws IOException {
        JsonObject mappings = http.get(MAPPINGS);
        SortedMap<String, Found> found = new TreeMap<>();
        for (String index : mappings.keySet()) {
            put(found, index, TableType.INDEX, index);
        }
        JsonObject aliases = http.get(ALIASES);
        for (String index : new TreeSet<>(aliases.keySet())) {
            JsonObject names = SearchFields.object(SearchFields.object(aliases, index), "aliases");
            if (names != null) {
                names.keySet().forEach(alias -> put(found, alias, TableType.VIEW, index));
            }
        }
        addDataStreams(found);
        List<TableSchema> tables = new ArrayList<>();
        for (Map.Entry<String, Found> entry : found.entrySet()) {
            if (tables.size() == maxTables) {
                break;
            }
            tables.add(table(entry.getKey(), entry.getValue(), mappings));
        }
        progress.accept(tables.size());
        return new TableList(tables, found.size() > maxTables);
    }

    /** What is hidden has a dot at its beginning: indices of the system, and those that a data stream is made of. */
    private static void put(Map<String, Found> found, String name, TableType type, String index) {
        if (!name.startsWith(".")) {
            found.computeIfAbsent(name, n -> new Found(type, new ArrayList<>()))
                    .indices()
                    .add(index);
        }
    }

    private void addDataStreams(Map<String, Found> found) throws IOException {
        JsonObject answer;
        try {
            answer = http.get(DATA_STREAMS);
        } catch (SearchErrorException e) {
            // Not every server has data streams, and not every user may see them.
            return;
        }
        for (JsonElement element : array(answer, "data_streams")) {
            if (element instanceof JsonObject stream && stream.has("name")) {
                for (JsonElement index : array(stream, "indices")) {
                    if (index instanceof JsonObject one && one.has("index_name")) {
                        put(
                                found,
                                stream.get("name").getAsString(),
                                TableType.INDEX,
                                one.get("index_name").getAsString());
                    }
                }
            }
        }
    }

    private static JsonArray array(JsonObject parent, String name) {
        return parent.get(name) instanceof JsonArray array ? array : new JsonArray();
    }

    private static TableSchema table(String name, Found found, JsonObject all) {
        List<JsonObject> mappings = new ArrayList<>();
        for (String index : found.indices()) {
            JsonObject mapping = SearchFields.object(SearchFields.object(all, index), "mappings");
            if (mapping != null) {
                mappings.add(mapping);
            }
        }
        return new TableSchema(null, null, name, found.type(), null, SearchFields.of(mappings), List.of());
    }
}
