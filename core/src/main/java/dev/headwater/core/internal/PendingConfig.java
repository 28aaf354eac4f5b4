package dev.headwater.core.internal;

import dev.headwater.spi.ConfigValue;
import dev.headwater.spi.SecretValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The config of a data source on its way to the store: what can be stored as it is, and the new literal secrets that are
 * yet to be sealed. No key is in both.
 *
 * @param values what can be stored as it is, by canonical key
 * @param secrets new literal secrets, by canonical key
 */
public record PendingConfig(Map<String, ConfigValue> values, Map<String, SecretValue> secrets) {

    public PendingConfig {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        secrets = Collections.unmodifiableMap(new LinkedHashMap<>(secrets));
    }

    /** What is stored already. */
    public static PendingConfig stored(Map<String, ConfigValue> values) {
        return new PendingConfig(values, Map.of());
    }
}
