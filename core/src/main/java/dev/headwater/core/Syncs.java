package dev.headwater.core;

import dev.headwater.core.internal.metrics.Metrics;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.ErrorCategory;
import dev.headwater.spi.HeadwaterException;
import dev.headwater.spi.Observations;
import dev.headwater.spi.ResolvedConfig;
import dev.headwater.spi.SchemaSnapshot;
import dev.headwater.spi.SyncState;
import dev.headwater.spi.SyncStatus;
import dev.headwater.spi.TableList;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Syncs schemas, each data source once at a time on this node, whether a caller or the background asks. */
final class Syncs {

    private static final Logger LOG = LoggerFactory.getLogger(Syncs.class);

    private final Executor workers;
    private final Map<Key, Running> running = new ConcurrentHashMap<>();
    private volatile boolean closing;

    Syncs(Executor workers) {
        this.workers = workers;
    }

    private record Key(EnvironmentId environment, DataSourceId dataSource) {}

    /** A sync that runs, and who hears of its progress. */
    private static final class Running {

        private final CompletableFuture<SchemaSnapshot> result = new CompletableFuture<>();
        private final List<IntConsumer> listeners = new CopyOnWriteArrayList<>();
        private volatile int tables;

        private void progress(int read) {
            tables = read;
            for (IntConsumer listener : listeners) {
                try {
                    listener.accept(read);
                } catch (RuntimeException e) {
                    LOG.warn(
                            "one who hears of a sync's progress failed: {}",
                            e.getClass().getName());
                }
            }
        }
    }

    /**
     * Begins a sync, or joins the one that runs.
     *
     * @return a copy: who cancels it stops waiting, not the sync
     */
    CompletableFuture<SchemaSnapshot> begin(
            RegistryParts parts, Probes probes, DataSourceRecord record, IntConsumer progress) {
        return begin(parts, probes, record, progress, workers);
    }

    /** Syncs on the calling thread, or waits for the sync that runs. */
    CompletableFuture<SchemaSnapshot> runHere(RegistryParts parts, Probes probes, DataSourceRecord record) {
        return begin(parts, probes, record, tables -> {}, Runnable::run);
    }

    private CompletableFuture<SchemaSnapshot> begin(
            RegistryParts parts, Probes probes, DataSourceRecord record, IntConsumer progress, Executor where) {
        Key key = new Key(record.environment(), record.id());
        Running mine = new Running();
        mine.listeners.add(progress);
        Running other = running.putIfAbsent(key, mine);
        if (other != null) {
            other.listeners.add(progress);
            return other.result.copy();
        }
        try {
            SyncState before = before(parts, record);
            Instant start = parts.clock().instant();
            note(parts, record, new SyncState(SyncStatus.PENDING, start, before.lastSuccessAt(), null), null);
            where.execute(() -> {
                // Whoever hears that it has ended must be able to begin the next one.
                try {
                    if (closing) {
                        throw new IllegalStateException("the registry is closed");
                    }
                    SchemaSnapshot snapshot = run(parts, probes, record, before, start, mine::progress);
                    running.remove(key, mine);
                    mine.result.complete(snapshot);
                } catch (RuntimeException | Error e) {
                    running.remove(key, mine);
                    mine.result.completeExceptionally(e);
                }
            });
        } catch (RuntimeException e) {
            running.remove(key, mine);
            mine.result.completeExceptionally(
                    e instanceof RejectedExecutionException ? new IllegalStateException("the registry is closed") : e);
        }
        return mine.result.copy();
    }

    /** {@return how many tables the sync that runs here has read so far; empty if none runs here} */
    OptionalInt progress(EnvironmentId environment, DataSourceId dataSource) {
        Running sync = running.get(new Key(environment, dataSource));
        return sync == null ? OptionalInt.empty() : OptionalInt.of(sync.tables);
    }

    /** From now on a sync that is broken off stays PENDING, so that it is taken up again. */
    void closing() {
        closing = true;
    }

    /** Ends the waiting for syncs that will not begin any more. */
    void close() {
        running.values()
                .forEach(
                        sync -> sync.result.completeExceptionally(new IllegalStateException("the registry is closed")));
    }

    private static SyncState before(RegistryParts parts, DataSourceRecord record) {
        return parts.store()
                .observations(record.environment(), Set.of(record.id()))
                .getOrDefault(record.id(), Observations.NONE)
                .sync();
    }

    private SchemaSnapshot run(
            RegistryParts parts,
            Probes probes,
            DataSourceRecord record,
            SyncState before,
            Instant start,
            IntConsumer progress) {
        long began = System.nanoTime();
        try {
            ResolvedConfig config = probes.resolve(record);
            TableList tables = parts.schemas().read(record.kind(), config, progress);
            Instant end = parts.clock().instant();
            SchemaSnapshot snapshot = new SchemaSnapshot(end, tables.tables(), tables.truncated());
            SchemaDifference difference =
                    parts.observers().hearObservations() ? difference(parts, record, snapshot) : null;
            SyncState after = new SyncState(SyncStatus.SUCCESS, start, end, null);
            note(parts, record, after, snapshot);
            parts.metrics().synced(record.kind(), Metrics.SUCCESS, since(began));
            parts.observers().synced(new ObservationEvent.SyncEnded(record, before, after, difference));
            return snapshot;
        } catch (HeadwaterException e) {
            parts.metrics().synced(record.kind(), e.code(), since(began));
            throw failed(parts, record, before, start, e, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            parts.metrics().synced(record.kind(), "error", since(began));
            throw failed(parts, record, before, start, e, e.getClass().getName());
        }
    }

    private static SchemaDifference difference(RegistryParts parts, DataSourceRecord record, SchemaSnapshot now) {
        return SchemaDifference.between(
                parts.store().schema(record.environment(), record.id()).orElse(null), now);
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private RuntimeException failed(
            RegistryParts parts,
            DataSourceRecord record,
            SyncState before,
            Instant start,
            RuntimeException failure,
            String message) {
        if (closing) {
            // Broken off, or met by parts that have closed before it; who comes next takes it up again.
            return failure;
        }
        String error = message.substring(0, Math.min(message.length(), SyncState.MAX_ERROR_LENGTH));
        SyncState after = new SyncState(SyncStatus.FAILED, start, before.lastSuccessAt(), error);
        try {
            note(parts, record, after, null);
            parts.observers().synced(new ObservationEvent.SyncEnded(record, before, after, null));
        } catch (HeadwaterException e) {
            LOG.warn("cannot note that the sync of {} failed: {}", record.id(), e.getMessage());
        }
        return failure;
    }

    private static void note(
            RegistryParts parts, DataSourceRecord record, SyncState state, @Nullable SchemaSnapshot snapshot) {
        boolean there = parts.store().recordSync(record.environment(), record.id(), state, snapshot);
        if (!there) {
            throw new DeletedMeanwhile(record);
        }
    }

    /** The data source went while it was synced. */
    static final class DeletedMeanwhile extends HeadwaterException {

        private static final long serialVersionUID = 1L;

        DeletedMeanwhile(DataSourceRecord record) {
            super(
                    "gone",
                    ErrorCategory.CONFLICT,
                    "data source " + record.name() + " (" + record.id() + ") was deleted while it was synced",
                    null);
        }
    }
}
