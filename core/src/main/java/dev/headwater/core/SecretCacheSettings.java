package dev.headwater.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How linked secrets are kept in memory between their secret store and those who use them. One entry is a whole secret, so
 * that all fields of it and all data sources that link to it share one fetch.
 *
 * <p>A secret in use costs about one call each 80 % of {@code freshFor}, on each node; with the defaults about 10,800 calls a
 * month. One that is not used costs none.
 *
 * @param freshFor how long a fetched secret is served without asking its store, {@value #MIN_FRESH_SECONDS} second to
 *     {@value #MAX_FRESH_HOURS} hours; when the store is up, a rotated secret is known after that time at the latest
 * @param staleFor how long beyond {@code freshFor} a secret goes on being served while its store is down or denies
 *     access, up to {@value #MAX_STALE_DAYS} days; zero turns it off. A secret that is deleted or disabled is not served on
 * @param missingFor how long it is remembered that a secret is missing, disabled, unusable or may not be read, up to
 *     {@value #MAX_MISSING_MINUTES} minutes; also the longest time for which the error of a store that is down is
 *     remembered for a secret that was never read. Zero turns it off
 * @param fetchTimeout how long anyone waits for a fetch, 1 millisecond to {@value #MAX_FETCH_MINUTES} minutes; then it is
 *     given up as {@link dev.headwater.spi.SecretStoreException.Reason#UNAVAILABLE}
 * @param maxSecrets how many secrets of each store are kept, at least 1; the least recently used ones go first
 */
public record SecretCacheSettings(
        Duration freshFor, Duration staleFor, Duration missingFor, Duration fetchTimeout, int maxSecrets) {

    /** Five minutes. */
    public static final Duration DEFAULT_FRESH_FOR = Duration.ofMinutes(5);

    /** One hour. */
    public static final Duration DEFAULT_STALE_FOR = Duration.ofHours(1);

    /** Ten seconds. */
    public static final Duration DEFAULT_MISSING_FOR = Duration.ofSeconds(10);

    /** Ten seconds. */
    public static final Duration DEFAULT_FETCH_TIMEOUT = Duration.ofSeconds(10);

    /** At 1 KB each, some 10 MB. */
    public static final int DEFAULT_MAX_SECRETS = 10_000;

    private static final int MIN_FRESH_SECONDS = 1;
    private static final int MAX_FRESH_HOURS = 24;
    private static final int MAX_STALE_DAYS = 7;
    private static final int MAX_MISSING_MINUTES = 10;
    private static final int MAX_FETCH_MINUTES = 10;

    /** @throws IllegalArgumentException naming all settings that are out of their range */
    public SecretCacheSettings {
        List<String> problems = new ArrayList<>();
        range(problems, "freshFor", freshFor, Duration.ofSeconds(MIN_FRESH_SECONDS), Duration.ofHours(MAX_FRESH_HOURS));
        range(problems, "staleFor", staleFor, Duration.ZERO, Duration.ofDays(MAX_STALE_DAYS));
        range(problems, "missingFor", missingFor, Duration.ZERO, Duration.ofMinutes(MAX_MISSING_MINUTES));
        range(problems, "fetchTimeout", fetchTimeout, Duration.ofMillis(1), Duration.ofMinutes(MAX_FETCH_MINUTES));
        if (maxSecrets < 1) {
            problems.add("maxSecrets must be at least 1, is " + maxSecrets);
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("secret cache: " + String.join("; ", problems));
        }
    }

    /** The defaults. */
    public static SecretCacheSettings defaults() {
        return new SecretCacheSettings(
                DEFAULT_FRESH_FOR, DEFAULT_STALE_FOR, DEFAULT_MISSING_FOR, DEFAULT_FETCH_TIMEOUT, DEFAULT_MAX_SECRETS);
    }

    /** These settings with another {@link #freshFor()}. */
    public SecretCacheSettings withFreshFor(Duration duration) {
        return new SecretCacheSettings(duration, staleFor, missingFor, fetchTimeout, maxSecrets);
    }

    /** These settings with another {@link #staleFor()}. */
    public SecretCacheSettings withStaleFor(Duration duration) {
        return new SecretCacheSettings(freshFor, duration, missingFor, fetchTimeout, maxSecrets);
    }

    /** These settings with another {@link #missingFor()}. */
    public SecretCacheSettings withMissingFor(Duration duration) {
        return new SecretCacheSettings(freshFor, staleFor, duration, fetchTimeout, maxSecrets);
    }

    /** These settings with another {@link #fetchTimeout()}. */
    public SecretCacheSettings withFetchTimeout(Duration duration) {
        return new SecretCacheSettings(freshFor, staleFor, missingFor, duration, maxSecrets);
    }

    /** These settings with another {@link #maxSecrets()}. */
    public SecretCacheSettings withMaxSecrets(int secrets) {
        return new SecretCacheSettings(freshFor, staleFor, missingFor, fetchTimeout, secrets);
    }

    private static void range(List<String> problems, String what, Duration given, Duration least, Duration most) {
        if (given.compareTo(least) < 0 || given.compareTo(most) > 0) {
            problems.add(what + " must be " + least + " to " + most + ", is " + given);
        }
    }
}
