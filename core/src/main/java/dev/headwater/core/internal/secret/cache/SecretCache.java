package dev.headwater.core.internal.secret.cache;

import dev.headwater.core.SecretCacheSettings;
import dev.headwater.core.internal.DaemonThreads;
import dev.headwater.spi.SecretValue;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps whole secrets in memory, by store and local name: one fetch for all who want a secret, a refresh in the background
 * before it expires, and the last value while the store is down. {@link SecretCacheSettings} says for how long.
 *
 * <p>A read that finds a fresh value takes no lock, allocates nothing and waits for nothing. Other reads wait for one fetch
 * and no longer than its timeout; while the store is known to be down, they get the last value or the store's last error at
 * once. Safe for use by many threads.
 */
public final class SecretCache implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SecretCache.class);

    /** How many secrets of one store are fetched at once. */
    private static final int FETCHES_PER_STORE = 8;

    private static final long THREADS_KEPT_SECONDS = 30;
    private static final long MIN_TEND_MILLIS = 50;
    private static final long MAX_TEND_MILLIS = 1_000;

    private final Map<String, StoreLane> lanes;
    private final SecretSource source;
    private final Clock clock;
    private final SecretCacheMetrics metrics;
    private final ScheduledExecutorService timer;
    private volatile boolean closed;

    /**
     * @param storeNames the names of the secret stores
     * @param fetchers makes the threads of one store, on which it is asked
     * @param timer only closed here: who makes the cache lets it call {@link #tend} every so often
     */
    SecretCache(
            SecretSource source,
            Collection<String> storeNames,
            SecretCacheSettings settings,
            Clock clock,
            SecretCacheMetrics metrics,
            Supplier<ExecutorService> fetchers,
            ScheduledExecutorService timer) {
        this.source = source;
        this.clock = clock;
        this.metrics = metrics;
        this.timer = timer;
        Timing timing = Timing.of(settings);
        this.lanes = storeNames.stream()
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(),
                        name -> new StoreLane(
                                name, source, timing, clock, metrics, fetchers.get(), settings.maxSecrets())));
        lanes.forEach(metrics::register);
    }

    /** Opens a cache with threads of its own, all of them daemons. */
    public static SecretCache open(
            SecretSource source,
            Collection<String> storeNames,
            SecretCacheSettings settings,
            Clock clock,
            SecretCacheMetrics metrics) {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, new DaemonThreads("secret-refresh"));
        DaemonThreads threads = new DaemonThreads("secret-fetch");
        SecretCache cache =
                new SecretCache(source, storeNames, settings, clock, metrics, () -> fetchers(threads), timer);
        long interval = Math.min(
                MAX_TEND_MILLIS, Math.max(MIN_TEND_MILLIS, settings.freshFor().toMillis() / 20));
        ScheduledFuture<?> unused =
                timer.scheduleWithFixedDelay(cache::tend, interval, interval, TimeUnit.MILLISECONDS);
        return cache;
    }

    private static ExecutorService fetchers(DaemonThreads threads) {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                FETCHES_PER_STORE,
                FETCHES_PER_STORE,
                THREADS_KEPT_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                threads);
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /**
     * {@return the whole secret} Blocks for the fetch timeout at the most.
     *
     * @throws dev.headwater.spi.SecretStoreException if the secret cannot be had, does not come in time, or the thread is
     *     interrupted, which it then still is
     * @throws dev.headwater.spi.SecretReferenceException if the store is not registered
     * @throws IllegalStateException if the cache is closed
     */
    public SecretValue get(String storeName, String secretName) {
        StoreLane lane = lanes.get(storeName);
        if (lane == null) {
            return source.fetch(storeName, secretName);
        }
        CachedSecret secret = lane.secrets.get(secretName);
        if (secret != null) {
            SecretValue value = secret.ifFresh(clock.millis());
            if (value != null) {
                return value;
            }
        }
        return fetched(lane, secretName, false);
    }

    /**
     * As {@link #get}, but a refusal that is remembered does not count: somebody who has just made the secret, or allowed that it
     * is read, wants to see it. The store is asked once more, and no more than that; while it is down, it is left alone.
     */
    public SecretValue getAnewIfRefused(String storeName, String secretName) {
        StoreLane lane = lanes.get(storeName);
        return lane == null ? source.fetch(storeName, secretName) : fetched(lane, secretName, true);
    }

    private SecretValue fetched(StoreLane lane, String secretName, boolean anew) {
        boolean again = anew;
        while (true) {
            requireOpen();
            SecretValue value = lane.secret(secretName).get(again);
            if (value != null) {
                return value;
            }
            // Another thread has just asked.
            again = false;
        }
    }

    /**
     * Looks for another value of a secret at once, because a data source rejected this one. However many ask, there is one
     * fetch for one rejected value; asked again while the value stays the same, there is another one only after a wait, which
     * doubles from one second to five minutes. Blocks for the fetch timeout at the most.
     *
     * @param rejected the whole secret that was in use
     * @return whether there is another value now, so that a new attempt makes sense; false also if the store fails
     * @throws dev.headwater.spi.SecretStoreException if the thread is interrupted, which it then still is
     * @throws IllegalStateException if the cache is closed
     */
    public boolean refreshAfterRejection(String storeName, String secretName, SecretValue rejected) {
        requireOpen();
        StoreLane lane = lanes.get(storeName);
        return lane != null && lane.secret(secretName).isOtherAfterRejection(rejected);
    }

    /**
     * Tells when a fetch brings another value than the one before, even if the secret was gone in between. Whoever watches
     * and then reads misses no change. A watched secret is refreshed all the time, whether it is read or not.
     *
     * @return to be closed when the secret is no longer in use
     * @throws IllegalStateException if the cache is closed
     */
    public SecretWatch watch(String storeName, String secretName, SecretChangeListener listener) {
        StoreLane lane = lanes.get(storeName);
        while (lane != null) {
            requireOpen();
            SecretWatch watch = lane.secret(secretName).watch(listener);
            if (watch != null) {
                return watch;
            }
        }
        return () -> {};
    }

    /** {@return how many secrets are in memory, missing ones included} */
    int size() {
        return lanes.values().stream().mapToInt(lane -> lane.secrets.size()).sum();
    }

    /** {@return what is in memory under that name} */
    @Nullable
    CachedSecret cached(String storeName, String secretName) {
        StoreLane lane = lanes.get(storeName);
        return lane == null ? null : lane.secrets.get(secretName);
    }

    /** Refreshes what is in use, gives up fetches that hang, forgets what is over. Fetches run on other threads. */
    void tend() {
        try {
            long now = clock.millis();
            lanes.values().forEach(lane -> lane.tend(now));
        } catch (RuntimeException e) {
            // would end the schedule
            LOG.error("refreshing secrets failed: {}", e.getClass().getName());
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the registry is closed");
        }
    }

    /** Ends the threads, and those who wait get an error. The secrets go out of memory. Closing twice does nothing more. */
    @Override
    public void close() {
        closed = true;
        timer.shutdownNow();
        lanes.values().forEach(StoreLane::close);
        metrics.close();
    }
}
