package dev.headwater.core.internal.memory;

import dev.headwater.spi.DataSourceId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who had one name from which commit on, the newest first. One writer at a time adds; readers take no lock. */
final class NameHistory {

    private record Node(
            long since,
            @Nullable DataSourceId holder,
            @Nullable Node older) {}

    private volatile @Nullable Node newest;

    /** @param holder who has the name from now on, or null if nobody does */
    void add(long since, @Nullable DataSourceId holder) {
        newest = new Node(since, holder, newest);
    }

    /**
     * Lets go who had the name before that commit.
     *
     * @return whether anything is left
     */
    boolean forget(long horizon) {
        List<Node> kept = new ArrayList<>();
        for (Node node = newest; node != null; node = node.older) {
            boolean before = node.since <= horizon;
            if (!before || node.holder != null) {
                kept.add(node);
            }
            if (before) {
                break;
            }
        }
        Node rebuilt = null;
        for (int i = kept.size() - 1; i >= 0; i--) {
            rebuilt = new Node(kept.get(i).since, kept.get(i).holder, rebuilt);
        }
        newest = rebuilt;
        return rebuilt != null;
    }

    @Nullable
    DataSourceId at(long number) {
        Node node = newest;
        while (node != null && node.since > number) {
            node = node.older;
        }
        return node == null ? null : node.holder;
    }
}
