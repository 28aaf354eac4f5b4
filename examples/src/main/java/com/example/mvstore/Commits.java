package com.example.mvstore;

import dev.headwater.spi.Change;
import dev.headwater.spi.Commit;
import dev.headwater.spi.CommitOutcome;
import dev.headwater.spi.CommitRequest;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.DataSourceSpec;
import dev.headwater.spi.ProposedChange;
import dev.headwater.spi.Stamp;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The rules of a commit: what speaks against a request, and what it makes of each change. */
final class Commits {

    private Commits() {}

    /**
     * {@return what speaks against the request, of its earliest change first}
     *
     * @param byId the data source as it stands
     * @param holderOf who has a name now
     */
    static Optional<CommitOutcome> refusal(
            CommitRequest request,
            Function<DataSourceId, Optional<DataSourceRecord>> byId,
            Function<String, Optional<DataSourceId>> holderOf) {
        Set<DataSourceId> touched =
                request.changes().stream().map(ProposedChange::dataSource).collect(Collectors.toSet());
        Map<String, DataSourceId> wanted = new HashMap<>();
        for (ProposedChange change : request.changes()) {
            long version = byId.apply(change.dataSource())
                    .map(DataSourceRecord::version)
                    .orElse(0L);
            Optional<CommitOutcome> conflict = conflict(change, version);
            if (conflict.isPresent()) {
                return conflict;
            }
            if (change instanceof ProposedChange.Delete) {
                continue;
            }
            String name = spec(change).name();
            // A holder that the request touches has a name of its own in it, or is deleted.
            Optional<DataSourceId> holder = Optional.ofNullable(wanted.putIfAbsent(name, change.dataSource()))
                    .or(() -> holderOf.apply(name).filter(id -> !touched.contains(id)));
            if (holder.isPresent()) {
                return Optional.of(new CommitOutcome.NameTaken(name, holder.get()));
            }
        }
        return Optional.empty();
    }

    private static Optional<CommitOutcome> conflict(ProposedChange change, long version) {
        if (change instanceof ProposedChange.Insert) {
            return expecting(change, 0, version);
        }
        if (version == 0) {
            return Optional.of(new CommitOutcome.Gone(change.dataSource()));
        }
        return expecting(
                change,
                change instanceof ProposedChange.Update update
                        ? update.expectedVersion()
                        : ((ProposedChange.Delete) change).expectedVersion(),
                version);
    }

    private static Optional<CommitOutcome> expecting(ProposedChange change, long expected, long version) {
        return expected == version
                ? Optional.empty()
                : Optional.of(new CommitOutcome.VersionConflict(change.dataSource(), expected, version));
    }

    /** {@return the change as the commit of that number holds it} */
    static Commit made(CommitRequest request, ProposedChange proposed, long number) {
        Change change;
        if (proposed instanceof ProposedChange.Insert insert) {
            change = new Change.Inserted(record(request, proposed, number, insert.created()));
        } else if (proposed instanceof ProposedChange.Update update) {
            change = new Change.Updated(record(request, proposed, number, update.created()), update.changed());
        } else {
            ProposedChange.Delete delete = (ProposedChange.Delete) proposed;
            change = new Change.Deleted(delete.dataSource(), delete.name(), delete.kind());
        }
        return new Commit(request.environment(), number, request.stamp(), request.message(), change);
    }

    private static DataSourceRecord record(CommitRequest request, ProposedChange change, long number, Stamp created) {
        return new DataSourceRecord(
                request.environment(), change.dataSource(), number, spec(change), created, request.stamp());
    }

    private static DataSourceSpec spec(ProposedChange change) {
        return change instanceof ProposedChange.Insert insert ? insert.spec() : ((ProposedChange.Update) change).spec();
    }

    /** {@return the data source as it stands after the commit, unless that deleted it} */
    static Optional<DataSourceRecord> after(Commit commit) {
        if (commit.change() instanceof Change.Inserted inserted) {
            return Optional.of(inserted.after());
        }
        return commit.change() instanceof Change.Updated updated ? Optional.of(updated.after()) : Optional.empty();
    }
}
