package dev.headwater.spi;

import java.util.List;

/** What a commit did to its data source. */
public sealed interface Change {

    /** {@return the data source that was changed} */
    DataSourceId dataSource();

    /** {@return the name of the data source after the change, or before it if it was deleted} */
    String name();

    /** {@return the id of the kind of the data source} */
    String kind();

    /** A data source was added, or brought back. */
    record Inserted(DataSourceRecord after) implements Change {

        @Override
        public DataSourceId dataSource() {
            return after.id();
        }

        @Override
        public String name() {
            return after.name();
        }

        @Override
        public String kind() {
            return after.kind();
        }
    }

    /**
     * A data source got a new state.
     *
     * @param changed what differs from the state before, as {@link ProposedChange.Update#changed()}
     */
    record Updated(DataSourceRecord after, List<String> changed) implements Change {

        public Updated {
            changed = List.copyOf(changed);
        }

        @Override
        public DataSourceId dataSource() {
            return after.id();
        }

        @Override
        public String name() {
            return after.name();
        }

        @Override
        public String kind() {
            return after.kind();
        }
    }

    /** A data source was removed. */
    record Deleted(DataSourceId dataSource, String name, String kind) implements Change {}
}
