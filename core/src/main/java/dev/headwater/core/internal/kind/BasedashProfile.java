package dev.headwater.core.internal.kind;

import dev.headwater.spi.KindDefinition;
import dev.headwater.spi.SourceSystem;
import dev.headwater.spi.ValidationResult;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Basedash, by its OpenAPI document: the body of the create call is the same for all dialects, requires {@code type},
 * {@code dialect} and {@code displayName} and nothing else, and may have further keys.
 */
final class BasedashProfile implements SystemProfile {

    private static final int MAX_PORT = 65_535;
    private static final int MAX_POOL = 100;

    private final String dialect;

    BasedashProfile(KindDefinition kind) {
        dialect = kind.systemNames().getOrDefault(SourceSystem.BASEDASH, "");
    }

    @Override
    public ValidationResult validate(Map<String, ? extends @Nullable Object> config) {
        Findings findings = new Findings();
        word(config, "type", "direct", Codes.NOT_ONE_OF, findings);
        word(config, "dialect", dialect, Codes.WRONG_KIND, findings);
        if (!config.containsKey("displayName")) {
            findings.add("displayName", Codes.REQUIRED, "displayName is required");
        } else if (!(config.get("displayName") instanceof String name)) {
            findings.add("displayName", Codes.NOT_TEXT, "displayName must be text");
        } else if (name.isEmpty()) {
            findings.add("displayName", Codes.EMPTY, "displayName must not be empty");
        }
        config.forEach((key, value) -> {
            BasedashKeys.Type type = BasedashKeys.TYPES.get(key);
            if (type != null && !(value == null && key.equals("databaseName"))) {
                value(key, type, value, findings);
            }
        });
        return findings.result();
    }

    private static void word(
            Map<String, ? extends @Nullable Object> config,
            String key,
            String expected,
            String code,
            Findings findings) {
        if (!config.containsKey(key)) {
            findings.add(key, Codes.REQUIRED, key + " is required");
        } else if (!expected.equals(config.get(key))) {
            findings.add(key, code, key + " must be " + expected + ", got " + Shown.value(config.get(key)));
        }
    }

    private static void value(String key, BasedashKeys.Type type, @Nullable Object value, Findings findings) {
        switch (type) {
            case TEXT -> {
                if (!(value instanceof String)) {
                    findings.add(key, Codes.NOT_TEXT, key + " must be text, got " + Shown.type(value));
                }
            }
            case FLAG -> {
                if (!(value instanceof Boolean)) {
                    findings.add(key, Codes.NOT_A_BOOLEAN, key + " must be true or false, got " + Shown.type(value));
                }
            }
            case PORT -> number(key, value, 0, MAX_PORT, findings);
            case POOL_SIZE -> number(key, value, 1, MAX_POOL, findings);
        }
    }

    private static void number(String key, @Nullable Object value, long min, long max, Findings findings) {
        Long number = value instanceof Number ? IntegerField.number(value) : null;
        if (number == null) {
            findings.add(key, Codes.NOT_A_NUMBER, key + " must be a whole number, got " + Shown.type(value));
        } else if (number < min || number > max) {
            findings.add(key, Codes.OUT_OF_RANGE, key + " must be from " + min + " to " + max + ", got " + number);
        }
    }
}
