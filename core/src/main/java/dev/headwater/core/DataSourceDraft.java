package dev.headwater.core;

import dev.headwater.spi.TenancySettings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A data source as a caller wants it, not yet checked. Immutable; the {@code with} methods give changed copies.
 *
 * <p>Config values are {@link String}, {@link Number}, {@link Boolean}, {@link dev.headwater.spi.SecretValue}, or
 * {@link dev.headwater.spi.LinkedSecretRef} to link any field to a secret. Keys are canonical ({@code ssl.enabled}, or a
 * map under {@code ssl}) or those of Chalk, DataBrain or Basedash; a config made for one of them works as it stands.
 * Printing a draft shows keys and no values.
 *
 * @param kind the id of the kind, or the name that one of the three systems has for it
 * @param name unique in the environment
 * @param displayName free text, or null
 * @param description free text, or null
 * @param config values by key; null values count as not given
 * @param labels free keys and values to filter by
 * @param tenancy how tenants are kept apart, or null
 */
public record DataSourceDraft(
        String kind,
        String name,
        @Nullable String displayName,
        @Nullable String description,
        Map<String, @Nullable Object> config,
        Map<String, String> labels,
        @Nullable TenancySettings tenancy) {

    public DataSourceDraft {
        config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }

    /** A data source of that kind and name, without any config yet. */
    public static DataSourceDraft of(String kind, String name) {
        return new DataSourceDraft(kind, name, null, null, Map.of(), Map.of(), null);
    }

    /** The same, with a config value set. */
    public DataSourceDraft with(String key, Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(config);
        more.put(key, value);
        return new DataSourceDraft(kind, name, displayName, description, more, labels, tenancy);
    }

    /** The same, with config values set. */
    public DataSourceDraft withConfig(Map<String, ? extends @Nullable Object> values) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(config);
        more.putAll(values);
        return new DataSourceDraft(kind, name, displayName, description, more, labels, tenancy);
    }

    /** The same, with a display name. */
    public DataSourceDraft withDisplayName(@Nullable String text) {
        return new DataSourceDraft(kind, name, text, description, config, labels, tenancy);
    }

    /** The same, with a description. */
    public DataSourceDraft withDescription(@Nullable String text) {
        return new DataSourceDraft(kind, name, displayName, text, config, labels, tenancy);
    }

    /** The same, with a label set. */
    public DataSourceDraft withLabel(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(labels);
        more.put(key, value);
        return new DataSourceDraft(kind, name, displayName, description, config, more, tenancy);
    }

    /** The same, with tenancy settings. */
    public DataSourceDraft withTenancy(@Nullable TenancySettings settings) {
        return new DataSourceDraft(kind, name, displayName, description, config, labels, settings);
    }

    /** Kind, name and the keys of the config; no values. */
    @Override
    public String toString() {
        return "DataSourceDraft[" + kind + " " + name + ", config keys " + config.keySet() + "]";
    }
}
