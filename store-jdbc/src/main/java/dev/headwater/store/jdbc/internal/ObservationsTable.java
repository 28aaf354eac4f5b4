package dev.headwater.store.jdbc.internal;

import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.HealthState;
import dev.headwater.spi.Observations;
import dev.headwater.spi.SchemaSnapshot;
import dev.headwater.spi.SyncState;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * What was observed of data sources: columns of {@code hw_data_source}, so that it goes with the row, and the snapshots in
 * {@code hw_schema_snapshot}. Recording the same twice is as good as once, so a commit in doubt is done again.
 */
public final class ObservationsTable {

    private static final String OF_ONE = " WHERE environment = :environment AND id = :id";
    private static final String SNAPSHOT_OF_ONE = " WHERE environment = :environment AND data_source_id = :id";

    private final Database database;

    public ObservationsTable(Database database) {
        this.database = database;
    }

    public Map<DataSourceId, Observations> read(EnvironmentId environment, Collection<DataSourceId> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        List<String> values = ids.stream().map(DataSourceId::value).distinct().toList();
        return database.statements("read observations", handle -> {
            Map<DataSourceId, Observations> found = new HashMap<>();
            for (List<String> part : In.parts(values)) {
                String sql = "SELECT id, sync, health FROM hw_data_source WHERE environment = ?"
                        + " AND (sync IS NOT NULL OR health IS NOT NULL) AND id " + In.clause(part.size());
                try (PreparedStatement statement = database.prepare(handle, sql)) {
                    statement.setString(1, environment.value());
                    In.bind(statement, 2, part);
                    try (ResultSet rows = statement.executeQuery()) {
                        while (rows.next()) {
                            found.put(
                                    new DataSourceId(rows.getString(1)),
                                    new Observations(
                                            ObservationJson.sync(rows.getString(2)),
                                            ObservationJson.health(rows.getString(3))));
                        }
                    }
                }
            }
            return Map.copyOf(found);
        });
    }

    public boolean recordSync(
            EnvironmentId environment, DataSourceId id, SyncState state, @Nullable SchemaSnapshot snapshot) {
        String json = ObservationJson.write(state);
        byte[] bytes = snapshot == null ? null : SnapshotJson.write(snapshot);
        Database.Work<Boolean> work = handle -> {
            // locks the row, so that the snapshot of a deleted data source is never written
            Update update = handle.createUpdate("UPDATE hw_data_source SET sync = :sync" + OF_ONE)
                    .bind("sync", json);
            if (!changed(handle, update, environment, id)) {
                return false;
            }
            if (bytes != null) {
                handle.createUpdate("DELETE FROM hw_schema_snapshot" + SNAPSHOT_OF_ONE)
                        .bind("environment", environment.value())
                        .bind("id", id.value())
                        .execute();
                handle.createUpdate("INSERT INTO hw_schema_snapshot (environment, data_source_id, snapshot)"
                                + " VALUES (:environment, :id, :snapshot)")
                        .bind("environment", environment.value())
                        .bind("id", id.value())
                        .bind("snapshot", bytes)
                        .execute();
            }
            return true;
        };
        return database.transaction("record a schema sync", work, handle -> Optional.of(work.on(handle)));
    }

    public boolean recordHealth(EnvironmentId environment, DataSourceId id, HealthState state) {
        String json = ObservationJson.write(state);
        Database.Work<Boolean> work = handle -> {
            Update update = handle.createUpdate(
                            "UPDATE hw_data_source SET health_status = :status, health = :health" + OF_ONE)
                    .bind("status", state.status().name())
                    .bind("health", json);
            return changed(handle, update, environment, id);
        };
        return database.transaction("record health", work, handle -> Optional.of(work.on(handle)));
    }

    /** MySQL drivers can be told to count no row that already was as it should be; so no row is asked for again. */
    private static boolean changed(Handle handle, Update update, EnvironmentId environment, DataSourceId id) {
        int rows = update.bind("environment", environment.value())
                .bind("id", id.value())
                .execute();
        return rows > 0
                || handle.createQuery("SELECT 1 FROM hw_data_source" + OF_ONE)
                        .bind("environment", environment.value())
                        .bind("id", id.value())
                        .mapTo(Integer.class)
                        .findOne()
                        .isPresent();
    }

    public Optional<SchemaSnapshot> schema(EnvironmentId environment, DataSourceId id) {
        return database.statements(
                "read a schema",
                handle -> handle.createQuery("SELECT snapshot FROM hw_schema_snapshot" + SNAPSHOT_OF_ONE)
                        .bind("environment", environment.value())
                        .bind("id", id.value())
                        .map((row, context) -> SnapshotJson.read(row.getBytes(1)))
                        .findOne());
    }
}
