package dev.headwater.fakeserver;

import dev.headwater.spi.SourceSystem;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connection test that a client asked for. Prints no values.
 *
 * @param system through which API
 * @param scope the environment, organization, or what the token sees
 * @param kind the id of the kind, such as {@code postgresql}; for a kind that Headwater does not have, the system's name
 * @param name the name of the data source; null if it has none yet
 * @param config what is known of the config, by canonical key: text, numbers, booleans, or
 *     {@link dev.headwater.spi.LinkedSecretRef}; secrets among them
 */
public record ConnectionAttempt(
        SourceSystem system,
        String scope,
        String kind,
        @Nullable String name,
        Map<String, Object> config) {

    public ConnectionAttempt {
        config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
    }

    /** Without the values of the config. */
    @Override
    public String toString() {
        return "ConnectionAttempt[" + system + " " + scope + " " + kind + " " + name + ", config keys "
                + config.keySet() + "]";
    }
}
