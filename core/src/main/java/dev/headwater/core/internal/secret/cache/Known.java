package dev.headwater.core.internal.secret.cache;

import dev.headwater.spi.HeadwaterException;
import dev.headwater.spi.SecretReferenceException;
import dev.headwater.spi.SecretStoreException;
import dev.headwater.spi.SecretValue;
import org.jspecify.annotations.Nullable;

/** What is known of one secret at one time. Immutable. Times are milliseconds of the registry's clock. */
final class Known {

    static final Known NOTHING = new Known(null, null, 0, 0, null, 0, 0, 0);

    /** What may be served, or null. */
    final @Nullable SecretValue value;

    /** The last value there was, to tell whether a later one is another, even after the secret was gone for a while. */
    private final @Nullable SecretValue last;

    /** When the fetch of the value began, so that it is never older than it is said to be. */
    final long fetchedAt;

    private final long refreshAfter;

    /** Why the last fetch failed, or null if it did not. */
    final @Nullable HeadwaterException failure;

    private final int failures;
    private final long failedAt;
    private final long retryAfter;

    private Known(
            @Nullable SecretValue value,
            @Nullable SecretValue last,
            long fetchedAt,
            long refreshAfter,
            @Nullable HeadwaterException failure,
            int failures,
            long failedAt,
            long retryAfter) {
        this.value = value;
        this.last = last;
        this.fetchedAt = fetchedAt;
        this.refreshAfter = refreshAfter;
        this.failure = failure;
        this.failures = failures;
        this.failedAt = failedAt;
        this.retryAfter = retryAfter;
    }

    /** A value was fetched. An equal one keeps the instance that is shared already. */
    Known succeeded(SecretValue fetched, long beganAt, Timing timing) {
        SecretValue kept = last != null && last.equals(fetched) ? last : fetched;
        return new Known(kept, kept, beganAt, timing.refreshAfter(), null, 0, 0, 0);
    }

    /**
     * A fetch failed. A secret that was deleted or disabled, or is no text any more, is not served any more. Else the store
     * is down, and the value stays. So it does when access is denied: credentials of the registry that have run out look
     * like that, and whoever wants a secret to end rotates, disables or deletes it.
     */
    Known failed(HeadwaterException why, long now, Timing timing) {
        Answer answer = answer(why);
        SecretValue kept = answer == Answer.GONE ? null : value;
        long retry = Timing.backoff(failures + 1);
        if (kept == null) {
            retry = answer == Answer.NONE ? Math.min(retry, timing.missing()) : timing.missing();
        }
        return new Known(kept, last, fetchedAt, refreshAfter, why, failures + 1, now, retry);
    }

    /** What a failure says of the secret. */
    private enum Answer {
        GONE,
        DENIED,
        NONE
    }

    private static Answer answer(HeadwaterException why) {
        if (why instanceof SecretStoreException failure) {
            return switch (failure.reason()) {
                case NOT_FOUND, DISABLED, UNUSABLE -> Answer.GONE;
                case ACCESS_DENIED -> Answer.DENIED;
                case THROTTLED, UNAVAILABLE, WRONG_ANSWER -> Answer.NONE;
            };
        }
        return Answer.GONE;
    }

    /** Whether this brought another value than there was before. */
    boolean differsFrom(Known before) {
        return value != null && before.last != null && !value.equals(before.last);
    }

    boolean isFresh(long now, Timing timing) {
        return value != null && Timing.within(now, fetchedAt, timing.fresh());
    }

    boolean isUsable(long now, Timing timing) {
        return value != null && Timing.within(now, fetchedAt, timing.usable());
    }

    /** Whether the last fetch failed, and it is too early for another one. */
    boolean waitsToRetry(long now) {
        return failure != null && Timing.within(now, failedAt, retryAfter);
    }

    /** Whether the store has answered that there is no such secret, or none for us; what may have changed since. */
    boolean isRefused() {
        return value == null && failure != null && answer(failure) != Answer.NONE;
    }

    /** Whether the last fetch failed not long ago, so that nobody should wait for the next one who need not. */
    boolean failedLately(long now) {
        return failure != null && Timing.within(now, failedAt, retryAfter + Timing.MAX_BACKOFF);
    }

    /** Whether a secret that is in use should be fetched in the background. */
    boolean isRefreshDue(long now, Timing timing) {
        if (value == null) {
            return failure != null && !Timing.within(now, failedAt, timing.fresh());
        }
        return !Timing.within(now, fetchedAt, refreshAfter) && !waitsToRetry(now);
    }

    /** When it was last tried. */
    long triedAt() {
        return failure == null ? fetchedAt : failedAt;
    }

    /** {@return the failure, for one caller: a new exception, for the one that is kept must not collect what callers add} */
    HeadwaterException thrown() {
        if (failure instanceof SecretReferenceException refused) {
            return new SecretReferenceException(
                    refused.reason(), refused.reference(), refused.expected(), String.valueOf(refused.getMessage()));
        }
        if (failure instanceof SecretStoreException failed) {
            return new SecretStoreException(
                    failed.reason(), failed.secretName(), String.valueOf(failed.getMessage()), failed);
        }
        throw new IllegalStateException("there is no failure");
    }
}
