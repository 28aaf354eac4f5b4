package dev.headwater.spi;

import java.util.List;

/** One change that a caller asks a store to commit. A store that commits it makes a {@link Change} of it. */
public sealed interface ProposedChange {

    /** {@return the data source to change} */
    DataSourceId dataSource();

    /**
     * Adds a data source that is not there now. The id may be that of a deleted one, which is thereby brought back.
     *
     * @param created when it was first written; for a source that is brought back, the original stamp
     */
    record Insert(DataSourceId dataSource, Stamp created, DataSourceSpec spec) implements ProposedChange {}

    /**
     * Replaces the state of a data source, if it is still at the version that the caller saw.
     *
     * @param created the stamp of the current state, carried over
     * @param changed what differs from that state: canonical field keys, and {@code name}, {@code displayName},
     *     {@code description}, {@code labels}, {@code tenancy}
     */
    record Update(
            DataSourceId dataSource, long expectedVersion, Stamp created, DataSourceSpec spec, List<String> changed)
            implements ProposedChange {

        public Update {
            Checks.atLeast("expectedVersion", expectedVersion, 1);
            changed = List.copyOf(changed);
        }
    }

    /**
     * Removes a data source, if it is still at the version that the caller saw.
     *
     * @param name its name at that version, for the history
     * @param kind its kind, for the history
     */
    record Delete(DataSourceId dataSource, long expectedVersion, String name, String kind) implements ProposedChange {

        public Delete {
            Checks.atLeast("expectedVersion", expectedVersion, 1);
        }
    }
}
