package dev.headwater.core.internal.memory;

import dev.headwater.spi.DataSourceId;
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

    @Nullable
    DataSourceId at(long number) {
        Node node = newest;
        while (node != null && node.since > number) {
            node = node.older;
        }
        return node == null ? null : node.holder;
    }
}
