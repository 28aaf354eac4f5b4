package dev.headwater.spi;

import java.util.List;

/**
 * What became of a {@link CommitRequest}. These are the outcomes that a caller must expect; anything else is a
 * {@link StoreException}. For all but {@link Committed}, nothing was written.
 */
public sealed interface CommitOutcome {

    /**
     * All of it is stored, for good.
     *
     * @param commits the commits, in the order of the request's changes
     */
    record Committed(List<Commit> commits) implements CommitOutcome {

        public Committed {
            commits = List.copyOf(commits);
        }
    }

    /**
     * Another data source of the environment has the name.
     *
     * @param name the name that was wanted
     * @param holder who has it
     */
    record NameTaken(String name, DataSourceId holder) implements CommitOutcome {}

    /**
     * The data source is not at the version that the change expected.
     *
     * @param expected the version that the change named; 0 for an insert, of a data source that is there already
     * @param actual the version at which it stands
     */
    record VersionConflict(DataSourceId dataSource, long expected, long actual) implements CommitOutcome {}

    /** The data source to update or delete is not there. */
    record Gone(DataSourceId dataSource) implements CommitOutcome {}
}
