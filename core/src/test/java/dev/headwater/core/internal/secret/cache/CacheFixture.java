package dev.headwater.core.internal.secret.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.headwater.core.SecretCacheSettings;
import dev.headwater.spi.SecretStoreException;
import dev.headwater.spi.SecretStoreException.Reason;
import dev.headwater.spi.SecretValue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A cache of one store named "main", whose time stands still, and which does its background work when it is told. */
final class CacheFixture implements AutoCloseable {

    static final Duration MINUTE = Duration.ofMinutes(1);

    final StoppedClock clock = new StoppedClock();
    final FakeSecrets store = new FakeSecrets();
    final List<String> changes = new ArrayList<>();
    final SecretCache cache;
    private final List<ExecutorService> executors = new ArrayList<>();

    private CacheFixture(SecretCacheSettings settings, SecretCacheMetrics metrics, Supplier<ExecutorService> fetchers) {
        this.cache = new SecretCache(
                (storeName, name) -> store.fetchLatest(name),
                List.of("main", "other"),
                settings,
                clock,
                metrics,
                () -> {
                    ExecutorService threads = fetchers.get();
                    executors.add(threads);
                    return threads;
                },
                new ScheduledThreadPoolExecutor(1));
    }

    /** Fetches run on the thread that asks for them. */
    static CacheFixture direct() {
        return direct(SecretCacheSettings.defaults(), SecretCacheMetrics.NONE);
    }

    static CacheFixture direct(SecretCacheSettings settings, SecretCacheMetrics metrics) {
        return new CacheFixture(settings, metrics, DirectExecutor::new);
    }

    /** Fetches run on threads of their own. */
    static CacheFixture threaded(SecretCacheSettings settings) {
        return new CacheFixture(settings, SecretCacheMetrics.NONE, () -> Executors.newFixedThreadPool(8));
    }

    static CacheFixture threaded() {
        return threaded(SecretCacheSettings.defaults());
    }

    String read(String name) {
        return cache.get("main", name).reveal();
    }

    void assertFails(String name, Reason reason) {
        assertThatExceptionOfType(SecretStoreException.class)
                .isThrownBy(() -> read(name))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
    }

    boolean reject(String name, String value) {
        return cache.refreshAfterRejection("main", name, SecretValue.of(value));
    }

    SecretWatch watch(String name) {
        return cache.watch("main", name, (storeName, secret) -> changes.add(storeName + "/" + secret));
    }

    /** Lets time pass, and the background work be done then. */
    void advance(Duration duration) {
        clock.advance(duration);
        cache.tend();
    }

    /** Waits until no thread fetches. */
    void awaitIdle() {
        eventually(
                "no thread fetches",
                () -> executors.stream().allMatch(threads -> ((ThreadPoolExecutor) threads).getActiveCount() == 0));
    }

    /** Waits for what another thread does. */
    static void eventually(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        cache.close();
    }

    static final class StoppedClock extends Clock {

        private final AtomicLong now =
                new AtomicLong(Instant.parse("2026-11-21T08:00:00Z").toEpochMilli());

        void advance(Duration duration) {
            now.addAndGet(duration.toMillis());
        }

        @Override
        public long millis() {
            return now.get();
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(now.get());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("tests use UTC");
        }
    }

    private static final class DirectExecutor extends AbstractExecutorService {

        private volatile boolean shutdown;

        @Override
        public void execute(Runnable work) {
            if (shutdown) {
                throw new RejectedExecutionException("shut down");
            }
            work.run();
        }

        @Override
        public void shutdown() {
            shutdown = true;
        }

        @Override
        public List<Runnable> shutdownNow() {
            shutdown = true;
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return shutdown;
        }

        @Override
        public boolean isTerminated() {
            return shutdown;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return shutdown;
        }
    }
}
