package dev.headwater.spi;

import java.util.Map;

/**
 * A data source as it stands after one commit. It holds no secret: see {@link ConfigValue}.
 *
 * @param environment the environment it belongs to
 * @param id its identity
 * @param version the number of the commit that wrote this state; an update or delete names the version that it saw
 * @param spec what it is meant to be
 * @param created when it was first written, and by whom
 * @param updated when this state was written, and by whom
 */
public record DataSourceRecord(
        EnvironmentId environment, DataSourceId id, long version, DataSourceSpec spec, Stamp created, Stamp updated) {

    /** @throws IllegalArgumentException if the version is less than 1 */
    public DataSourceRecord {
        Checks.atLeast("version", version, 1);
    }

    /** {@return the name, unique in the environment} */
    public String name() {
        return spec.name();
    }

    /** {@return the id of the kind} */
    public String kind() {
        return spec.kind();
    }

    /** {@return the config values by canonical field key} */
    public Map<String, ConfigValue> config() {
        return spec.config();
    }
}
