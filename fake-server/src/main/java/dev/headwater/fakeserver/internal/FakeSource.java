package dev.headwater.fakeserver.internal;

import dev.headwater.spi.SourceSystem;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A data source as it was given, by whatever rules the face has by which it came. Immutable.
 *
 * @param id the same through every face
 * @param name what Chalk and DataBrain call it by, and Basedash shows; need not be unique
 * @param kind the kind's id, or for a kind that Headwater does not have, what the face called it
 * @param config what was given, by key as it was spelled
 * @param facts what only one face knows of it, such as tenancy settings or the state of a sync; by name
 * @param createdAt when it was made
 * @param updatedAt when this state was made
 */
public record FakeSource(
        String id,
        String name,
        String kind,
        Map<SpelledKey, Object> config,
        Map<String, Object> facts,
        Instant createdAt,
        Instant updatedAt) {

    public FakeSource {
        config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    /**
     * A key as somebody spelled it.
     *
     * @param system whose key it is; null for a canonical key
     * @param key the key
     */
    public record SpelledKey(@Nullable SourceSystem system, String key) {}

    /** The same, with another name. */
    public FakeSource withName(String newName, Instant when) {
        return new FakeSource(id, newName, kind, config, facts, createdAt, when);
    }

    /** The same, with another config. */
    public FakeSource withConfig(Map<SpelledKey, Object> newConfig, Instant when) {
        return new FakeSource(id, name, kind, newConfig, facts, createdAt, when);
    }

    /** The same, with one more fact, or another value of it. */
    public FakeSource withFact(String fact, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(facts);
        more.put(fact, value);
        return new FakeSource(id, name, kind, config, more, createdAt, updatedAt);
    }

    /** Id, name, kind and the keys of the config; no values. */
    @Override
    public String toString() {
        return "FakeSource[" + id + " " + kind + " " + name + ", config keys " + config.keySet() + "]";
    }
}
