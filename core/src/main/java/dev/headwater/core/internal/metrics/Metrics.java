package dev.headwater.core.internal.metrics;

import dev.headwater.core.internal.secret.cache.SecretCacheMetrics;
import dev.headwater.spi.BackgroundTask;
import dev.headwater.spi.HeadwaterException;
import dev.headwater.spi.HealthStatus;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Where the registry reports what it does. What is handed over is a name of the code's own, a kind, an outcome or a number:
 * never a value of a config, nor the name or id of a data source, an environment or a caller.
 */
public interface Metrics extends AutoCloseable {

    /** The outcome of what went well. */
    String SUCCESS = "success";

    /** Reports nowhere. */
    Metrics NONE = new Metrics() {
        @Override
        public SecretCacheMetrics secrets() {
            return SecretCacheMetrics.NONE;
        }

        @Override
        public void operated(String operation, String outcome, Duration took) {}

        @Override
        public void tested(String kind, String outcome, Duration took) {}

        @Override
        public void synced(String kind, String outcome, Duration took) {}

        @Override
        public void healthChanged(String kind, HealthStatus to) {}

        @Override
        public void ran(BackgroundTask.Type type, String outcome, Duration took) {}

        @Override
        public void register(Gauges gauges) {}

        @Override
        public void close() {}
    };

    /** {@return where the cache of linked secrets reports} */
    SecretCacheMetrics secrets();

    /** A call of a host has ended. */
    void operated(String operation, String outcome, Duration took);

    /** A connection test has ended. */
    void tested(String kind, String outcome, Duration took);

    /** A schema sync has ended. */
    void synced(String kind, String outcome, Duration took);

    /** The health of a data source has changed. */
    void healthChanged(String kind, HealthStatus to);

    /** A background task has ended. */
    void ran(BackgroundTask.Type type, String outcome, Duration took);

    /** Called once; the gauges can be read at any time, by any thread, and touch neither the store nor a data source. */
    void register(Gauges gauges);

    /** The registry has closed; what was registered goes. */
    @Override
    void close();

    /** Does what a host has called for, and reports how it ended. */
    default <T> T operation(String name, Supplier<T> work) {
        long begin = System.nanoTime();
        String outcome = "error";
        try {
            T result = work.get();
            outcome = SUCCESS;
            return result;
        } catch (HeadwaterException e) {
            outcome = e.code();
            throw e;
        } finally {
            operated(name, outcome, Duration.ofNanos(System.nanoTime() - begin));
        }
    }

    /** What stands now. */
    interface Gauges {

        /** {@return how many pools and other clients are open} */
        int clients();

        /** {@return how many connections of them are in use} */
        int connectionsInUse();

        /** {@return how many background tasks run on this node} */
        int tasksRunning();

        /** {@return how many background tasks were due and waited, when that was last looked at} */
        long tasksDue();

        /** {@return how long ago this node last knew all commits of all nodes} */
        Duration staleness();
    }
}
