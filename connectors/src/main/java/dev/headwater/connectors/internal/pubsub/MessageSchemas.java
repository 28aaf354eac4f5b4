package dev.headwater.connectors.internal.pubsub;

import dev.headwater.connectors.internal.rest.Json;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the fields of a topic's messages from the definition of their schema: Avro records, and Protocol Buffers of one flat
 * message. Of other definitions it shows no fields rather than wrong ones.
 */
final class MessageSchemas {

    private static final Pattern COMMENT = Pattern.compile("//[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern MESSAGE = Pattern.compile("\\bmessage\\s+\\w+\\s*\\{([^{}]*)}");
    private static final Pattern FIELD = Pattern.compile(
            "(?:(optional|required|repeated)\\s+)?(map\\s*<[^>]*>|[\\w.]+)\\s+(\\w+)\\s*=\\s*\\d+\\s*(?:\\[[^\\]]*])?");

    private MessageSchemas() {}

    /** @param type as https://cloud.google.com/pubsub/docs/reference/rest/v1/projects.schemas has it */
    static List<ColumnSchema> columns(String type, String definition) {
        return switch (type) {
            case "AVRO" -> Json.parse(definition).map(MessageSchemas::avro).orElse(List.of());
            case "PROTOCOL_BUFFER" -> protobuf(definition);
            default -> List.of();
        };
    }

    private static List<ColumnSchema> avro(Json schema) {
        List<ColumnSchema> columns = new ArrayList<>();
        for (Json field : schema.get("fields").list()) {
            String name = field.get("name").text().orElse("");
            boolean nullable = field.get("type").list().stream().anyMatch(MessageSchemas::isNull);
            Json type = withoutNull(field.get("type"));
            String logical = type.get("logicalType").text().orElse("");
            String base = type.text().orElse(type.get("type").text().orElse("union"));
            columns.add(new ColumnSchema(
                    name,
                    logical.isEmpty() ? base : base + " (" + logical + ")",
                    avroType(logical.isEmpty() ? base : logical, base),
                    nullable,
                    field.get("doc").text().orElse(null)));
        }
        return columns;
    }

    private static boolean isNull(Json type) {
        return type.text().filter("null"::equals).isPresent();
    }

    /** {@return the type itself where the union is of it and null} */
    private static Json withoutNull(Json type) {
        List<Json> others = type.list().stream().filter(one -> !isNull(one)).toList();
        return others.size() == 1 ? others.get(0) : type;
    }

    private static CanonicalType avroType(String type, String base) {
        return switch (type) {
            case "boolean" -> CanonicalType.BOOLEAN;
            case "int", "long" -> CanonicalType.INTEGER;
            case "float", "double" -> CanonicalType.FLOAT;
            case "string", "enum" -> CanonicalType.TEXT;
            case "bytes", "fixed" -> CanonicalType.BINARY;
            case "array" -> CanonicalType.ARRAY;
            case "map" -> CanonicalType.MAP;
            case "record" -> CanonicalType.STRUCT;
            case "decimal" -> CanonicalType.DECIMAL;
            case "date" -> CanonicalType.DATE;
            case "time-millis", "time-micros" -> CanonicalType.TIME;
            case "timestamp-millis", "timestamp-micros" -> CanonicalType.TIMESTAMP_WITH_ZONE;
            case "local-timestamp-millis", "local-timestamp-micros" -> CanonicalType.TIMESTAMP;
            case "uuid" -> CanonicalType.UUID;
            case "duration" -> CanonicalType.INTERVAL;
            default -> type.equals(base) ? CanonicalType.UNKNOWN : avroType(base, base);
        };
    }

    private static List<ColumnSchema> protobuf(String definition) {
        String bare = COMMENT.matcher(definition).replaceAll(" ");
        Matcher message = MESSAGE.matcher(bare);
        if (!message.find() || bare.split("\\bmessage\\s", -1).length != 2) {
            return List.of();
        }
        List<ColumnSchema> columns = new ArrayList<>();
        for (String statement : message.group(1).split(";")) {
            Matcher field = FIELD.matcher(statement.strip());
            if (field.matches()
                    && !field.group(2).equals("reserved")
                    && !field.group(2).equals("option")) {
                boolean repeated = "repeated".equals(field.group(1));
                columns.add(new ColumnSchema(
                        field.group(3),
                        (repeated ? "repeated " : "") + field.group(2),
                        repeated ? CanonicalType.ARRAY : protobufType(field.group(2)),
                        !"required".equals(field.group(1)),
                        null));
            }
        }
        return columns;
    }

    private static CanonicalType protobufType(String type) {
        return switch (type) {
            case "bool" -> CanonicalType.BOOLEAN;
            case "int32",
                    "int64",
                    "uint32",
                    "uint64",
                    "sint32",
                    "sint64",
                    "fixed32",
                    "fixed64",
                    "sfixed32",
                    "sfixed64" -> CanonicalType.INTEGER;
            case "float", "double" -> CanonicalType.FLOAT;
            case "string" -> CanonicalType.TEXT;
            case "bytes" -> CanonicalType.BINARY;
            case "google.protobuf.Timestamp" -> CanonicalType.TIMESTAMP_WITH_ZONE;
            default -> type.startsWith("map") ? CanonicalType.MAP : CanonicalType.UNKNOWN;
        };
    }
}
