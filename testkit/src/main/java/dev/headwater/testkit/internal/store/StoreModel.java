package dev.headwater.testkit.internal.store;

import dev.headwater.spi.Change;
import dev.headwater.spi.Commit;
import dev.headwater.spi.CommitOutcome;
import dev.headwater.spi.CommitRequest;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.DataSourceSpec;
import dev.headwater.spi.Deployment;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.HealthState;
import dev.headwater.spi.Observations;
import dev.headwater.spi.PageQuery;
import dev.headwater.spi.ProposedChange;
import dev.headwater.spi.Stamp;
import dev.headwater.spi.SyncState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One environment as the words of {@link dev.headwater.spi.DataSourceStore} have it, in the plainest code. */
final class StoreModel {

    final List<Commit> log = new ArrayList<>();
    final List<Deployment> deployments = new ArrayList<>();
    final Map<DataSourceId, Observations> observations = new HashMap<>();
    private final EnvironmentId environment;
    private final TreeMap<DataSourceId, DataSourceRecord> now = new TreeMap<>();

    StoreModel(EnvironmentId environment) {
        this.environment = environment;
    }

    @Nullable
    DataSourceRecord find(DataSourceId id) {
        return now.get(id);
    }

    @Nullable
    DataSourceRecord findByName(String name) {
        return now.values().stream()
                .filter(record -> record.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    List<DataSourceRecord> page(PageQuery query) {
        return now.values().stream()
                .filter(record -> query.afterName() == null || record.name().compareTo(query.afterName()) > 0)
                .filter(record -> query.kinds().isEmpty() || query.kinds().contains(record.kind()))
                .filter(record -> query.labels().entrySet().stream()
                        .allMatch(label ->
                                label.getValue().equals(record.spec().labels().get(label.getKey()))))
                .filter(record -> query.health().isEmpty()
                        || query.health()
                                .contains(observed(record.id()).health().status()))
                .sorted(Comparator.comparing(DataSourceRecord::name))
                .limit(query.limit())
                .toList();
    }

    List<DataSourceRecord> standingAt(long number) {
        TreeMap<DataSourceId, DataSourceRecord> then = new TreeMap<>();
        for (Commit commit : log) {
            if (commit.number() <= number) {
                apply(then, commit.change());
            }
        }
        return List.copyOf(then.values());
    }

    List<Commit> commitsOf(DataSourceId id) {
        List<Commit> commits = new ArrayList<>(log.stream()
                .filter(commit -> commit.change().dataSource().equals(id))
                .toList());
        Collections.reverse(commits);
        return commits;
    }

    CommitOutcome commit(CommitRequest request) {
        CommitOutcome refusal = refusal(request);
        if (refusal != null) {
            return refusal;
        }
        List<Commit> commits = new ArrayList<>();
        for (ProposedChange change : request.changes()) {
            long number = log.size() + 1L;
            Change made;
            if (change instanceof ProposedChange.Insert insert) {
                made = new Change.Inserted(
                        record(request, insert.dataSource(), number, insert.created(), insert.spec()));
            } else if (change instanceof ProposedChange.Update update) {
                made = new Change.Updated(
                        record(request, update.dataSource(), number, update.created(), update.spec()),
                        update.changed());
            } else {
                ProposedChange.Delete delete = (ProposedChange.Delete) change;
                made = new Change.Deleted(delete.dataSource(), delete.name(), delete.kind());
                observations.remove(delete.dataSource());
            }
            Commit commit = new Commit(environment, number, request.stamp(), request.message(), made);
            apply(now, made);
            log.add(commit);
            commits.add(commit);
        }
        return new CommitOutcome.Committed(commits);
    }

    private @Nullable CommitOutcome refusal(CommitRequest request) {
        Set<DataSourceId> touched = new HashSet<>();
        request.changes().forEach(change -> touched.add(change.dataSource()));
        Map<String, DataSourceId> taken = new HashMap<>();
        now.values().stream()
                .filter(record -> !touched.contains(record.id()))
                .forEach(record -> taken.put(record.name(), record.id()));
        for (ProposedChange change : request.changes()) {
            DataSourceRecord current = now.get(change.dataSource());
            long actual = current == null ? 0 : current.version();
            long expected = 0;
            String name = null;
            if (change instanceof ProposedChange.Insert insert) {
                name = insert.spec().name();
            } else if (change instanceof ProposedChange.Update update) {
                expected = update.expectedVersion();
                name = update.spec().name();
            } else {
                expected = ((ProposedChange.Delete) change).expectedVersion();
            }
            if (expected > 0 && actual == 0) {
                return new CommitOutcome.Gone(change.dataSource());
            }
            if (expected != actual) {
                return new CommitOutcome.VersionConflict(change.dataSource(), expected, actual);
            }
            DataSourceId holder = name == null ? null : taken.putIfAbsent(name, change.dataSource());
            if (name != null && holder != null) {
                return new CommitOutcome.NameTaken(name, holder);
            }
        }
        return null;
    }

    private DataSourceRecord record(
            CommitRequest request, DataSourceId id, long number, Stamp created, DataSourceSpec spec) {
        return new DataSourceRecord(environment, id, number, spec, created, request.stamp());
    }

    private static void apply(Map<DataSourceId, DataSourceRecord> state, Change change) {
        if (change instanceof Change.Inserted inserted) {
            state.put(inserted.dataSource(), inserted.after());
        } else if (change instanceof Change.Updated updated) {
            state.put(updated.dataSource(), updated.after());
        } else {
            state.remove(change.dataSource());
        }
    }

    Deployment deploy(Stamp stamp) {
        Deployment deployment = new Deployment(environment, deployments.size() + 1L, log.size(), stamp);
        deployments.add(deployment);
        return deployment;
    }

    boolean recordSync(DataSourceId id, SyncState state) {
        return observe(id, new Observations(state, observed(id).health()));
    }

    boolean recordHealth(DataSourceId id, HealthState state) {
        return observe(id, new Observations(observed(id).sync(), state));
    }

    private boolean observe(DataSourceId id, Observations seen) {
        if (!now.containsKey(id)) {
            return false;
        }
        observations.put(id, seen);
        return true;
    }

    private Observations observed(DataSourceId id) {
        return observations.getOrDefault(id, Observations.NONE);
    }
}
