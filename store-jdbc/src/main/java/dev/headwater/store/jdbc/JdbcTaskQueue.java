package dev.headwater.store.jdbc;

import dev.headwater.spi.BackgroundTask;
import dev.headwater.spi.StoreException;
import dev.headwater.spi.TaskQueue;
import dev.headwater.spi.TaskRunner;
import dev.headwater.store.jdbc.internal.Database;
import dev.headwater.store.jdbc.internal.TaskScheduler;
import dev.headwater.store.jdbc.internal.TaskTable;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Background tasks in a table of a database, usually the store's, by db-scheduler: each runs once in the cluster, on one of
 * the nodes that have a queue open on the same table. A node that runs a task says every so often that it lives; when it has
 * not for a while, another node runs the task again. So a node that cannot reach the database for longer than that may still be
 * at a task that another one has taken up.
 *
 * <p>The queue has connections of its own, so that tasks never wait for the store's, nor the store for them.
 */
public final class JdbcTaskQueue implements TaskQueue {

    private final Database database;
    private final DataSource dataSource;
    private final TaskTable table;
    private final Duration pollInterval;
    private final Duration deadAfter;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable TaskScheduler scheduler;

    JdbcTaskQueue(Database database, DataSource dataSource, Duration pollInterval, Duration deadAfter) {
        this.database = database;
        this.dataSource = dataSource;
        this.table = new TaskTable(database);
        this.pollInterval = pollInterval;
        this.deadAfter = deadAfter;
    }

    /** Begins to describe a queue. */
    public static JdbcTaskQueueBuilder builder() {
        return new JdbcTaskQueueBuilder();
    }

    @Override
    public boolean shared() {
        return true;
    }

    @Override
    public void start(TaskRunner runner, ExecutorService threads, int atOnce) {
        if (closed.get()) {
            throw new StoreException("the task queue is closed");
        }
        scheduler = new TaskScheduler(
                database.forOthers(dataSource), table, runner, threads, atOnce, pollInterval, deadAfter);
    }

    @Override
    public void schedule(Collection<BackgroundTask> tasks, Instant at) {
        table.schedule(tasks, at);
        TaskScheduler running = scheduler;
        if (running != null) {
            running.look();
        }
    }

    @Override
    public void forget(Collection<BackgroundTask> tasks) {
        table.forget(tasks);
    }

    @Override
    public long due(Instant at) {
        return table.due(at);
    }

    @Override
    public void pause() {
        TaskScheduler running = scheduler;
        if (running != null) {
            running.pause();
        }
    }

    @Override
    public void resume() {
        TaskScheduler running = scheduler;
        if (running != null) {
            running.resume();
        }
    }

    /** Ends the queue on this node, and closes its own pool; a data source that the host gave stays open. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            TaskScheduler running = scheduler;
            if (running != null) {
                running.close();
            }
            database.close();
        }
    }
}
