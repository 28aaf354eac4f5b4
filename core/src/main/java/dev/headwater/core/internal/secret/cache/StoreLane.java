package dev.headwater.core.internal.secret.cache;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.LongAdder;

/** The cached secrets of one store, with threads of their own, so that a store that hangs holds up no other one. */
final class StoreLane implements SecretCacheMetrics.Counts {

    final String storeName;
    final SecretSource source;
    final Timing timing;
    final Clock clock;
    final SecretCacheMetrics metrics;
    final ExecutorService fetchers;
    final ConcurrentMap<String, CachedSecret> secrets = new ConcurrentHashMap<>();
    final LongAdder hits = new LongAdder();
    final LongAdder stale = new LongAdder();
    private final int maxSecrets;

    StoreLane(
            String storeName,
            SecretSource source,
            Timing timing,
            Clock clock,
            SecretCacheMetrics metrics,
            ExecutorService fetchers,
            int maxSecrets) {
        this.storeName = storeName;
        this.source = source;
        this.timing = timing;
        this.clock = clock;
        this.metrics = metrics;
        this.fetchers = fetchers;
        this.maxSecrets = maxSecrets;
    }

    /** {@return the secret of that name, made if it is not there} */
    CachedSecret secret(String name) {
        CachedSecret secret = secrets.get(name);
        if (secret == null) {
            secret = secrets.computeIfAbsent(name, absent -> new CachedSecret(this, absent, clock.millis()));
            evictFor(secret);
        }
        return secret;
    }

    /** Looks through all, which costs less than the fetch that follows. */
    private void evictFor(CachedSecret newcomer) {
        while (secrets.size() > maxSecrets) {
            CachedSecret victim = null;
            for (CachedSecret candidate : secrets.values()) {
                if (candidate != newcomer && candidate.isIdle() && candidate.goesBefore(victim)) {
                    victim = candidate;
                }
            }
            if (victim == null) {
                return;
            }
            victim.evict();
        }
    }

    /** Ends the threads, and lets those who wait go. */
    void close() {
        fetchers.shutdownNow();
        secrets.values().forEach(CachedSecret::close);
        secrets.clear();
    }

    /** Does what time asks for: refreshes what is in use, gives up what hangs, forgets what is over. */
    void tend(long now) {
        secrets.values().forEach(secret -> secret.tend(now));
    }

    @Override
    public long hits() {
        return hits.sum();
    }

    @Override
    public long staleServed() {
        return stale.sum();
    }

    @Override
    public Duration oldestServed() {
        long oldest = 0;
        for (CachedSecret secret : secrets.values()) {
            oldest = Math.max(oldest, secret.ageWhenServed());
        }
        return Duration.ofMillis(oldest);
    }
}
