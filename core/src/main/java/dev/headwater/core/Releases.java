package dev.headwater.core;

import dev.headwater.core.internal.Deployed;
import dev.headwater.core.internal.EnvironmentView;
import dev.headwater.spi.Caller;
import dev.headwater.spi.Change;
import dev.headwater.spi.Commit;
import dev.headwater.spi.CommitOutcome;
import dev.headwater.spi.CommitRequest;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.DataSourceStore;
import dev.headwater.spi.Deployment;
import dev.headwater.spi.EnvironmentHead;
import dev.headwater.spi.PageQuery;
import dev.headwater.spi.ProposedChange;
import dev.headwater.spi.Stamp;
import dev.headwater.spi.ValidationException;
import dev.headwater.spi.ValidationResult;
import dev.headwater.spi.Violation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Deploys, rolls back and tells the history of one environment. */
final class Releases {

    /** How often a rollback starts again after somebody else wrote in between. */
    private static final int MAX_TRIES = 10;

    private final DataSourceStore store;
    private final EnvironmentView view;
    private final RegistryParts parts;
    private final Caller caller;
    private final Writes writes;

    Releases(RegistryParts parts, EnvironmentView view, Caller caller, Writes writes) {
        this.store = parts.store();
        this.view = view;
        this.parts = parts;
        this.caller = caller;
        this.writes = writes;
    }

    List<Commit> history(DataSourceId id, long before, int limit) {
        return store.commitsOf(view.id(), id, before, checked(limit));
    }

    /** The last state of a data source that may be deleted; empty if there never was one. */
    Optional<DataSourceRecord> lastState(DataSourceId id) {
        return store.commitsOf(view.id(), id, Long.MAX_VALUE, 2).stream()
                .flatMap(commit -> after(commit.change()).stream())
                .findFirst();
    }

    /** The state that a change leaves; empty after a deletion. */
    static Optional<DataSourceRecord> after(Change change) {
        if (change instanceof Change.Inserted inserted) {
            return Optional.of(inserted.after());
        }
        return change instanceof Change.Updated updated ? Optional.of(updated.after()) : Optional.empty();
    }

    /** Reads back from a commit until there are enough that may be seen. */
    List<Commit> history(long before, int limit, Gate gate) {
        checked(limit);
        List<Commit> visible = new ArrayList<>();
        long end = Math.min(before, store.head(view.id()) + 1);
        while (end > 1 && visible.size() < limit) {
            List<Commit> page = pageBefore(end, limit);
            for (Commit commit : page) {
                if (visible.size() < limit && shows(gate, commit)) {
                    visible.add(commit);
                }
            }
            end = Math.max(1, end - limit);
        }
        return visible;
    }

    /** Where nothing was forgotten the log has no gaps, so a page of it, the latest first, can be read from its far end. */
    private List<Commit> pageBefore(long end, int limit) {
        long begin = Math.max(0, end - 1 - limit);
        List<Commit> commits = new ArrayList<>(store.commitsAfter(view.id(), begin, (int) (end - 1 - begin)));
        commits.removeIf(commit -> commit.number() >= end);
        Collections.reverse(commits);
        return commits;
    }

    private boolean shows(Gate gate, Commit commit) {
        return after(commit.change())
                .or(() -> lastStateBefore(commit))
                .map(gate::shows)
                .orElse(false);
    }

    private Optional<DataSourceRecord> lastStateBefore(Commit deletion) {
        return store.commitsOf(view.id(), deletion.change().dataSource(), deletion.number(), 1).stream()
                .flatMap(commit -> after(commit.change()).stream())
                .findFirst();
    }

    private static int checked(int limit) {
        if (limit < 1 || limit > PageQuery.MAX_LIMIT) {
            throw invalid("limit", "limit is " + limit + ", expected 1 to " + PageQuery.MAX_LIMIT);
        }
        return limit;
    }

    Deployment deploy() {
        Deployment deployment = store.deploy(view.id(), now());
        view.deployed(deployment);
        return deployment;
    }

    List<Deployment> deployments(long before, int limit) {
        return store.deployments(view.id(), before, checked(limit));
    }

    DeployedView deployed(Gate gate) {
        return new DeployedView(view.deployed(), gate);
    }

    /** Reads on from the deployed commit until there are enough that may be seen. */
    List<Commit> undeployed(int limit, Gate gate) {
        checked(limit);
        Deployment deployment = view.deployed().deployment();
        long after = deployment == null ? 0 : deployment.commit();
        List<Commit> visible = new ArrayList<>();
        List<Commit> page;
        do {
            page = store.commitsAfter(view.id(), after, limit);
            for (Commit commit : page) {
                if (visible.size() < limit && shows(gate, commit)) {
                    visible.add(commit);
                }
                after = commit.number();
            }
        } while (page.size() == limit && visible.size() < limit);
        return visible;
    }

    Deployment redeploy(long number, @Nullable String message) {
        List<Deployment> found = number < 1 || number == Long.MAX_VALUE
                ? List.of()
                : store.deployments(view.id(), number + 1, 1).stream()
                        .filter(deployment -> deployment.number() == number)
                        .toList();
        if (found.isEmpty()) {
            throw invalid(
                    "deployment", "deployment is " + number + ", which environment " + view.id() + " does not have");
        }
        List<Commit> unused =
                rollback(found.get(0).commit(), message == null ? "roll back to deployment " + number : message);
        return deploy();
    }

    private static ValidationException invalid(String field, String message) {
        return new ValidationException(
                field, new ValidationResult(List.of(Violation.of(field, "out-of-range", message)), List.of()));
    }

    /** Commits what stood at {@code number} anew, all of it in one transaction. */
    List<Commit> rollback(long number, @Nullable String message) {
        for (int tries = 1; ; tries++) {
            EnvironmentHead log = store.heads(List.of(view.id())).getOrDefault(view.id(), EnvironmentHead.NONE);
            if (number < log.forgotten() || number > log.commit()) {
                throw invalid(
                        "commit",
                        "commit is " + number + ", expected " + log.forgotten() + " to " + log.commit()
                                + ", what is known of environment " + view.id());
            }
            List<ProposedChange> changes = changes(
                    Deployed.standing(store, view.id(), number), Deployed.standing(store, view.id(), log.commit()));
            if (changes.isEmpty()) {
                return List.of();
            }
            String why = message == null ? "roll back to commit " + number : message;
            CommitOutcome outcome = store.commit(new CommitRequest(view.id(), now(), why, changes, List.of()));
            if (outcome instanceof CommitOutcome.Committed || tries == MAX_TRIES) {
                return writes.committed(outcome);
            }
        }
    }

    private List<ProposedChange> changes(
            Map<DataSourceId, DataSourceRecord> then, Map<DataSourceId, DataSourceRecord> now) {
        List<ProposedChange> changes = new ArrayList<>();
        Set<DataSourceId> ids = new LinkedHashSet<>(now.keySet());
        ids.addAll(then.keySet());
        for (DataSourceId id : ids) {
            DataSourceRecord was = then.get(id);
            DataSourceRecord is = now.get(id);
            if (was == null && is != null) {
                changes.add(new ProposedChange.Delete(id, is.version(), is.name(), is.kind()));
            } else if (was != null && is == null) {
                changes.add(new ProposedChange.Insert(id, was.created(), was.spec()));
            } else if (was != null && is != null && !was.spec().equals(is.spec())) {
                changes.add(new ProposedChange.Update(
                        id, is.version(), is.created(), was.spec(), SpecChanges.between(is.spec(), was.spec())));
            }
        }
        return changes;
    }

    private Stamp now() {
        return new Stamp(parts.clock().instant(), caller.id());
    }
}
