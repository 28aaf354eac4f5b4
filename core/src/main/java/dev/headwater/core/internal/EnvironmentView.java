package dev.headwater.core.internal;

import dev.headwater.spi.Change;
import dev.headwater.spi.Commit;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.DataSourceStore;
import dev.headwater.spi.EnvironmentId;
import java.util.List;
import java.util.Optional;

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

    /** Guarded by this: the latest commit up to which the log was followed without a gap. */
    private long followed;

    /** Reads the head of the log, from which on it is followed. */
    public EnvironmentView(EnvironmentId id, DataSourceStore store, WarmRecords warm) {
        this.id = id;
        this.store = store;
        this.warm = warm;
        this.followed = store.head(id);
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
     * Reads what was committed since, by any node. Called by one thread.
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
