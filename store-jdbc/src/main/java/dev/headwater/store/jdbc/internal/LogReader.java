package dev.headwater.store.jdbc.internal;

import dev.headwater.spi.Commit;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.EnvironmentId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code hw_commit}. Limits stand in the statements, because a planner that does not know them plans for many rows. */
public final class LogReader {

    private final Database database;

    public LogReader(Database database) {
        this.database = database;
    }

    public long head(EnvironmentId environment) {
        return database.statements(
                "read the head of an environment",
                handle -> handle.createQuery("SELECT head FROM hw_environment WHERE environment = :environment")
                        .bind("environment", environment.value())
                        .mapTo(Long.class)
                        .findOne()
                        .orElse(0L));
    }

    public List<Commit> commitsAfter(EnvironmentId environment, long number, int limit) {
        String sql = "SELECT " + CommitRow.COLUMNS
                + " FROM hw_commit c WHERE c.environment = :environment AND c.number > :number"
                + " ORDER BY c.number LIMIT " + limit;
        return database.statements(
                "read commits",
                handle -> handle.createQuery(sql)
                        .bind("environment", environment.value())
                        .bind("number", number)
                        .map((row, context) -> CommitRow.read(row, environment))
                        .list());
    }

    public List<Commit> commitsOf(EnvironmentId environment, DataSourceId id, long before, int limit) {
        String sql = "SELECT " + CommitRow.COLUMNS
                + " FROM hw_commit c WHERE c.environment = :environment AND c.data_source_id = :id"
                + " AND c.number < :before ORDER BY c.data_source_id DESC, c.number DESC LIMIT " + limit;
        return database.statements(
                "read the commits of a data source",
                handle -> handle.createQuery(sql)
                        .bind("environment", environment.value())
                        .bind("id", id.value())
                        .bind("before", before)
                        .map((row, context) -> CommitRow.read(row, environment))
                        .list());
    }

    /** Of each data source the last commit up to the number, if it did not delete it. */
    public List<DataSourceRecord> standingAt(
            EnvironmentId environment, long number, @Nullable DataSourceId after, int limit) {
        String sql = "SELECT " + CommitRow.COLUMNS
                + " FROM hw_commit c WHERE c.environment = :environment AND c.data_source_id > :after"
                + " AND c.number <= :number AND c.type <> '" + CommitRow.DELETED + "'"
                + " AND NOT EXISTS (SELECT 1 FROM hw_commit n WHERE n.environment = c.environment"
                + " AND n.data_source_id = c.data_source_id AND n.number > c.number AND n.number <= :number)"
                + " ORDER BY c.data_source_id LIMIT " + limit;
        return database.statements(
                "read what stood at a commit",
                handle -> handle.createQuery(sql)
                        .bind("environment", environment.value())
                        .bind("after", after == null ? "" : after.value())
                        .bind("number", number)
                        .map((row, context) -> CommitRow.readRecord(row, environment))
                        .list());
    }
}
