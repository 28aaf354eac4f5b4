package dev.headwater.core.internal.kind;

import dev.headwater.spi.ValidationResult;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A config as it was read, which may be a part of one. Fields whose values were refused are missing; the violations say why.
 * Prints without secrets.
 *
 * @param values what was said, by canonical key in the order of the definition; extra properties come last
 * @param refused the canonical keys of the fields whose values were refused
 * @param envelope what stood among the fields and is about the data source itself: {@code name}, {@code displayName}
 * @param result what is wrong with each value by itself. Whether the config is complete is for
 *     {@link CompiledKind#check} to say.
 */
public record ParsedConfig(
        Map<String, ParsedValue> values, Set<String> refused, Map<String, String> envelope, ValidationResult result) {

    public ParsedConfig {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        refused = Set.copyOf(refused);
        envelope = Map.copyOf(envelope);
    }
}
