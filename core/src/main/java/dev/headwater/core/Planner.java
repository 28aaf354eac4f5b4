package dev.headwater.core;

import dev.headwater.core.internal.Connectors;
import dev.headwater.core.internal.background.Spread;
import dev.headwater.spi.BackgroundTask;
import dev.headwater.spi.Change;
import dev.headwater.spi.Commit;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.DataSourceStore;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.HealthState;
import dev.headwater.spi.Observations;
import dev.headwater.spi.PageQuery;
import dev.headwater.spi.SyncState;
import dev.headwater.spi.SyncStatus;
import dev.headwater.spi.TaskQueue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes tasks of commits. Where the queue is shared, one node at a time follows the logs of all environments and marks
 * in the store how far it has come, after the tasks are in the queue: so no commit is left out, whoever is killed. Where
 * tasks are gone with the process, each node plans what it writes itself, and looks through what it opens.
 */
final class Planner {

    private static final int ENVIRONMENTS = 100;
    private static final int COMMITS = 500;

    /** After so many batches it lets others have its thread. */
    private static final int BATCHES = 50;

    /** What {@link SpecChanges} calls the parts of a data source that are not its config. */
    private static final Set<String> NOT_CONFIG = Set.of("name", "displayName", "description", "labels", "tenancy");

    private final DataSourceStore store;
    private final KindCatalog kinds;
    private final Connectors connectors;
    private final TaskQueue queue;
    private final BackgroundSettings settings;
    private final Clock clock;
    private final Duration patience;
    private final Instant start;

    /** @param patience after what time a sync that has not ended never will */
    Planner(
            DataSourceStore store,
            KindCatalog kinds,
            Connectors connectors,
            TaskQueue queue,
            BackgroundSettings settings,
            Clock clock,
            Duration patience) {
        this.store = store;
        this.kinds = kinds;
        this.connectors = connectors;
        this.queue = queue;
        this.settings = settings;
        this.clock = clock;
        this.patience = patience;
        this.start = clock.instant();
    }

    /**
     * Makes tasks of all commits that none was made of yet.
     *
     * @return whether there may be more
     */
    boolean plan() {
        int batches = 0;
        while (batches < BATCHES) {
            Map<EnvironmentId, Long> behind = store.unplanned(ENVIRONMENTS);
            if (behind.isEmpty()) {
                return false;
            }
            RuntimeException failure = null;
            for (Map.Entry<EnvironmentId, Long> environment : behind.entrySet()) {
                try {
                    plan(environment.getKey(), environment.getValue());
                } catch (RuntimeException e) {
                    // What is wrong with one environment keeps no other one from being planned.
                    failure = e;
                }
                batches++;
            }
            if (failure != null) {
                throw failure;
            }
        }
        return true;
    }

    private void plan(EnvironmentId environment, long after) {
        List<Commit> commits = store.commitsAfter(environment, after, COMMITS);
        if (!commits.isEmpty()) {
            plan(commits);
            store.planned(environment, commits.get(commits.size() - 1).number());
        }
    }

    /** Makes tasks of commits of one environment. */
    void plan(List<Commit> commits) {
        Map<DataSourceId, Boolean> wanted = new LinkedHashMap<>();
        EnvironmentId environment = commits.get(0).environment();
        for (Commit commit : commits) {
            Change change = commit.change();
            if (change instanceof Change.Deleted) {
                wanted.put(change.dataSource(), false);
            } else if (connectors.serves(change.kind()) && concernsConnections(change)) {
                wanted.put(change.dataSource(), true);
            }
        }
        List<BackgroundTask> now = new ArrayList<>();
        List<BackgroundTask> later = new ArrayList<>();
        List<BackgroundTask> gone = new ArrayList<>();
        wanted.forEach((id, there) -> {
            BackgroundTask sync = BackgroundTask.of(BackgroundTask.Type.SCHEMA_SYNC, environment, id);
            BackgroundTask health = BackgroundTask.of(BackgroundTask.Type.HEALTH_CHECK, environment, id);
            if (!there) {
                gone.addAll(List.of(sync, health));
                return;
            }
            if (settings.syncOnChange()) {
                now.add(sync);
            } else if (settings.syncEvery() != null) {
                later.add(sync);
            }
            if (settings.healthEvery() != null) {
                now.add(health);
            }
        });
        Instant time = clock.instant();
        if (!gone.isEmpty()) {
            queue.forget(gone);
        }
        if (!now.isEmpty()) {
            queue.schedule(now, time);
        }
        Duration syncEvery = settings.syncEvery();
        if (!later.isEmpty() && syncEvery != null) {
            later.forEach(task -> queue.schedule(List.of(task), time.plus(Spread.anywhereIn(syncEvery))));
        }
    }

    private boolean concernsConnections(Change change) {
        return !(change instanceof Change.Updated updated)
                || updated.changed().stream().anyMatch(key -> !NOT_CONFIG.contains(key) || isField(change.kind(), key));
    }

    private boolean isField(String kind, String key) {
        return kinds.find(kind).flatMap(found -> found.field(key)).isPresent();
    }

    /**
     * Looks through an environment for what is due: syncs that were left behind, first syncs, and what comes at intervals,
     * from when it was last done. What was written since this registry opened is planned by the node that wrote it.
     */
    void survey(EnvironmentId environment) {
        Instant now = clock.instant();
        PageQuery query = PageQuery.first(PageQuery.MAX_LIMIT);
        List<DataSourceRecord> page;
        do {
            page = store.page(environment, query);
            List<DataSourceRecord> served = page.stream()
                    .filter(record -> connectors.serves(record.kind()))
                    .toList();
            Map<DataSourceId, Observations> seen = store.observations(
                    environment, served.stream().map(DataSourceRecord::id).toList());
            for (DataSourceRecord record : served) {
                survey(record, seen.getOrDefault(record.id(), Observations.NONE), now);
            }
            if (!page.isEmpty()) {
                query = query.after(page.get(page.size() - 1).name());
            }
        } while (page.size() == PageQuery.MAX_LIMIT);
    }

    private void survey(DataSourceRecord record, Observations seen, Instant now) {
        if (!record.updated().at().isBefore(start)) {
            return;
        }
        Instant sync = syncDue(seen.sync(), now);
        if (sync != null) {
            queue.schedule(
                    List.of(BackgroundTask.of(BackgroundTask.Type.SCHEMA_SYNC, record.environment(), record.id())),
                    sync);
        }
        Duration every = settings.healthEvery();
        if (every != null) {
            HealthState health = seen.health();
            Instant due = health.lastAttemptAt() == null
                    ? now
                    : later(now, health.lastAttemptAt().plus(Spread.jittered(every)));
            queue.schedule(
                    List.of(BackgroundTask.of(BackgroundTask.Type.HEALTH_CHECK, record.environment(), record.id())),
                    due);
        }
    }

    private @Nullable Instant syncDue(SyncState sync, Instant now) {
        Duration every = settings.syncEvery();
        Instant last = sync.lastAttemptAt();
        if (sync.status() == SyncStatus.PENDING && last != null) {
            return last.isBefore(start) ? now : last.plus(patience);
        }
        if (settings.syncOnChange() && last == null) {
            return now;
        }
        if (every == null) {
            return null;
        }
        return last == null ? now.plus(Spread.anywhereIn(every)) : later(now, last.plus(Spread.jittered(every)));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
