package dev.headwater.core.internal;

import dev.headwater.spi.Change;
import dev.headwater.spi.Commit;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.DataSourceStore;
import dev.headwater.spi.Deployment;
import dev.headwater.spi.EnvironmentHead;
import dev.headwater.spi.EnvironmentId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What this node knows of one environment: the records that are warm, kept up to date by following the commit log. A read
 * that finds its record warm takes no lock and touches no store.
 *
 * <p>What may go wrong here is a record that was read before a commit and kept after it. Two rules prevent that: a read
 * keeps its record only if no commit was applied while it read ({@code generation}), and following never brings in a
 * record that is not warm, so a deleted one cannot come back.
 */
public final class EnvironmentView {

    private static final int BATCH = 500;

    private final EnvironmentId id;
    private final DataSourceStore store;
    private final WarmRecords warm;

    /** Guarded by this: counts the batches of commits that were applied. */
    private long generation;

    /** Guarded by this: the latest commit up to which the log was followed. */
    private long followed;

    /** What is deployed; null until somebody asks. Changed by whoever holds the lock of deployments. */
    private volatile @Nullable Deployed deployed;

    private final Object deployments = new Object();

    /** Reads the head of the log, from which on it is followed. */
    public EnvironmentView(EnvironmentId id, DataSourceStore store, WarmRecords warm) {
        this.id = id;
        this.store = store;
        this.warm = warm;
        this.followed = store.head(id);
    }

    /** {@return whether there is something at that head that this node has not seen} */
    public boolean isBehind(EnvironmentHead head) {
        Deployed known = deployed;
        return head.commit() > followed() || (known != null && head.deployment() > number(known));
    }

    private synchronized long followed() {
        return followed;
    }

    private static long number(Deployed known) {
        return known.deployment() == null ? 0 : known.deployment().number();
    }

    /** {@return what is deployed, as far as this node knows} Reads all of it from the store the first time, and none of it later. */
    public Deployed deployed() {
        Deployed known = deployed;
        return known == null ? followDeployments() : known;
    }

    /** Takes in a deployment that this node has just made, so that it is in use here at once. */
    public void deployed(Deployment deployment) {
        synchronized (deployments) {
            Deployed known = deployed;
            if (known != null && deployment.number() > number(known)) {
                deployed = known.next(store, deployment);
            }
        }
    }

    /** Takes in the latest deployment, if anybody here wants to know. */
    public void followDeploymentsIfInUse() {
        if (deployed != null) {
            Deployed unused = followDeployments();
        }
    }

    private Deployed followDeployments() {
        synchronized (deployments) {
            Deployed known = deployed == null ? Deployed.NOTHING : deployed;
            List<Deployment> latest = store.deployments(id, Long.MAX_VALUE, 1);
            if (!latest.isEmpty() && latest.get(0).number() > number(known)) {
                known = known.next(store, latest.get(0));
            }
            deployed = known;
            return known;
        }
    }

    public EnvironmentId id() {
        return id;
    }

    public Optional<DataSourceRecord> find(DataSourceId dataSource) {
        DataSourceRecord record = warm.byId(id, dataSource);
        if (record != null) {
            return Optional.of(record);
        }
        long before = generation();
        return keep(before, store.findById(id, dataSource));
    }

    public Optional<DataSourceRecord> findByName(String name) {
        DataSourceRecord record = warm.byName(id, name);
        if (record != null) {
            return Optional.of(record);
        }
        long before = generation();
        return keep(before, store.findByName(id, name));
    }

    private synchronized long generation() {
        return generation;
    }

    private synchronized Optional<DataSourceRecord> keep(long before, Optional<DataSourceRecord> read) {
        if (generation == before) {
            read.ifPresent(warm::put);
        }
        return read;
    }

    /** Takes in commits that this node has just written, so that it reads its own writes at once. */
    public synchronized void wrote(List<Commit> commits) {
        generation++;
        for (Commit commit : commits) {
            if (commit.number() > followed) {
                Change change = commit.change();
                if (change instanceof Change.Inserted inserted) {
                    warm.put(inserted.after());
                } else if (change instanceof Change.Updated updated) {
                    warm.put(updated.after());
                } else {
                    warm.remove(id, change.dataSource(), commit.number());
                }
            }
        }
    }

    /**
     * Reads what was committed since, by any node. Called by one thread. Where the log has a gap, because its history was
     * forgotten while this node was away, nothing that is warm can be trusted.
     *
     * @return the new commits in order, at most {@value #BATCH}; there may be more as long as it is not empty
     */
    public List<Commit> follow() {
        long from;
        synchronized (this) {
            from = followed;
        }
        List<Commit> commits = store.commitsAfter(id, from, BATCH);
        if (commits.isEmpty()) {
            return commits;
        }
        synchronized (this) {
            generation++;
            if (commits.get(commits.size() - 1).number() != from + commits.size()) {
                warm.removeAll(id);
            }
            for (Commit commit : commits) {
                Change change = commit.change();
                if (change instanceof Change.Updated updated) {
                    warm.refresh(updated.after());
                } else if (change instanceof Change.Deleted) {
                    warm.remove(id, change.dataSource(), commit.number());
                }
                followed = commit.number();
            }
        }
        return commits;
    }
}
