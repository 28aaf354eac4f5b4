package dev.headwater.fakeserver;

import dev.headwater.spi.TenancySettings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A data source that the server holds. It holds secrets in the clear, for a test to look at; it prints without them.
 *
 * @param id its id, the same through every API
 * @param scope the environment, organization, or what a token sees
 * @param name its name; Basedash's display name
 * @param kind the id of the kind, such as {@code postgresql}; for a kind that Headwater does not have, the system's name
 * @param config what is known of the config, by canonical key: text, numbers, booleans, or
 *     {@link dev.headwater.spi.LinkedSecretRef}
 * @param tenancy its tenancy settings, which only DataBrain's calls set and none returns; null if it has none
 */
public record FakeDataSource(
        String id,
        String scope,
        String name,
        String kind,
        Map<String, Object> config,
        @Nullable TenancySettings tenancy) {

    public FakeDataSource {
        config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
    }

    /** Without the values of the config. */
    @Override
    public String toString() {
        return "FakeDataSource[" + scope + " " + kind + " " + name + " " + id + ", config keys " + config.keySet()
                + "]";
    }
}
