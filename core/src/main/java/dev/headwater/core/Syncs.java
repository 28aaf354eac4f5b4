package dev.headwater.core;

import dev.headwater.core.internal.EnvironmentView;
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
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Syncs schemas in the background, each data source once at a time. */
final class Syncs {

    private static final Logger LOG = LoggerFactory.getLogger(Syncs.class);

    private final Executor workers;
    private final Map<Key, CompletableFuture<SchemaSnapshot>> running = new ConcurrentHashMap<>();

    Syncs(Executor workers) {
        this.workers = workers;
    }

    private record Key(EnvironmentId environment, DataSourceId dataSource) {}

    /**
     * Begins a sync, or joins the one that runs.
     *
     * @return a copy: who cancels it stops waiting, not the sync
     */
    CompletableFuture<SchemaSnapshot> begin(
            RegistryParts parts, EnvironmentView view, Probes probes, DataSourceRecord record, IntConsumer progress) {
        Key key = new Key(view.id(), record.id());
        CompletableFuture<SchemaSnapshot> mine = new CompletableFuture<>();
        CompletableFuture<SchemaSnapshot> other = running.putIfAbsent(key, mine);
        if (other != null) {
            return other.copy();
        }
        try {
            SyncState before = before(parts, record);
            Instant start = parts.clock().instant();
            note(parts, record, new SyncState(SyncStatus.PENDING, start, before.lastSuccessAt(), null), null);
            workers.execute(() -> {
                // Whoever hears that it has ended must be able to begin the next one.
                try {
                    SchemaSnapshot snapshot = run(parts, probes, record, before, start, progress);
                    running.remove(key, mine);
                    mine.complete(snapshot);
                } catch (RuntimeException | Error e) {
                    running.remove(key, mine);
                    mine.completeExceptionally(e);
                }
            });
        } catch (RuntimeException e) {
            running.remove(key, mine);
            mine.completeExceptionally(
                    e instanceof RejectedExecutionException ? new IllegalStateException("the registry is closed") : e);
        }
        return mine.copy();
    }

    /** Ends the waiting for syncs that will not begin any more. */
    void close() {
        running.values()
                .forEach(sync -> sync.completeExceptionally(new IllegalStateException("the registry is closed")));
    }

    private static SyncState before(RegistryParts parts, DataSourceRecord record) {
        return parts.store()
                .observations(record.environment(), Set.of(record.id()))
                .getOrDefault(record.id(), Observations.NONE)
                .sync();
    }

    private static SchemaSnapshot run(
            RegistryParts parts,
            Probes probes,
            DataSourceRecord record,
            SyncState before,
            Instant start,
            IntConsumer progress) {
        try {
            ResolvedConfig config = probes.resolve(record);
            TableList tables = parts.schemas().read(record.kind(), config, progress);
            Instant end = parts.clock().instant();
            SchemaSnapshot snapshot = new SchemaSnapshot(end, tables.tables(), tables.truncated());
            note(parts, record, new SyncState(SyncStatus.SUCCESS, start, end, null), snapshot);
            return snapshot;
        } catch (HeadwaterException e) {
            throw failed(parts, record, before, start, e, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            throw failed(parts, record, before, start, e, e.getClass().getName());
        }
    }

    private static RuntimeException failed(
            RegistryParts parts,
            DataSourceRecord record,
            SyncState before,
            Instant start,
            RuntimeException failure,
            String message) {
        String error = message.substring(0, Math.min(message.length(), SyncState.MAX_ERROR_LENGTH));
        try {
            note(parts, record, new SyncState(SyncStatus.FAILED, start, before.lastSuccessAt(), error), null);
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
    private static final class DeletedMeanwhile extends HeadwaterException {

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
