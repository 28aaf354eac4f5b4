package dev.headwater.core.internal.secret.cache;

import dev.headwater.core.SecretCacheSettings;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The cache's times in milliseconds.
 *
 * @param fresh how long a value is served without asking
 * @param usable how long a value is served at all
 * @param missing how long a failure without a value is remembered at the most
 * @param timeout how long a fetch may take
 */
record Timing(long fresh, long usable, long missing, long timeout) {

    /** How long a failing refresh waits for the next one: at the most, and the first time. */
    static final long MAX_BACKOFF = 60_000;

    private static final long FIRST_BACKOFF = 1_000;

    /** How long a value that was rejected and did not change waits for the next look: at the most. */
    private static final long MAX_REJECTION_BACKOFF = 300_000;

    /** The room around 80 % in which refreshes are spread, so that secrets fetched together do not stay together. */
    private static final double REFRESH_FROM = 0.7;

    private static final double REFRESH_TO = 0.9;

    static Timing of(SecretCacheSettings settings) {
        long fresh = settings.freshFor().toMillis();
        return new Timing(
                fresh,
                fresh + settings.staleFor().toMillis(),
                settings.missingFor().toMillis(),
                settings.fetchTimeout().toMillis());
    }

    /** Whether less than the span has passed since. A clock that was set back counts as if the time were over. */
    static boolean within(long now, long since, long span) {
        long age = now - since;
        return age >= 0 && age < span;
    }

    /** How long after its fetch a value is refreshed. */
    long refreshAfter() {
        return (long) (fresh * ThreadLocalRandom.current().nextDouble(REFRESH_FROM, REFRESH_TO));
    }

    /** How long to wait after so many failures in a row: doubling, and spread over the second half of it. */
    static long backoff(int failures) {
        long most = doubled(FIRST_BACKOFF, failures, MAX_BACKOFF);
        return ThreadLocalRandom.current().nextLong(most / 2, most + 1);
    }

    /** How long to wait after so many looks at a rejected value that did not change. */
    static long rejectionBackoff(int looks) {
        return doubled(FIRST_BACKOFF, looks, MAX_REJECTION_BACKOFF);
    }

    private static long doubled(long first, int times, long most) {
        return Math.min(most, first << Math.min(times - 1, 20));
    }
}
