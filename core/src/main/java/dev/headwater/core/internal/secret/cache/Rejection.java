package dev.headwater.core.internal.secret.cache;

import dev.headwater.spi.SecretValue;
import org.jspecify.annotations.Nullable;

/**
 * A value that a data source rejected, and the looks for another one since.
 *
 * @param value what was rejected
 * @param fetch the last look
 * @param looks how many there were
 * @param at when the last one began, in milliseconds of the registry's clock
 */
record Rejection(SecretValue value, Fetch fetch, int looks, long at) {

    /** {@return the rejection with one look more; rejections that share a fetch are one} */
    static Rejection noted(@Nullable Rejection before, SecretValue rejected, Fetch fetch, long now) {
        if (before == null || !before.value.equals(rejected)) {
            return new Rejection(rejected, fetch, 1, now);
        }
        return before.fetch == fetch ? before : new Rejection(rejected, fetch, before.looks + 1, now);
    }

    /** Whether it is too early to look for another value again. */
    boolean forbids(SecretValue rejected, long now) {
        return value.equals(rejected) && Timing.within(now, at, Timing.rejectionBackoff(looks));
    }
}
