package dev.headwater.store.jdbc.internal;

import dev.headwater.spi.Change;
import dev.headwater.spi.Commit;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.HealthStatus;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Brings {@code hw_data_source}, {@code hw_label} and {@code hw_schema_snapshot} to where new commits leave them. */
final class HeadWriter {

    /** Begins names that stand in for the time of a transaction. No name has a control character. */
    private static final String TEMPORARY = "\u0001";

    private final Database database;
    private final Handle handle;
    private final String environment;

    HeadWriter(Database database, Handle handle, String environment) {
        this.database = database;
        this.handle = handle;
        this.environment = environment;
    }

    /** @param inTheWay data sources that must give up their names before others can have them */
    void write(List<Commit> commits, Set<DataSourceId> inTheWay) throws SQLException {
        List<DataSourceId> deleted = new ArrayList<>();
        List<DataSourceRecord> updated = new ArrayList<>();
        List<DataSourceRecord> inserted = new ArrayList<>();
        for (Commit commit : commits) {
            if (commit.change() instanceof Change.Deleted change) {
                deleted.add(change.dataSource());
            } else if (commit.change() instanceof Change.Updated change) {
                updated.add(change.after());
            } else {
                inserted.add(((Change.Inserted) commit.change()).after());
            }
        }
        deleteRows(deleted);
        stepAside(updated, inTheWay);
        update(updated);
        insert(inserted);
        labels(deleted, updated, inserted);
    }

    private void deleteRows(List<DataSourceId> deleted) throws SQLException {
        try (Batch batch = batch("DELETE FROM hw_data_source WHERE environment = ? AND id = ?", deleted.size())) {
            for (DataSourceId id : deleted) {
                batch.row(environment, id.value());
            }
        }
        deleteAll("DELETE FROM hw_schema_snapshot WHERE environment = ? AND data_source_id ", deleted);
    }

    private void stepAside(List<DataSourceRecord> updated, Set<DataSourceId> inTheWay) throws SQLException {
        List<DataSourceId> aside = updated.stream()
                .map(DataSourceRecord::id)
                .filter(inTheWay::contains)
                .toList();
        try (Batch batch = batch("UPDATE hw_data_source SET name = ? WHERE environment = ? AND id = ?", aside.size())) {
            for (DataSourceId id : aside) {
                batch.row(TEMPORARY + id.value(), environment, id.value());
            }
        }
    }

    private void update(List<DataSourceRecord> updated) throws SQLException {
        try (Batch batch = batch(
                "UPDATE hw_data_source SET name = ?, kind = ?, version = ? WHERE environment = ? AND id = ?",
                updated.size())) {
            for (DataSourceRecord after : updated) {
                batch.row(
                        after.name(),
                        after.kind(),
                        after.version(),
                        environment,
                        after.id().value());
            }
        }
    }

    private void insert(List<DataSourceRecord> inserted) throws SQLException {
        try (Batch batch = batch(
                "INSERT INTO hw_data_source (environment, id, name, kind, version, health_status)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                inserted.size())) {
            for (DataSourceRecord after : inserted) {
                batch.row(
                        environment,
                        after.id().value(),
                        after.name(),
                        after.kind(),
                        after.version(),
                        HealthStatus.UNKNOWN.name());
            }
        }
    }

    private void labels(List<DataSourceId> deleted, List<DataSourceRecord> updated, List<DataSourceRecord> inserted)
            throws SQLException {
        List<DataSourceId> before = new ArrayList<>(deleted);
        updated.forEach(after -> before.add(after.id()));
        deleteAll("DELETE FROM hw_label WHERE environment = ? AND data_source_id ", before);
        List<DataSourceRecord> all = new ArrayList<>(updated);
        all.addAll(inserted);
        int count = all.stream().mapToInt(after -> after.spec().labels().size()).sum();
        try (Batch batch = batch(
                "INSERT INTO hw_label (environment, label_key, label_value, name, data_source_id) VALUES (?, ?, ?, ?, ?)",
                count)) {
            for (DataSourceRecord after : all) {
                for (var label : after.spec().labels().entrySet()) {
                    batch.row(
                            environment,
                            label.getKey(),
                            label.getValue(),
                            after.name(),
                            after.id().value());
                }
            }
        }
    }

    private Batch batch(String sql, int rows) throws SQLException {
        return new Batch(database, handle, sql, rows);
    }

    /** Deletes the rows of the data sources, however many there are. */
    private void deleteAll(String sql, List<DataSourceId> ids) throws SQLException {
        List<String> values = ids.stream().map(DataSourceId::value).toList();
        for (List<String> part : In.parts(values)) {
            try (PreparedStatement statement = database.prepare(handle, sql + In.clause(part.size()))) {
                statement.setString(1, environment);
                In.bind(statement, 2, part);
                int unused = statement.executeUpdate();
            }
        }
    }
}
