package dev.headwater.core.internal.memory;

import dev.headwater.spi.Change;
import dev.headwater.spi.Commit;
import dev.headwater.spi.DataSourceRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The commits of one data source, the newest first. One writer at a time adds; readers take no lock. */
final class SourceHistory {

    private record Node(Commit commit, @Nullable Node older) {}

    private volatile @Nullable Node newest;

    /** What was observed; written by whoever holds the environment's monitor. */
    volatile Seen seen = Seen.NOTHING;

    void add(Commit commit) {
        newest = new Node(commit, newest);
    }

    /** The state right after the commit of that number, or null if the source was not there. */
    @Nullable
    DataSourceRecord at(long number) {
        Node node = from(number);
        if (node == null) {
            return null;
        }
        Change change = node.commit.change();
        if (change instanceof Change.Inserted inserted) {
            return inserted.after();
        }
        return change instanceof Change.Updated updated ? updated.after() : null;
    }

    /** Commits with lesser numbers, in descending order. */
    List<Commit> before(long number, int limit) {
        List<Commit> commits = new ArrayList<>();
        for (Node node = from(number - 1); node != null && commits.size() < limit; node = node.older) {
            commits.add(node.commit);
        }
        return List.copyOf(commits);
    }

    /**
     * Lets go what is older than the state at that commit, and that state too if it is a deletion.
     *
     * @return whether anything is left
     */
    boolean forget(long horizon) {
        List<Commit> kept = new ArrayList<>();
        for (Node node = newest; node != null; node = node.older) {
            boolean before = node.commit.number() <= horizon;
            if (!before || !(node.commit.change() instanceof Change.Deleted)) {
                kept.add(node.commit);
            }
            if (before) {
                break;
            }
        }
        Node rebuilt = null;
        for (int i = kept.size() - 1; i >= 0; i--) {
            rebuilt = new Node(kept.get(i), rebuilt);
        }
        newest = rebuilt;
        return rebuilt != null;
    }

    private @Nullable Node from(long number) {
        Node node = newest;
        while (node != null && node.commit.number() > number) {
            node = node.older;
        }
        return node;
    }
}
