package dev.headwater.spi;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which data sources of an environment to read, by name in ascending order. A page costs the same wherever it starts:
 * the next one begins after the last name of this one (a keyset, not an offset).
 *
 * @param kinds ids of kinds, any of which will do; empty for all
 * @param labels labels that must all be there with just these values; empty for no such condition
 * @param health health, any of which will do; empty for all. A source never tried is {@link HealthStatus#UNKNOWN}.
 * @param afterName the name after which to begin, exclusive; null to begin at the first
 * @param limit how many at the most, 1 to {@value #MAX_LIMIT}
 */
public record PageQuery(
        Set<String> kinds,
        Map<String, String> labels,
        Set<HealthStatus> health,
        @Nullable String afterName,
        int limit) {

    /** The largest page. */
    public static final int MAX_LIMIT = 1_000;

    /** @throws IllegalArgumentException if the limit is out of range, or {@code afterName} can be no name */
    public PageQuery {
        kinds = Set.copyOf(kinds);
        labels = Map.copyOf(labels);
        health = Set.copyOf(health);
        if (afterName != null) {
            Checks.text("afterName", afterName, DataSourceSpec.MAX_NAME_LENGTH);
        }
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ", is " + limit);
        }
    }

    /** The first page of all data sources. */
    public static PageQuery first(int limit) {
        return new PageQuery(Set.of(), Map.of(), Set.of(), null, limit);
    }

    /** The same query, from after that name on. */
    public PageQuery after(String name) {
        return new PageQuery(kinds, labels, health, name, limit);
    }
}
