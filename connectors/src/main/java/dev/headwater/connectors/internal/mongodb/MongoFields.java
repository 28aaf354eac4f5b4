package dev.headwater.connectors.internal.mongodb;

import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bson.BsonBinarySubType;
import org.bson.BsonDocument;
import org.bson.BsonType;
import org.bson.BsonValue;

/**
 * Infers the fields of documents. The fields of a nested document stand beside it, with its name and a dot before theirs.
 * A field that holds values of several types has all of their names as its native type.
 */
final class MongoFields {

    private static final int MAX_DEPTH = 8;
    private static final int MAX_FIELDS = 2_000;
    private static final String ID = "_id";

    /** As {@code $type} calls them: https://www.mongodb.com/docs/manual/reference/bson-types/. */
    private static final Map<BsonType, String> NAMES = new EnumMap<>(Map.ofEntries(
            Map.entry(BsonType.DOUBLE, "double"),
            Map.entry(BsonType.STRING, "string"),
            Map.entry(BsonType.DOCUMENT, "object"),
            Map.entry(BsonType.ARRAY, "array"),
            Map.entry(BsonType.BINARY, "binData"),
            Map.entry(BsonType.OBJECT_ID, "objectId"),
            Map.entry(BsonType.BOOLEAN, "bool"),
            Map.entry(BsonType.DATE_TIME, "date"),
            Map.entry(BsonType.REGULAR_EXPRESSION, "regex"),
            Map.entry(BsonType.JAVASCRIPT, "javascript"),
            Map.entry(BsonType.INT32, "int"),
            Map.entry(BsonType.TIMESTAMP, "timestamp"),
            Map.entry(BsonType.INT64, "long"),
            Map.entry(BsonType.DECIMAL128, "decimal"),
            Map.entry(BsonType.MIN_KEY, "minKey"),
            Map.entry(BsonType.MAX_KEY, "maxKey")));

    private final Map<String, Field> fields = new LinkedHashMap<>();

    private MongoFields() {}

    /** {@return the fields of the documents, in the order in which they come up} */
    static List<ColumnSchema> of(List<BsonDocument> documents) {
        MongoFields inferred = new MongoFields();
        documents.forEach(document -> inferred.take("", document, 0));
        List<ColumnSchema> columns = new ArrayList<>();
        inferred.fields.forEach((name, field) -> columns.add(field.column(name)));
        return columns;
    }

    private void take(String prefix, BsonDocument document, int depth) {
        document.forEach((key, value) -> {
            String name = prefix + key;
            Field field =
                    fields.size() < MAX_FIELDS ? fields.computeIfAbsent(name, n -> new Field()) : fields.get(name);
            if (field != null) {
                field.take(value);
                if (value.isDocument() && depth < MAX_DEPTH) {
                    take(name + ".", value.asDocument(), depth + 1);
                }
            }
        });
    }

    private static final class Field {

        private final Set<String> types = new TreeSet<>();
        private final Set<CanonicalType> canonical = new TreeSet<>();

        void take(BsonValue value) {
            if (!value.isNull() && value.getBsonType() != BsonType.UNDEFINED) {
                types.add(name(value));
                canonical.add(canonical(value));
            }
        }

        private static String name(BsonValue value) {
            if (!value.isArray()) {
                return simpleName(value);
            }
            String elements = value.asArray().stream()
                    .filter(element -> !element.isNull())
                    .map(Field::simpleName)
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining("|"));
            return elements.isEmpty() ? "array" : "array<" + elements + ">";
        }

        private static String simpleName(BsonValue value) {
            return NAMES.getOrDefault(value.getBsonType(), "unknown");
        }

        private static CanonicalType canonical(BsonValue value) {
            return switch (value.getBsonType()) {
                case BOOLEAN -> CanonicalType.BOOLEAN;
                case INT32, INT64 -> CanonicalType.INTEGER;
                case DOUBLE -> CanonicalType.FLOAT;
                case DECIMAL128 -> CanonicalType.DECIMAL;
                case STRING, SYMBOL, OBJECT_ID, REGULAR_EXPRESSION, JAVASCRIPT -> CanonicalType.TEXT;
                case DATE_TIME, TIMESTAMP -> CanonicalType.TIMESTAMP_WITH_ZONE;
                case ARRAY -> CanonicalType.ARRAY;
                case DOCUMENT -> CanonicalType.STRUCT;
                case BINARY ->
                    BsonBinarySubType.isUuid(value.asBinary().getType()) ? CanonicalType.UUID : CanonicalType.BINARY;
                default -> CanonicalType.UNKNOWN;
            };
        }

        /** Numbers of several types are of the widest; other mixtures are of no type. */
        private CanonicalType widest() {
            if (canonical.size() == 1) {
                return canonical.iterator().next();
            }
            Set<CanonicalType> numbers = Set.of(CanonicalType.INTEGER, CanonicalType.FLOAT, CanonicalType.DECIMAL);
            if (canonical.isEmpty() || !numbers.containsAll(canonical)) {
                return CanonicalType.UNKNOWN;
            }
            return canonical.contains(CanonicalType.DECIMAL) ? CanonicalType.DECIMAL : CanonicalType.FLOAT;
        }

        ColumnSchema column(String name) {
            String nativeType = types.isEmpty() ? "null" : String.join("|", types);
            return new ColumnSchema(name, nativeType, widest(), !name.equals(ID), null);
        }
    }
}
