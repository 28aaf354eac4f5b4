package dev.headwater.core.internal.metrics;

import dev.headwater.core.internal.secret.cache.MicrometerSecretMetrics;
import dev.headwater.core.internal.secret.cache.SecretCacheMetrics;
import dev.headwater.spi.BackgroundTask;
import dev.headwater.spi.HealthStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** Reports to Micrometer; docs/metrics.md says what. Nothing else but the secret cache's part refers to Micrometer. */
public final class MicrometerMetrics implements Metrics {

    public static final String OPERATIONS = "headwater.operations";
    public static final String TESTS = "headwater.tests";
    public static final String SYNCS = "headwater.syncs";
    public static final String HEALTH_CHANGES = "headwater.health.changes";
    public static final String TASKS = "headwater.tasks";
    public static final String TASKS_RUNNING = "headwater.tasks.running";
    public static final String TASKS_DUE = "headwater.tasks.due";
    public static final String CLIENTS = "headwater.clients";
    public static final String IN_USE = "headwater.clients.connections.in.use";
    public static final String STALENESS = "headwater.staleness";

    private final MeterRegistry registry;

    /** Removed in the end: a gauge stays bound to the first object that it was made for. */
    private final Queue<Meter> meters = new ConcurrentLinkedQueue<>();

    /** Kept here, since Micrometer's gauges hold on to nothing. */
    private final Queue<Gauges> kept = new ConcurrentLinkedQueue<>();

    public MicrometerMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public SecretCacheMetrics secrets() {
        return new MicrometerSecretMetrics(registry);
    }

    @Override
    public void operated(String operation, String outcome, Duration took) {
        timer(OPERATIONS, "Calls of the registry's methods", "operation", operation, outcome, took);
    }

    @Override
    public void tested(String kind, String outcome, Duration took) {
        timer(TESTS, "Connection tests of stored data sources", "kind", kind, outcome, took);
    }

    @Override
    public void synced(String kind, String outcome, Duration took) {
        timer(SYNCS, "Schema syncs", "kind", kind, outcome, took);
    }

    @Override
    public void ran(BackgroundTask.Type type, String outcome, Duration took) {
        timer(TASKS, "Background tasks run on this node", "type", lower(type), outcome, took);
    }

    private void timer(String name, String description, String tag, String value, String outcome, Duration took) {
        Timer.builder(name)
                .description(description)
                .tag(tag, value)
                .tag("outcome", outcome)
                .register(registry)
                .record(took);
    }

    @Override
    public void healthChanged(String kind, HealthStatus to) {
        Counter.builder(HEALTH_CHANGES)
                .description("Data sources whose health has changed")
                .tag("kind", kind)
                .tag("to", lower(to))
                .register(registry)
                .increment();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void register(Gauges all) {
        kept.add(all);
        gauge(CLIENTS, "Pools and other clients of data sources that are open", all, Gauges::clients);
        gauge(IN_USE, "Connections of these that are in use", all, Gauges::connectionsInUse);
        gauge(TASKS_RUNNING, "Background tasks that run on this node", all, Gauges::tasksRunning);
        gauge(TASKS_DUE, "Background tasks that are due and wait", all, Gauges::tasksDue);
        meters.add(TimeGauge.builder(
                        STALENESS,
                        all,
                        TimeUnit.MILLISECONDS,
                        now -> now.staleness().toMillis())
                .description("How long ago this node last knew all commits of all nodes")
                .register(registry));
    }

    private void gauge(String name, String description, Gauges all, ToDoubleFunction<Gauges> value) {
        meters.add(Gauge.builder(name, all, value).description(description).register(registry));
    }

    @Override
    public void close() {
        kept.clear();
        for (Meter meter = meters.poll(); meter != null; meter = meters.poll()) {
            registry.remove(meter);
        }
    }
}
