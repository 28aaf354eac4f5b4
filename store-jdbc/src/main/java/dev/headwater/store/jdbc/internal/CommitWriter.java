package dev.headwater.store.jdbc.internal;

import dev.headwater.spi.Change;
import dev.headwater.spi.Commit;
import dev.headwater.spi.CommitOutcome;
import dev.headwater.spi.CommitRequest;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.DataSourceSpec;
import dev.headwater.spi.ProposedChange;
import dev.headwater.spi.SealedSecret;
import dev.headwater.spi.Stamp;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Writes commits. One transaction: lock the environment, look, write the log and what follows from it, move the head. */
public final class CommitWriter {

    private final Database database;
    private final Environments environments;

    public CommitWriter(Database database, Environments environments) {
        this.database = database;
        this.environments = environments;
    }

    public CommitOutcome commit(CommitRequest request) {
        environments.ensure(request.environment());
        // before the lock is taken, so that others wait no longer than they must
        List<CommitRow> rows = request.changes().stream()
                .map(change -> CommitRow.of(change, request))
                .toList();
        Attempt attempt = new Attempt(request, rows);
        return database.transaction("commit", attempt::write, attempt::written);
    }

    private final class Attempt {

        private final CommitRequest request;
        private final List<CommitRow> rows;
        private final String environment;
        private long before;

        Attempt(CommitRequest request, List<CommitRow> rows) {
            this.request = request;
            this.rows = rows;
            this.environment = request.environment().value();
        }

        CommitOutcome write(Handle handle) throws SQLException {
            before = environments.lock(handle, request.environment()).head();
            Heads heads = Heads.read(database, handle, request);
            CommitOutcome refusal = heads.refusal(request);
            if (refusal != null) {
                return refusal;
            }
            List<Commit> commits = commits();
            log(handle);
            new HeadWriter(database, handle, environment).write(commits, heads.inTheWay(request));
            secrets(handle);
            moveHead(handle);
            return new CommitOutcome.Committed(commits);
        }

        /** Whether the log holds just what was to be written. The lock waits for a transaction that still commits. */
        Optional<CommitOutcome> written(Handle handle) throws SQLException {
            if (environments.lock(handle, request.environment()).head() < before + rows.size()) {
                return Optional.empty();
            }
            List<CommitRow> stored = handle.createQuery(
                            "SELECT data_source_id, type, written_at, author, payload FROM hw_commit"
                                    + " WHERE environment = :environment AND number > :before AND number <= :last"
                                    + " ORDER BY number")
                    .bind("environment", environment)
                    .bind("before", before)
                    .bind("last", before + rows.size())
                    .map((row, context) -> new CommitRow(
                            new DataSourceId(row.getString(1)),
                            row.getString(2),
                            CommitRow.stamp(row, 3),
                            row.getString(5)))
                    .list();
            return stored.equals(rows) ? Optional.of(new CommitOutcome.Committed(commits())) : Optional.empty();
        }

        private List<Commit> commits() {
            List<Commit> commits = new ArrayList<>(rows.size());
            long number = before;
            for (ProposedChange change : request.changes()) {
                number++;
                commits.add(new Commit(
                        request.environment(), number, request.stamp(), request.message(), made(change, number)));
            }
            return commits;
        }

        private Change made(ProposedChange change, long number) {
            if (change instanceof ProposedChange.Insert insert) {
                return new Change.Inserted(record(change, number, insert.created(), insert.spec()));
            }
            if (change instanceof ProposedChange.Update update) {
                return new Change.Updated(record(change, number, update.created(), update.spec()), update.changed());
            }
            var delete = (ProposedChange.Delete) change;
            return new Change.Deleted(delete.dataSource(), delete.name(), delete.kind());
        }

        private DataSourceRecord record(ProposedChange change, long number, Stamp created, DataSourceSpec spec) {
            return new DataSourceRecord(
                    request.environment(), change.dataSource(), number, spec, created, request.stamp());
        }

        private void log(Handle handle) throws SQLException {
            try (Batch batch = new Batch(
                    database,
                    handle,
                    "INSERT INTO hw_commit (environment, number, data_source_id, type, written_at, author, payload)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    rows.size())) {
                long number = before;
                for (CommitRow row : rows) {
                    number++;
                    batch.row(
                            environment,
                            number,
                            row.dataSource().value(),
                            row.type(),
                            Micros.of(row.stamp().at()),
                            row.stamp().by(),
                            row.payload());
                }
            }
        }

        private void secrets(Handle handle) throws SQLException {
            try (Batch batch = new Batch(
                    database,
                    handle,
                    "INSERT INTO hw_sealed_secret (environment, id, data_source_id, field, key_id, ciphertext)"
                            + " VALUES (?, ?, ?, ?, ?, ?)",
                    request.secrets().size())) {
                for (SealedSecret secret : request.secrets()) {
                    batch.row(
                            environment,
                            secret.id().value(),
                            secret.dataSource().value(),
                            secret.field(),
                            secret.keyId(),
                            secret.ciphertext());
                }
            }
        }

        private void moveHead(Handle handle) throws SQLException {
            try (Batch batch =
                    new Batch(database, handle, "UPDATE hw_environment SET head = ? WHERE environment = ?", 1)) {
                batch.row(before + rows.size(), environment);
            }
        }
    }
}
