package dev.headwater.store.jdbc.internal;

import dev.headwater.spi.BackgroundTask;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * Headwater's own statements on {@code hw_task}. db-scheduler refuses to move a task that runs, and would lose the wish that
 * it runs once more; so the wish is noted in a column of our own, {@code wake_at}, and comes true when the task waits
 * again. No statement touches a row in a way that db-scheduler does not expect: what it is about to change is picked.
 */
public final class TaskTable {

    static final String NAME = "hw_task";

    private static final String ONE = " WHERE task_name = ? AND task_instance = ?";

    private static final String LATER = "UPDATE hw_task SET wake_at = ?" + ONE
            + " AND (picked = TRUE OR execution_time > ?) AND (wake_at IS NULL OR wake_at > ?)";

    private static final String AWAKE = "UPDATE hw_task SET execution_time = CASE WHEN wake_at < execution_time"
            + " THEN wake_at ELSE execution_time END, wake_at = NULL, version = version + 1"
            + " WHERE wake_at IS NOT NULL AND picked = FALSE";

    private static final String FORGET = "DELETE FROM hw_task" + ONE + " AND picked = FALSE";

    private static final String FORGET_DONE = FORGET + " AND wake_at IS NULL AND execution_time = ?";

    private final Database database;
    private final String insert;

    public TaskTable(Database database) {
        this.database = database;
        this.insert = database.dialect().insertTask();
    }

    /** Sees to it that the tasks run at that time, at the latest. */
    public void schedule(Collection<BackgroundTask> tasks, Instant at) {
        long time = TaskTimes.micros(at);
        // In one order on all nodes, so that two batches never wait for each other's rows.
        List<BackgroundTask> sorted =
                tasks.stream().sorted(Comparator.comparing(TaskTable::key)).toList();
        inTransaction("schedule tasks", handle -> {
            batch(handle, insert, sorted, statement -> set(statement, 3, time));
        });
        inTransaction("schedule tasks", handle -> {
            try (PreparedStatement statement = database.prepare(handle, LATER)) {
                for (BackgroundTask task : sorted) {
                    statement.setLong(1, time);
                    statement.setString(2, TaskNames.name(task.type()));
                    statement.setString(3, TaskNames.instance(task));
                    statement.setLong(4, time);
                    statement.setLong(5, time);
                    statement.addBatch();
                }
                int[] unused = statement.executeBatch();
            }
        });
        wake();
    }

    private static String key(BackgroundTask task) {
        return TaskNames.name(task.type()) + " " + TaskNames.instance(task);
    }

    /** Lets tasks that were to run once more do so, unless they run now. */
    int wake() {
        return database.transaction(
                "wake tasks", handle -> handle.execute(AWAKE), handle -> Optional.of(handle.execute(AWAKE)));
    }

    public void forget(Collection<BackgroundTask> tasks) {
        inTransaction("forget tasks", handle -> batch(handle, FORGET, tasks, statement -> {}));
    }

    /** Removes a task that is done, if nobody has asked for it again since it was put off to that time. */
    void forgetDone(String name, String instance, Instant putOffTo) {
        inTransaction("forget a task", handle -> {
            try (PreparedStatement statement = database.prepare(handle, FORGET_DONE)) {
                statement.setString(1, name);
                statement.setString(2, instance);
                statement.setLong(3, TaskTimes.micros(putOffTo));
                int unused = statement.executeUpdate();
            }
        });
    }

    public long due(Instant at) {
        return database.statements("count tasks", handle -> {
            String sql = "SELECT COUNT(*) FROM hw_task WHERE picked = FALSE AND execution_time <= ?";
            try (PreparedStatement statement = database.prepare(handle, sql)) {
                statement.setLong(1, TaskTimes.micros(at));
                try (ResultSet rows = statement.executeQuery()) {
                    return rows.next() ? rows.getLong(1) : 0L;
                }
            }
        });
    }

    private interface Statements {
        void on(Handle handle) throws SQLException;
    }

    private void inTransaction(String doing, Statements work) {
        Database.Work<Boolean> all = handle -> {
            work.on(handle);
            return true;
        };
        Boolean unused = database.transaction(doing, all, handle -> Optional.of(all.on(handle)));
    }

    private static void set(PreparedStatement statement, int index, long value) {
        try {
            statement.setLong(index, value);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void batch(Handle handle, String sql, Collection<BackgroundTask> tasks, Consumer<PreparedStatement> more)
            throws SQLException {
        try (PreparedStatement statement = database.prepare(handle, sql)) {
            for (BackgroundTask task : tasks) {
                statement.setString(1, TaskNames.name(task.type()));
                statement.setString(2, TaskNames.instance(task));
                more.accept(statement);
                statement.addBatch();
            }
            int[] unused = statement.executeBatch();
        }
    }
}
