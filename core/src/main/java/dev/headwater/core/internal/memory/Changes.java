package dev.headwater.core.internal.memory;

import dev.headwater.spi.Change;
import dev.headwater.spi.CommitOutcome;
import dev.headwater.spi.CommitRequest;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.DataSourceSpec;
import dev.headwater.spi.ProposedChange;
import dev.headwater.spi.Stamp;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From a proposed change to a change that was made. */
final class Changes {

    private Changes() {}

    /** @param version the version at which the data source stands; 0 if it is not there */
    static @Nullable CommitOutcome conflict(ProposedChange change, long version) {
        if (change instanceof ProposedChange.Insert) {
            return version == 0 ? null : new CommitOutcome.VersionConflict(change.dataSource(), 0, version);
        }
        if (version == 0) {
            return new CommitOutcome.Gone(change.dataSource());
        }
        long expected = change instanceof ProposedChange.Update update
                ? update.expectedVersion()
                : ((ProposedChange.Delete) change).expectedVersion();
        return version == expected ? null : new CommitOutcome.VersionConflict(change.dataSource(), expected, version);
    }

    /** The name that the data source has after the change; null if it is gone then. */
    static @Nullable String nameAfter(ProposedChange change) {
        if (change instanceof ProposedChange.Insert insert) {
            return insert.spec().name();
        }
        return change instanceof ProposedChange.Update update ? update.spec().name() : null;
    }

    /** The state that a change leaves; empty after a deletion. */
    static Optional<DataSourceRecord> after(Change change) {
        if (change instanceof Change.Inserted inserted) {
            return Optional.of(inserted.after());
        }
        return change instanceof Change.Updated updated ? Optional.of(updated.after()) : Optional.empty();
    }

    static Change made(ProposedChange change, CommitRequest request, long number) {
        if (change instanceof ProposedChange.Insert insert) {
            return new Change.Inserted(record(change, request, number, insert.created(), insert.spec()));
        }
        if (change instanceof ProposedChange.Update update) {
            return new Change.Updated(
                    record(change, request, number, update.created(), update.spec()), update.changed());
        }
        ProposedChange.Delete delete = (ProposedChange.Delete) change;
        return new Change.Deleted(delete.dataSource(), delete.name(), delete.kind());
    }

    private static DataSourceRecord record(
            ProposedChange change, CommitRequest request, long number, Stamp created, DataSourceSpec spec) {
        return new DataSourceRecord(request.environment(), change.dataSource(), number, spec, created, request.stamp());
    }
}
