package dev.headwater.connectors.internal.search;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Flattens a mapping: https://www.elastic.co/docs/reference/elasticsearch/mapping-reference. The fields of an object stand
 * beside it, with its name and a dot before theirs, and so do the further forms in which a field is indexed
 * ({@code name.keyword}), as in the SQL of Elasticsearch.
 */
final class SearchFields {

    private static final int MAX_DEPTH = 20;
    private static final int MAX_FIELDS = 10_000;

    private final Map<String, String> types = new TreeMap<>();

    private SearchFields() {}

    /** {@return the fields of the mappings in the order of their names; the last mapping says what a type is} */
    static List<ColumnSchema> of(List<JsonObject> mappings) {
        SearchFields found = new SearchFields();
        for (JsonObject mapping : mappings) {
            found.take("", object(mapping, "properties"), 0);
            found.take("", object(mapping, "runtime"), 0);
        }
        List<ColumnSchema> columns = new ArrayList<>();
        found.types.forEach((name, type) -> columns.add(new ColumnSchema(name, type, canonical(type), true, null)));
        return columns;
    }

    private void take(String prefix, @Nullable JsonObject fields, int depth) {
        if (fields == null || depth > MAX_DEPTH) {
            return;
        }
        for (Map.Entry<String, JsonElement> entry : fields.entrySet()) {
            if (entry.getValue() instanceof JsonObject field) {
                String name = prefix + entry.getKey();
                if (types.size() < MAX_FIELDS || types.containsKey(name)) {
                    types.put(name, type(field));
                }
                take(name + ".", object(field, "properties"), depth + 1);
                take(name + ".", object(field, "fields"), depth + 1);
            }
        }
    }

    private static String type(JsonObject field) {
        JsonElement type = field.get("type");
        return type != null && type.isJsonPrimitive() ? type.getAsString() : "object";
    }

    static @Nullable JsonObject object(@Nullable JsonObject parent, String name) {
        return parent != null && parent.get(name) instanceof JsonObject object ? object : null;
    }

    private static CanonicalType canonical(String type) {
        return switch (type) {
            case "boolean" -> CanonicalType.BOOLEAN;
            case "long", "integer", "short", "byte", "unsigned_long", "token_count" -> CanonicalType.INTEGER;
            case "double", "float", "half_float", "scaled_float", "rank_feature" -> CanonicalType.FLOAT;
            case "text", "match_only_text", "annotated-text", "search_as_you_type", "semantic_text", "completion" ->
                CanonicalType.TEXT;
            case "keyword", "constant_keyword", "wildcard", "ip", "version" -> CanonicalType.TEXT;
            case "date", "date_nanos" -> CanonicalType.TIMESTAMP_WITH_ZONE;
            case "binary" -> CanonicalType.BINARY;
            case "object" -> CanonicalType.STRUCT;
            case "integer_range", "long_range", "float_range", "double_range", "date_range", "ip_range" ->
                CanonicalType.STRUCT;
            case "nested", "dense_vector", "knn_vector" -> CanonicalType.ARRAY;
            case "flattened", "flat_object", "sparse_vector", "rank_features" -> CanonicalType.MAP;
            case "geo_point", "geo_shape", "point", "shape", "xy_point", "xy_shape" -> CanonicalType.GEOGRAPHY;
            default -> CanonicalType.UNKNOWN;
        };
    }
}
