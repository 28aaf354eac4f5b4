package dev.headwater.core;

import dev.headwater.core.internal.Connectors;
import dev.headwater.core.internal.background.Slots;
import dev.headwater.core.internal.background.Spread;
import dev.headwater.core.internal.background.WorkerThreads;
import dev.headwater.core.internal.metrics.Metrics;
import dev.headwater.core.internal.secret.Reencryption;
import dev.headwater.spi.BackgroundTask;
import dev.headwater.spi.Commit;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.HeadwaterException;
import dev.headwater.spi.Observations;
import dev.headwater.spi.PageQuery;
import dev.headwater.spi.StoreException;
import dev.headwater.spi.SyncState;
import dev.headwater.spi.SyncStatus;
import dev.headwater.spi.TaskQueue;
import dev.headwater.spi.TaskRunner;
import dev.headwater.spi.TestReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does the registry's background work on this node: what a task means, how much of it at once, and when again. */
final class Background implements TaskRunner, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Background.class);

    private static final Duration STORE_RETRY = Duration.ofSeconds(2);
    private static final Duration PURGE_EVERY = Duration.ofHours(6);
    private static final Duration SAMPLE_EVERY = Duration.ofSeconds(10);
    private static final Duration SLICE = Duration.ofSeconds(30);
    private static final int HEALTHY_PATIENCE = 2;
    private static final int LONGEST_HEALTH_FACTOR = 6;
    private static final long CLOSE_SECONDS = 5;

    /** The clocks of nodes may differ by that much. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    private final RegistryParts parts;
    private final Syncs syncs;
    private final BackgroundSettings settings;
    private final TaskQueue queue;
    private final Duration planEvery;
    private final Duration syncTimeout;
    private final Planner planner;
    private final Slots environments;
    private final Slots destinations;
    private final BooleanSupplier worthStarting;
    private final AtomicInteger running = new AtomicInteger();
    private final ExecutorService threads;
    private volatile long due;
    private volatile long sampledAt = System.nanoTime() - SAMPLE_EVERY.toNanos();
    private volatile boolean started;
    private volatile boolean closing;

    Background(
            RegistryParts parts,
            Connectors connectors,
            Syncs syncs,
            BackgroundSettings settings,
            TaskQueue queue,
            Duration planEvery,
            Duration syncTimeout) {
        this.parts = parts;
        this.syncs = syncs;
        this.settings = settings;
        this.queue = queue;
        this.planEvery = planEvery;
        this.syncTimeout = syncTimeout;
        this.planner =
                new Planner(parts.store(), parts.kinds(), connectors, queue, settings, parts.clock(), patience());
        this.environments = new Slots(settings.perEnvironment());
        this.destinations = new Slots(settings.perDestination());
        this.worthStarting = () -> settings.enabled()
                && (!connectors.isEmpty() || settings.historyRetention() != null || settings.reencryptEvery() != null);
        this.threads = WorkerThreads.open("background", settings.atOnce());
    }

    /** Begins, if there can be anything to do. */
    void start() {
        if (!worthStarting.getAsBoolean()) {
            return;
        }
        started = true;
        Instant now = parts.clock().instant();
        if (queue.shared()) {
            queue.schedule(List.of(BackgroundTask.of(BackgroundTask.Type.PLANNING)), now);
        }
        if (settings.reencryptEvery() != null) {
            queue.schedule(List.of(BackgroundTask.of(BackgroundTask.Type.REENCRYPTION)), now);
        }
        if (settings.historyRetention() != null) {
            queue.schedule(List.of(BackgroundTask.of(BackgroundTask.Type.HISTORY_PURGE)), now);
        }
        queue.start(this, threads, settings.atOnce());
    }

    TaskQueue queue() {
        return queue;
    }

    /** {@return how many tasks waited when that was last looked at, which this sees to every so often} */
    long due() {
        return due;
    }

    /** Looks how many tasks wait, now and then, if anybody wants to know. */
    void sample() {
        long now = System.nanoTime();
        if (started && parts.metrics() != Metrics.NONE && now - sampledAt > SAMPLE_EVERY.toNanos()) {
            sampledAt = now;
            due = queue.due(parts.clock().instant());
        }
    }

    int running() {
        return running.get();
    }

    /** An environment was opened on this node. */
    void opened(EnvironmentId environment) {
        if (started && !queue.shared()) {
            queue.schedule(
                    List.of(BackgroundTask.of(BackgroundTask.Type.SURVEY, environment)),
                    parts.clock().instant());
        }
    }

    /** This node has written. */
    void wrote(List<Commit> commits) {
        if (started && !queue.shared() && !commits.isEmpty()) {
            planner.plan(commits);
        }
    }

    /** Sees to it that a sync which a caller has begun here is taken up again if this node does not live to end it. */
    void guard(DataSourceRecord record) {
        if (started && queue.shared()) {
            queue.schedule(
                    List.of(BackgroundTask.of(BackgroundTask.Type.SCHEMA_SYNC, record.environment(), record.id())),
                    parts.clock().instant().plus(patience()));
        }
    }

    private Duration patience() {
        return syncTimeout.plus(CLOCK_SKEW);
    }

    /** How a run ended, and what follows. */
    private record Outcome(String name, Next next) {

        static Outcome done(Next next) {
            return new Outcome(Metrics.SUCCESS, next);
        }
    }

    @Override
    public Next run(BackgroundTask task, int failures) {
        long began = System.nanoTime();
        if (closing) {
            return in(Duration.ZERO, failures);
        }
        running.incrementAndGet();
        Outcome outcome;
        try {
            outcome = work(task, failures);
        } catch (StoreException e) {
            LOG.debug("{} waits for the store: {}", task.type(), e.getMessage());
            outcome = new Outcome(e.code(), in(STORE_RETRY, failures));
        } catch (HeadwaterException e) {
            unlessClosing(() -> LOG.warn("{} failed: {}", task.type(), e.getMessage()));
            outcome = new Outcome(e.code(), in(Spread.afterFailures(failures + 1), failures + 1));
        } catch (RuntimeException e) {
            unlessClosing(
                    () -> LOG.error("{} broke: {}", task.type(), e.getClass().getName()));
            boolean planning = task.type() == BackgroundTask.Type.PLANNING;
            outcome =
                    new Outcome("error", in(planning ? STORE_RETRY : Spread.afterFailures(failures + 1), failures + 1));
        }
        running.decrementAndGet();
        // What closing has broken off is for others to do, at once.
        parts.metrics().ran(task.type(), closing ? "closing" : outcome.name(), since(began));
        return closing ? in(Duration.ZERO, failures) : outcome.next();
    }

    /** What a run meets when the registry closes below it is no fault. */
    private void unlessClosing(Runnable complaint) {
        if (!closing) {
            complaint.run();
        }
    }

    private Outcome work(BackgroundTask task, int failures) {
        return switch (task.type()) {
            case PLANNING -> Outcome.done(planner.plan() ? in(Duration.ZERO, 0) : in(planEvery, 0));
            case SURVEY -> survey(Objects.requireNonNull(task.environment()));
            case SCHEMA_SYNC, HEALTH_CHECK -> reach(task, failures);
            case REENCRYPTION -> reencrypt();
            case HISTORY_PURGE -> purge();
        };
    }

    private Outcome survey(EnvironmentId environment) {
        planner.survey(environment);
        return Outcome.done(Next.NEVER);
    }

    /** Does what connects to a data source, if the places that it takes are not full. */
    private Outcome reach(BackgroundTask task, int failures) {
        EnvironmentId environment = Objects.requireNonNull(task.environment());
        Optional<DataSourceRecord> found =
                parts.store().findById(environment, Objects.requireNonNull(task.dataSource()));
        boolean sync = task.type() == BackgroundTask.Type.SCHEMA_SYNC;
        if (found.isEmpty() || (!sync && settings.healthEvery() == null)) {
            return Outcome.done(Next.NEVER);
        }
        DataSourceRecord record = found.get();
        String place = Destination.of(record);
        if (!environments.enter(environment.value())) {
            return full(environments, environment.value(), failures);
        }
        long began = System.nanoTime();
        try {
            if (!destinations.enter(place)) {
                return full(destinations, place, failures);
            }
            try {
                return sync ? sync(record, failures) : health(record, failures);
            } finally {
                destinations.leave(place, since(began), parts.clock().instant());
            }
        } finally {
            environments.leave(environment.value(), since(began), parts.clock().instant());
        }
    }

    private Outcome full(Slots slots, String place, int failures) {
        return new Outcome("deferred", new Next(slots.again(place, parts.clock().instant()), failures));
    }

    private Outcome sync(DataSourceRecord record, int failures) {
        Duration every = settings.syncEvery();
        SyncState last = seen(record).sync();
        if (justDone(record, last)) {
            return Outcome.done(every == null ? Next.NEVER : in(Spread.jittered(every), 0));
        }
        try {
            Object unused = syncs.runHere(parts, new Probes(parts, record.environment()), record)
                    .join();
            return Outcome.done(every == null ? Next.NEVER : in(Spread.jittered(every), 0));
        } catch (CompletionException e) {
            if (e.getCause() instanceof StoreException store) {
                throw store;
            }
            if (e.getCause() instanceof Syncs.DeletedMeanwhile) {
                return Outcome.done(Next.NEVER);
            }
            Duration wait = Spread.afterFailures(failures + 1);
            boolean sooner = every != null && every.compareTo(wait) < 0;
            String code = e.getCause() instanceof HeadwaterException known ? known.code() : "error";
            return new Outcome(code, in(sooner && every != null ? Spread.jittered(every) : wait, failures + 1));
        }
    }

    /** Whether a caller's own sync has done what this task was left for, in case it would not. */
    private boolean justDone(DataSourceRecord record, SyncState last) {
        Instant attempt = last.lastAttemptAt();
        if (last.status() != SyncStatus.SUCCESS || attempt == null) {
            return false;
        }
        Duration every = settings.syncEvery();
        Duration recent = every != null && every.compareTo(patience().multipliedBy(4)) < 0
                ? every.dividedBy(2)
                : patience().plus(CLOCK_SKEW);
        return attempt.isAfter(record.updated().at().plus(CLOCK_SKEW))
                && attempt.isAfter(parts.clock().instant().minus(recent));
    }

    private Observations seen(DataSourceRecord record) {
        return parts.store()
                .observations(record.environment(), Set.of(record.id()))
                .getOrDefault(record.id(), Observations.NONE);
    }

    private Outcome health(DataSourceRecord record, int failures) {
        Duration every = Objects.requireNonNull(settings.healthEvery());
        TestReport report = new Probes(parts, record.environment()).check(record);
        if (report.passed()) {
            return Outcome.done(in(Spread.jittered(every), 0));
        }
        int factor = Math.min(LONGEST_HEALTH_FACTOR, 1 << Math.max(0, Math.min(failures - HEALTHY_PATIENCE, 8)));
        return new Outcome("failed", in(Spread.jittered(every.multipliedBy(factor)), failures + 1));
    }

    /** In slices, so that a run ends in a time that is known; what is done is done. */
    private Outcome reencrypt() {
        Duration every = settings.reencryptEvery();
        if (every == null || parts.sealer().primaryKeyId().isEmpty()) {
            return Outcome.done(Next.NEVER);
        }
        long end = System.nanoTime() + SLICE.toNanos();
        try {
            ReencryptionReport unused = Reencryption.run(parts.store(), parts.sealer(), null, progress -> {
                if (System.nanoTime() > end || closing) {
                    throw new SliceOver();
                }
            });
            return Outcome.done(in(Spread.jittered(every), 0));
        } catch (SliceOver e) {
            return Outcome.done(in(Duration.ZERO, 0));
        }
    }

    private Outcome purge() {
        Duration retention = settings.historyRetention();
        if (retention == null) {
            return Outcome.done(Next.NEVER);
        }
        Instant before = parts.clock().instant().minus(retention);
        EnvironmentId after = null;
        List<EnvironmentId> page;
        do {
            page = parts.store().environments(after, PageQuery.MAX_LIMIT);
            for (EnvironmentId environment : page) {
                if (closing) {
                    return new Outcome("closing", in(Duration.ZERO, 0));
                }
                long removed = parts.store().forgetBefore(environment, before);
                if (removed > 0) {
                    LOG.info("{} commits of {} from before {} were forgotten", removed, environment, before);
                }
                after = environment;
            }
        } while (page.size() == PageQuery.MAX_LIMIT);
        return Outcome.done(in(Spread.jittered(PURGE_EVERY), 0));
    }

    private Next in(Duration wait, int failures) {
        return new Next(parts.clock().instant().plus(wait), failures);
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** From now on, whatever comes to run is given back. */
    void closing() {
        closing = true;
    }

    /** Waits for what runs and was broken off, some seconds at the most. */
    @Override
    public void close() {
        closing = true;
        // What the queue has handed out already comes back at once, for other nodes to take.
        queue.close();
        threads.shutdown();
        try {
            boolean unused = threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The time of a run is over, and there is more to do. */
    private static final class SliceOver extends RuntimeException {

        private static final long serialVersionUID = 1L;

        SliceOver() {
            super(null, null, false, false);
        }
    }
}
