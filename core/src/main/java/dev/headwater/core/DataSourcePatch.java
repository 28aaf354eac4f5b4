package dev.headwater.core;

import dev.headwater.spi.TenancySettings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change of a data source: what is not named here stays as it is (Chalk's update). For a config value, a secret among
 * them, there are four things to do: leave it out to keep it, {@link #set} it, set it to a {@link
 * dev.headwater.spi.LinkedSecretRef} to link it, or {@link #clear} it.
 *
 * <p>Immutable; each method gives a changed copy. Printing a patch shows keys and no values.
 *
 * @param name the new name, or null to keep it
 * @param displayName null to keep it; an edit without a value clears it
 * @param description null to keep it; an edit without a value clears it
 * @param config new values by key; null clears
 * @param labels new labels by key; null removes
 * @param tenancy null to keep it; an edit without a value clears it
 */
public record DataSourcePatch(
        @Nullable String name,
        @Nullable Edit<String> displayName,
        @Nullable Edit<String> description,
        Map<String, @Nullable Object> config,
        Map<String, @Nullable String> labels,
        @Nullable Edit<TenancySettings> tenancy) {

    /** Changes nothing. */
    public static final DataSourcePatch NONE = new DataSourcePatch(null, null, null, Map.of(), Map.of(), null);

    public DataSourcePatch {
        config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }

    /** Sets one config value. */
    public static DataSourcePatch setting(String key, Object value) {
        return NONE.set(key, value);
    }

    /** Gives the data source another name. */
    public static DataSourcePatch renaming(String newName) {
        return NONE.rename(newName);
    }

    /** And another name. */
    public DataSourcePatch rename(String newName) {
        return new DataSourcePatch(newName, displayName, description, config, labels, tenancy);
    }

    /** And a config value. */
    public DataSourcePatch set(String key, Object value) {
        return setAll(Collections.singletonMap(key, value));
    }

    /** And config values; null clears. */
    public DataSourcePatch setAll(Map<String, ? extends @Nullable Object> values) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(config);
        more.putAll(values);
        return new DataSourcePatch(name, displayName, description, more, labels, tenancy);
    }

    /** And no config value there. */
    public DataSourcePatch clear(String key) {
        return setAll(Collections.singletonMap(key, null));
    }

    /** And a display name; null clears it. */
    public DataSourcePatch setDisplayName(@Nullable String text) {
        return new DataSourcePatch(name, new Edit<>(text), description, config, labels, tenancy);
    }

    /** And a description; null clears it. */
    public DataSourcePatch setDescription(@Nullable String text) {
        return new DataSourcePatch(name, displayName, new Edit<>(text), config, labels, tenancy);
    }

    /** And a label; null removes it. */
    public DataSourcePatch setLabel(String key, @Nullable String value) {
        Map<String, @Nullable String> more = new LinkedHashMap<>(labels);
        more.put(key, value);
        return new DataSourcePatch(name, displayName, description, config, more, tenancy);
    }

    /** And tenancy settings; null clears them. */
    public DataSourcePatch setTenancy(@Nullable TenancySettings settings) {
        return new DataSourcePatch(name, displayName, description, config, labels, new Edit<>(settings));
    }

    /** What is changed, without values. */
    @Override
    public String toString() {
        return "DataSourcePatch[" + (name == null ? "" : "name " + name + ", ") + "config keys " + config.keySet()
                + ", label keys " + labels.keySet() + "]";
    }

    /**
     * A new value for something that can also be cleared.
     *
     * @param value the new value, or null to clear
     */
    public record Edit<T>(@Nullable T value) {}
}
