package dev.headwater.store.jdbc.internal;

import dev.headwater.spi.Change;
import dev.headwater.spi.Commit;
import dev.headwater.spi.CommitRequest;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.ProposedChange;
import dev.headwater.spi.Stamp;
import dev.headwater.spi.StoreException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of {@code hw_commit}. The number is not part of it, since a writer learns it only under the lock. */
record CommitRow(DataSourceId dataSource, String type, Stamp stamp, String payload) {

    static final String INSERTED = "INSERTED";
    static final String UPDATED = "UPDATED";
    static final String DELETED = "DELETED";

    /** The columns that {@link #read} wants, in its order. */
    static final String COLUMNS = "c.number, c.data_source_id, c.type, c.written_at, c.author, c.payload";

    static CommitRow of(ProposedChange change, CommitRequest request) {
        if (change instanceof ProposedChange.Insert insert) {
            var spec = insert.spec();
            var payload = new Payload(spec.name(), spec.kind(), spec, insert.created(), List.of(), request.message());
            return new CommitRow(insert.dataSource(), INSERTED, request.stamp(), PayloadJson.write(payload));
        }
        if (change instanceof ProposedChange.Update update) {
            var spec = update.spec();
            var payload =
                    new Payload(spec.name(), spec.kind(), spec, update.created(), update.changed(), request.message());
            return new CommitRow(update.dataSource(), UPDATED, request.stamp(), PayloadJson.write(payload));
        }
        var delete = (ProposedChange.Delete) change;
        var payload = new Payload(delete.name(), delete.kind(), null, null, List.of(), request.message());
        return new CommitRow(delete.dataSource(), DELETED, request.stamp(), PayloadJson.write(payload));
    }

    static Commit read(ResultSet row, EnvironmentId environment) throws SQLException {
        long number = row.getLong(1);
        DataSourceId id = new DataSourceId(row.getString(2));
        String type = row.getString(3);
        Stamp stamp = stamp(row, 4);
        Payload payload = PayloadJson.read(row.getString(6));
        if (type.equals(DELETED)) {
            Change deleted = new Change.Deleted(id, payload.name(), payload.kind());
            return new Commit(environment, number, stamp, payload.message(), deleted);
        }
        DataSourceRecord after = record(environment, id, number, stamp, payload);
        Change change =
                type.equals(INSERTED) ? new Change.Inserted(after) : new Change.Updated(after, payload.changed());
        return new Commit(environment, number, stamp, payload.message(), change);
    }

    /** The data source as the commit of a row of {@link #COLUMNS} left it. */
    static DataSourceRecord readRecord(ResultSet row, EnvironmentId environment) throws SQLException {
        return record(
                environment,
                new DataSourceId(row.getString(2)),
                row.getLong(1),
                stamp(row, 4),
                PayloadJson.read(row.getString(6)));
    }

    private static DataSourceRecord record(
            EnvironmentId environment, DataSourceId id, long number, Stamp stamp, Payload payload) {
        return new DataSourceRecord(environment, id, number, stored(payload.spec()), stored(payload.created()), stamp);
    }

    private static <T> T stored(@Nullable T part) {
        if (part == null) {
            throw new StoreException("what is stored of a commit makes no sense (no state)");
        }
        return part;
    }

    static Stamp stamp(ResultSet row, int column) throws SQLException {
        return new Stamp(Micros.toInstant(row.getLong(column)), row.getString(column + 1));
    }
}
