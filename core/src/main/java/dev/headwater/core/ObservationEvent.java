package dev.headwater.core;

import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.HealthState;
import dev.headwater.spi.SyncState;
import org.jspecify.annotations.Nullable;

/** Something was observed of a data source. Holds no secrets. */
public sealed interface ObservationEvent {

    /** {@return the data source, as it stood when it was observed} */
    DataSourceRecord source();

    /**
     * A data source has become healthy, unhealthy or unknown.
     *
     * @param before its health before
     * @param after its health now, with another status
     */
    record HealthChanged(DataSourceRecord source, HealthState before, HealthState after) implements ObservationEvent {}

    /**
     * A schema sync has ended.
     *
     * @param before how its syncs stood before this one
     * @param after how they stand now
     * @param difference how the new snapshot differs from the one before; null if the sync failed
     */
    record SyncEnded(
            DataSourceRecord source,
            SyncState before,
            SyncState after,
            @Nullable SchemaDifference difference) implements ObservationEvent {}
}
