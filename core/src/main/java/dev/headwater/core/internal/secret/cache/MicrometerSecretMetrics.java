package dev.headwater.core.internal.secret.cache;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Reports to Micrometer, which is an optional dependency: nothing else names this class' meters or refers to it.
 *
 * <ul>
 *   <li>{@value #FETCHES}: timer, calls to the secret store; tag {@code outcome} is {@code success} or the code of the error
 *   <li>{@value #HITS}: counter, reads answered at once with a fresh value
 *   <li>{@value #STALE}: counter, reads answered with an expired value because the store was down
 *   <li>{@value #OLDEST}: gauge, how old the oldest of the cached values was when it was last served
 * </ul>
 *
 * All have the tag {@code store}, the name under which the host registered the secret store.
 */
public final class MicrometerSecretMetrics implements SecretCacheMetrics {

    public static final String FETCHES = "headwater.secrets.fetches";
    public static final String HITS = "headwater.secrets.hits";
    public static final String STALE = "headwater.secrets.stale";
    public static final String OLDEST = "headwater.secrets.served.age";

    private final MeterRegistry registry;

    /** Removed in the end: a function meter stays bound to the first object that it was made for. */
    private final Queue<Meter> meters = new ConcurrentLinkedQueue<>();

    public MicrometerSecretMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void register(String storeName, Counts counts) {
        meters.add(FunctionCounter.builder(HITS, counts, Counts::hits)
                .description("Reads of linked secrets answered at once with a fresh value")
                .tag("store", storeName)
                .register(registry));
        meters.add(FunctionCounter.builder(STALE, counts, Counts::staleServed)
                .description("Reads of linked secrets answered with an expired value because the store was down")
                .tag("store", storeName)
                .register(registry));
        meters.add(TimeGauge.builder(
                        OLDEST,
                        counts,
                        TimeUnit.MILLISECONDS,
                        all -> all.oldestServed().toMillis())
                .description("How old the oldest of the cached secrets was when it was last served")
                .tag("store", storeName)
                .register(registry));
    }

    @Override
    public void fetched(String storeName, String outcome, Duration time) {
        Timer timer = Timer.builder(FETCHES)
                .description("Fetches of linked secrets from their secret store")
                .tag("store", storeName)
                .tag("outcome", outcome)
                .register(registry);
        timer.record(time);
    }

    @Override
    public void close() {
        for (Meter meter = meters.poll(); meter != null; meter = meters.poll()) {
            registry.remove(meter);
        }
    }
}
