package dev.headwater.core.internal.kind;

import dev.headwater.core.KindCatalog;
import dev.headwater.spi.Constraint;
import dev.headwater.spi.FieldDefinition;
import dev.headwater.spi.KindDefinition;
import dev.headwater.spi.TextFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Configs of every kind for tests. */
public final class SampleConfigs {

    private static final Map<String, Map<String, Object>> BEYOND_REQUIRED = Map.of(
            "snowflake", Map.of("password", "pa55"),
            "databricks", Map.of("access_token", "t0ken"),
            "athena", Map.of("access_key_id", "AKIA", "secret_access_key", "s3cret"),
            "kinesis", Map.of("stream_name", "orders"),
            "elasticsearch", Map.of("server_url", "https://search.example.com", "username", "u", "password", "pa55"),
            "opensearch", Map.of("server_url", "https://search.example.com", "username", "u", "password", "pa55"));

    private SampleConfigs() {}

    public static List<KindDefinition> kinds() {
        return KindCatalog.standard().all();
    }

    /** The least that is valid, with canonical keys and values. */
    public static Map<String, Object> minimal(KindDefinition kind) {
        Map<String, Object> config = new LinkedHashMap<>();
        for (FieldDefinition field : kind.fields()) {
            if (field.required()) {
                config.put(field.key(), value(field));
            }
        }
        config.putAll(BEYOND_REQUIRED.getOrDefault(kind.id(), Map.of()));
        return config;
    }

    /** A good canonical value of the field. */
    public static Object value(FieldDefinition field) {
        return switch (field.type()) {
            case INTEGER ->
                field.constraint(Constraint.Range.class)
                        .map(Constraint.Range::min)
                        .orElse(1L);
            case BOOLEAN -> true;
            case ENUM -> {
                List<String> words =
                        field.constraint(Constraint.OneOf.class).orElseThrow().values();
                yield words.get(words.size() - 1);
            }
            case JSON -> "{}";
            case DURATION -> "1hr30m";
            case TEXT_BLOCK -> "-----BEGIN KEY-----\nabc\n-----END KEY-----\n";
            case TEXT -> text(field);
        };
    }

    private static String text(FieldDefinition field) {
        TextFormat format = field.constraint(Constraint.Format.class)
                .map(Constraint.Format::format)
                .orElse(null);
        if (format != null) {
            return switch (format) {
                case HOST -> "db.example.com";
                case HOSTS_WITH_PORTS -> "kafka.example.com:9092";
                case HTTP_URL -> "https://service.example.com/path";
            };
        }
        return switch (field.key()) {
            case "role_arn" -> "arn:aws:iam::123456789012:role/reader";
            case "stream_arn" -> "arn:aws:kinesis:us-east-1:123456789012:stream/orders";
            case "region" -> "us-east-1";
            case "http_path" -> "/sql/1.0/warehouses/abc";
            default -> "value";
        };
    }
}
