package dev.headwater.core.internal.kind;

import dev.headwater.spi.TenancySettings;
import dev.headwater.spi.ValidationResult;
import dev.headwater.spi.Violation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads DataBrain's tenancy settings. */
public final class TenancyReader {

    private static final String LEVEL = "tenancyLevel";
    private static final String COLUMN_TYPE = "clientColumnType";
    private static final List<String> KEYS =
            List.of(LEVEL, COLUMN_TYPE, "schemaName", "tableName", "tableClientNameColumn", "tablePrimaryKeyColumn");
    private static final Nearest NEAREST = new Nearest(KEYS);

    private TenancyReader() {}

    /**
     * What was read.
     *
     * @param settings the settings, or null if there are violations
     */
    public record Read(@Nullable TenancySettings settings, ValidationResult result) {}

    /** {@return the settings of a map, or all that is wrong with it} */
    public static Read read(Map<String, ? extends @Nullable Object> map) {
        Findings findings = new Findings();
        for (String key : map.keySet()) {
            if (!KEYS.contains(key)) {
                String near = NEAREST.to(key);
                String message = "tenancySettings has no field " + Shown.key(key)
                        + (near == null ? "" : "; did you mean " + near + "?");
                findings.add(new Violation(key, Codes.UNKNOWN_FIELD, message, near));
            }
        }
        String level = word(map, LEVEL, "", List.of("TABLE", "DATABASE"), findings);
        TenancySettings settings = switch (level) {
            case "DATABASE" -> new TenancySettings.PerDatabase();
            case "TABLE" -> perTable(map, findings);
            default -> null;
        };
        ValidationResult result = findings.result();
        return new Read(result.valid() ? settings : null, result);
    }

    private static @Nullable TenancySettings perTable(Map<String, ? extends @Nullable Object> map, Findings findings) {
        String when = " when tenancyLevel is TABLE";
        String type = word(map, COLUMN_TYPE, when, List.of("NUMBER", "STRING"), findings);
        String schema = name(map, "schemaName", when, findings);
        String table = name(map, "tableName", when, findings);
        String clientName = name(map, "tableClientNameColumn", when, findings);
        String primaryKey = name(map, "tablePrimaryKeyColumn", when, findings);
        return findings.violations().isEmpty()
                ? new TenancySettings.PerTable(
                        schema, table, clientName, primaryKey, TenancySettings.ClientColumnType.valueOf(type))
                : null;
    }

    private static String word(
            Map<String, ? extends @Nullable Object> map,
            String key,
            String when,
            List<String> words,
            Findings findings) {
        Object value = map.get(key);
        if (value == null) {
            findings.add(key, Codes.REQUIRED, key + " is required" + when);
        } else if (value instanceof String word && words.contains(word)) {
            return word;
        } else {
            findings.add(
                    key,
                    Codes.NOT_ONE_OF,
                    key + " must be " + Phrases.list(words, "or") + ", got " + Shown.value(value));
        }
        return "";
    }

    private static String name(
            Map<String, ? extends @Nullable Object> map, String key, String when, Findings findings) {
        Object value = map.get(key);
        if (value == null) {
            findings.add(key, Codes.REQUIRED, key + " is required" + when);
        } else if (!(value instanceof String text)) {
            findings.add(key, Codes.NOT_TEXT, key + " must be text, got " + Shown.type(value));
        } else if (text.isEmpty()) {
            findings.add(key, Codes.EMPTY, key + " must not be empty");
        } else if (text.length() > TenancySettings.MAX_LENGTH) {
            findings.add(key, Codes.TOO_LONG, key + " must have at most " + TenancySettings.MAX_LENGTH + " characters");
        } else if (TextField.unfit(text)) {
            findings.add(key, Codes.CONTROL_CHARACTER, key + " must not hold control characters");
        } else {
            return text;
        }
        return "";
    }
}
