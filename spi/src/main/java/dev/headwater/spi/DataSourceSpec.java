package dev.headwater.spi;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a data source is meant to be: everything about it that a caller decides.
 *
 * @param name unique in the environment, compared exactly (by case too); 1 to {@value #MAX_NAME_LENGTH} characters
 *     without control characters. What else a name may hold is the host's name policy.
 * @param displayName free text for people, or null; at most {@value #MAX_DISPLAY_NAME_LENGTH} characters
 * @param description free text, or null; at most {@value #MAX_DESCRIPTION_LENGTH} characters
 * @param kind the id of its kind, such as {@code postgresql}; never changes
 * @param config values by canonical field key, in the order of the kind's definition
 * @param labels free keys and values to filter by; keys of 1 to {@value #MAX_LABEL_KEY_LENGTH}, values of at most
 *     {@value #MAX_LABEL_VALUE_LENGTH} characters
 * @param tenancy how tenants are kept apart, or null if nothing was said
 */
public record DataSourceSpec(
        String name,
        @Nullable String displayName,
        @Nullable String description,
        String kind,
        Map<String, ConfigValue> config,
        Map<String, String> labels,
        @Nullable TenancySettings tenancy) {

    public static final int MAX_NAME_LENGTH = 255;
    public static final int MAX_DISPLAY_NAME_LENGTH = 255;
    public static final int MAX_DESCRIPTION_LENGTH = 4_000;
    public static final int MAX_KIND_LENGTH = 64;
    public static final int MAX_LABEL_KEY_LENGTH = 63;
    public static final int MAX_LABEL_VALUE_LENGTH = 255;
    public static final int MAX_LABELS = 64;

    /** @throws IllegalArgumentException if a part is longer than its bound or holds what it must not */
    public DataSourceSpec {
        Checks.text("name", name, MAX_NAME_LENGTH);
        if (displayName != null) {
            Checks.optionalText("displayName", displayName, MAX_DISPLAY_NAME_LENGTH);
        }
        if (description != null) {
            Checks.length("description", description, MAX_DESCRIPTION_LENGTH);
        }
        Checks.identifier("kind", kind, MAX_KIND_LENGTH);
        config = Checks.orderedCopy(config);
        labels = Checks.orderedCopy(labels);
        if (labels.size() > MAX_LABELS) {
            throw new IllegalArgumentException("at most " + MAX_LABELS + " labels, got " + labels.size());
        }
        labels.forEach((key, value) -> {
            Checks.text("label key", key, MAX_LABEL_KEY_LENGTH);
            Checks.optionalText("value of label " + key, value, MAX_LABEL_VALUE_LENGTH);
        });
    }

    /** The same, under another name. */
    public DataSourceSpec withName(String newName) {
        return new DataSourceSpec(newName, displayName, description, kind, config, labels, tenancy);
    }

    /** The same, with another config. */
    public DataSourceSpec withConfig(Map<String, ConfigValue> newConfig) {
        return new DataSourceSpec(name, displayName, description, kind, newConfig, labels, tenancy);
    }
}
