package dev.headwater.benchmarks;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a program without Headwater would make of a row.
 *
 * @param config strings, longs, booleans and {@link Secret}s
 */
record RawSource(
        String id,
        String name,
        String kind,
        long version,
        @Nullable String displayName,
        @Nullable String description,
        Map<String, Object> config,
        Map<String, String> labels,
        Instant createdAt,
        String createdBy,
        Instant updatedAt,
        String updatedBy) {

    /** Where a sealed secret is found. */
    record Secret(String id, Instant setAt) {}
}
