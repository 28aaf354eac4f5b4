package dev.headwater.core.internal.secret.cache;

import dev.headwater.core.internal.secret.Printable;
import dev.headwater.spi.HeadwaterException;
import dev.headwater.spi.SecretReferenceException;
import dev.headwater.spi.SecretStoreException;
import dev.headwater.spi.SecretStoreException.Reason;
import dev.headwater.spi.SecretValue;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One secret in the cache. What is known of it is read without a lock; the lock guards only which fetch runs, and is never
 * held while a fetch is waited for or a listener is told.
 */
final class CachedSecret {

    private static final Logger LOG = LoggerFactory.getLogger(SecretCache.class);

    /** How exactly the last use is noted. Coarse, so that threads that read one secret do not write one field all the time. */
    private static final long USE_GRAIN = 1_000;

    /** How long a secret that has no value is remembered after it was last asked for. */
    private static final long FORGET_AFTER = Timing.MAX_BACKOFF;

    private final StoreLane lane;
    private final String name;
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

    private volatile Known known = Known.NOTHING;
    private volatile long usedAt;

    /** Written under the lock. */
    private volatile @Nullable Fetch running;

    /** Guarded by this: it is no longer in the cache, which may hold another one of its name. */
    private boolean evicted;

    /** Guarded by this. */
    private @Nullable Rejection rejection;

    CachedSecret(StoreLane lane, String name, long now) {
        this.lane = lane;
        this.name = name;
        this.usedAt = now;
    }

    /** {@return the value if it is fresh} Takes no lock and allocates nothing. */
    @Nullable
    SecretValue ifFresh(long now) {
        Known current = known;
        if (!current.isFresh(now, lane.timing)) {
            return null;
        }
        long used = usedAt;
        if (used <= current.fetchedAt || now - used >= USE_GRAIN) {
            usedAt = now;
        }
        lane.hits.increment();
        return current.value;
    }

    /**
     * {@return the value; null if another thread was faster, so that the caller should look again} Waits for a fetch if
     * there is no value to be served.
     *
     * @param anew whether the store is asked again though it said a moment ago that the secret is not to be had
     * @throws HeadwaterException if the secret cannot be had
     */
    @Nullable
    SecretValue get(boolean anew) {
        long now = lane.clock.millis();
        Known current = known;
        usedAt = now;
        boolean waits = current.waitsToRetry(now) && !(anew && current.isRefused());
        if (current.isFresh(now, lane.timing) || waits) {
            return served(current, now);
        }
        Fetch fetch = fetchUnlessOther(current, now);
        if (fetch == null) {
            return null;
        }
        submit(fetch);
        if (current.failedLately(now) && current.isUsable(now, lane.timing)) {
            return served(current, now);
        }
        Known then = await(fetch);
        return then.failure == null && then.value != null ? then.value : served(then, lane.clock.millis());
    }

    private SecretValue served(Known current, long now) {
        SecretValue value = current.value;
        if (value == null || !current.isUsable(now, lane.timing)) {
            throw current.thrown();
        }
        if (!current.isFresh(now, lane.timing)) {
            lane.stale.increment();
        }
        return value;
    }

    private synchronized @Nullable Fetch fetchUnlessOther(Known seen, long now) {
        return evicted || known != seen ? null : joined(now);
    }

    /** The fetch that runs, or a new one. Called under the lock; who called submits it then. */
    private Fetch joined(long now) {
        Fetch fetch = running;
        if (fetch == null) {
            fetch = new Fetch(this, now);
            running = fetch;
        }
        return fetch;
    }

    private void submit(Fetch fetch) {
        try {
            fetch.submit(lane.fetchers);
        } catch (RejectedExecutionException e) {
            failed(fetch, unavailable("was not asked for " + printable() + ": the registry is closed"));
        }
    }

    private Known await(Fetch fetch) {
        try {
            return fetch.await(lane.timing.timeout());
        } catch (TimeoutException e) {
            giveUp(fetch);
            return fetch.ended();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("was asked for " + printable() + ", and the wait for it was interrupted");
        }
    }

    /** Makes one more fetch, or joins the one that runs, unless that was done lately for the same value. */
    boolean isOtherAfterRejection(SecretValue rejected) {
        Fetch fetch;
        synchronized (this) {
            long now = lane.clock.millis();
            usedAt = now;
            if (known.isFresh(now, lane.timing) && isOther(rejected, now)) {
                return true;
            }
            boolean lookedLately = rejection != null && rejection.forbids(rejected, now);
            if (running == null && (lookedLately || known.waitsToRetry(now))) {
                return isOther(rejected, now);
            }
            fetch = joined(now);
            rejection = Rejection.noted(rejection, rejected, fetch, now);
        }
        submit(fetch);
        Known unused = await(fetch);
        return isOther(rejected, lane.clock.millis());
    }

    private boolean isOther(SecretValue rejected, long now) {
        Known current = known;
        SecretValue value = current.value;
        return value != null && current.isUsable(now, lane.timing) && !value.equals(rejected);
    }

    /** The work of a fetch, on a thread of the store. */
    void run(Fetch fetch) {
        if (fetch.isOver()) {
            return;
        }
        long beganAt = lane.clock.millis();
        try {
            SecretValue value = Objects.requireNonNull(lane.source.fetch(lane.storeName, name));
            finish(fetch, before -> before.succeeded(value, beganAt, lane.timing));
        } catch (SecretStoreException | SecretReferenceException e) {
            failed(fetch, e);
        } catch (Throwable e) {
            // All of it, or callers would wait for nothing. Without its words, which may hold the secret.
            failed(
                    fetch,
                    unavailable("failed on " + printable() + " (" + e.getClass().getName() + ")"));
        }
    }

    private void giveUp(Fetch fetch) {
        failed(
                fetch,
                unavailable("did not answer within " + Duration.ofMillis(lane.timing.timeout()) + " when asked for "
                        + printable()));
        fetch.giveUp();
    }

    private void failed(Fetch fetch, HeadwaterException why) {
        finish(fetch, before -> before.failed(why, lane.clock.millis(), lane.timing));
    }

    /** Does nothing if the fetch was ended before: what comes too late may be older than what is known. */
    private void finish(Fetch fetch, UnaryOperator<Known> change) {
        Known before;
        Known after;
        synchronized (this) {
            if (running != fetch) {
                return;
            }
            running = null;
            before = known;
            after = change.apply(before);
            known = after;
            if (after.differsFrom(before)) {
                rejection = null;
            }
        }
        fetch.end(after);
        log(before, after);
        if (after.differsFrom(before)) {
            watchers.forEach(Watcher::tell);
        }
        lane.metrics.fetched(lane.storeName, after.failure == null ? "success" : after.failure.code(), fetch.time());
    }

    private void log(Known before, Known after) {
        HeadwaterException failure = after.failure;
        if (failure == null) {
            if (before.failure != null) {
                LOG.info("secret store {} hands out {} again", lane.storeName, printable());
            }
        } else if (before.value != null && after.value == null) {
            LOG.warn("{} of secret store {} is no longer served: {}", printable(), lane.storeName, failure.code());
        } else if (before.value != null && before.failure == null) {
            LOG.warn("cannot refresh {} of secret store {}: {}", printable(), lane.storeName, failure.code());
        }
    }

    /** Does what time asks for. */
    void tend(long now) {
        Fetch hanging = null;
        Fetch due = null;
        synchronized (this) {
            Fetch current = running;
            if (current != null) {
                hanging = Timing.within(now, current.askedAt, lane.timing.timeout()) ? null : current;
            } else if (isWanted() && known.isRefreshDue(now, lane.timing)) {
                due = joined(now);
            } else if (isOver(now)) {
                evict();
            }
        }
        if (hanging != null) {
            giveUp(hanging);
        } else if (due != null) {
            submit(due);
        }
    }

    /** Watched, or used since it was last tried: what nobody uses must not cost calls for ever. */
    private boolean isWanted() {
        return !watchers.isEmpty() || (known.value != null && usedAt > known.triedAt());
    }

    private boolean isOver(long now) {
        if (!isIdle() || known.waitsToRetry(now)) {
            return false;
        }
        return known.value == null
                ? !Timing.within(now, usedAt, FORGET_AFTER)
                : !known.isUsable(now, lane.timing) && !isWanted();
    }

    boolean isIdle() {
        return running == null && watchers.isEmpty();
    }

    /** Takes it out of the cache, unless somebody has come. */
    synchronized void evict() {
        if (isIdle()) {
            evicted = true;
            lane.secrets.remove(name, this);
        }
    }

    /** Whether this one should rather be evicted: without a value first, then the one not used for longer. */
    boolean goesBefore(@Nullable CachedSecret other) {
        if (other == null) {
            return true;
        }
        boolean empty = known.value == null;
        return empty == (other.known.value == null) ? usedAt < other.usedAt : empty;
    }

    /** {@return the watch; null if this is no longer in the cache, so that the caller should look again} */
    synchronized @Nullable SecretWatch watch(SecretChangeListener listener) {
        if (evicted) {
            return null;
        }
        Watcher watcher = new Watcher(listener);
        watchers.add(watcher);
        return watcher;
    }

    /** Lets those who wait go. */
    void close() {
        Fetch fetch = running;
        if (fetch != null) {
            failed(fetch, unavailable("was asked for " + printable() + " when the registry closed"));
            fetch.giveUp();
        }
    }

    /** {@return how old the value was when it was last served, in milliseconds} */
    long ageWhenServed() {
        Known current = known;
        return current.value == null ? 0 : usedAt - current.fetchedAt;
    }

    private SecretStoreException unavailable(String what) {
        return new SecretStoreException(Reason.UNAVAILABLE, name, "secret store " + lane.storeName + " " + what, null);
    }

    private String printable() {
        return "secret " + Printable.of(name);
    }

    private final class Watcher implements SecretWatch {

        private final SecretChangeListener listener;

        Watcher(SecretChangeListener listener) {
            this.listener = listener;
        }

        void tell() {
            try {
                listener.onChange(lane.storeName, name);
            } catch (RuntimeException e) {
                LOG.warn(
                        "a listener failed when {} of secret store {} had changed: {}",
                        printable(),
                        lane.storeName,
                        e.getClass().getName());
            }
        }

        @Override
        public void close() {
            watchers.remove(this);
        }
    }
}
