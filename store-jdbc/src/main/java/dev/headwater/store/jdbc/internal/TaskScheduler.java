package dev.headwater.store.jdbc.internal;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.AbstractTask;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.DeadExecutionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.SchedulableInstance;
import com.github.kagkarlsson.scheduler.task.SchedulableTaskInstance;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import dev.headwater.spi.BackgroundTask;
import dev.headwater.spi.TaskRunner;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** db-scheduler on {@code hw_task}, running Headwater's tasks on this node. */
public final class TaskScheduler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TaskScheduler.class);

    /** A task whose node has missed that many heartbeats is dead. */
    private static final int HEARTBEATS = 6;

    /** Tasks that are fetched, for each that can run at once: more are fetched when there are fewer than the one, up to the other. */
    private static final double FEWEST_PER_THREAD = 1;

    private static final double MOST_PER_THREAD = 4;
    private static final int HOUSEKEEPERS = 3;
    private static final Duration SHUTDOWN_WAIT = Duration.ofSeconds(5);
    private static final Duration AFTER_A_BUG = Duration.ofMinutes(1);
    private static final Duration PUT_OFF = Duration.ofDays(1);

    private final TaskTable table;
    private final Scheduler scheduler;
    private final ScheduledExecutorService waker = new Gentle(1, threads("wake"));

    public TaskScheduler(
            DataSource dataSource,
            TaskTable table,
            TaskRunner runner,
            ExecutorService executor,
            int atOnce,
            Duration pollInterval,
            Duration deadAfter) {
        this.table = table;
        List<Task<?>> known = new ArrayList<>();
        for (BackgroundTask.Type type : BackgroundTask.Type.values()) {
            known.add(new Typed(type, runner, table));
        }
        SchedulerName name = new Name("headwater-" + UUID.randomUUID());
        TaskTimes times = new TaskTimes(dataSource);
        SchedulerBuilder builder = Scheduler.create(dataSource, known);
        if (times.supportsGenericLockAndFetch()) {
            builder.pollUsingLockAndFetch(FEWEST_PER_THREAD, MOST_PER_THREAD);
        }
        this.scheduler = builder.tableName(TaskTable.NAME)
                .jdbcCustomization(times)
                .serializer(new Count())
                .schedulerName(name)
                .threads(atOnce)
                .executorService(executor)
                .dueExecutor(new Gentle(1, threads("due")))
                .housekeeperExecutor(new Gentle(HOUSEKEEPERS, threads("housekeeper")))
                .pollingInterval(pollInterval)
                .heartbeatInterval(deadAfter.dividedBy(HEARTBEATS))
                .missedHeartbeatsLimit(HEARTBEATS)
                .shutdownMaxWait(SHUTDOWN_WAIT)
                .failureLogging(LogLevel.WARN, false)
                .build();
        scheduler.start();
        ScheduledFuture<?> unused = waker.scheduleWithFixedDelay(
                this::wake, pollInterval.toNanos(), pollInterval.toNanos(), TimeUnit.NANOSECONDS);
    }

    private record Name(String getName) implements SchedulerName {}

    private static ThreadFactory threads(String purpose) {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, "headwater-tasks-" + purpose + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    private void wake() {
        try {
            if (table.wake() > 0) {
                look();
            }
        } catch (RuntimeException e) {
            LOG.debug("tasks cannot be woken: {}", e.getMessage());
        }
    }

    /** Looks for tasks that are due, soon. */
    public void look() {
        scheduler.triggerCheckForDueExecutions();
    }

    public void pause() {
        scheduler.pause();
    }

    public void resume() {
        scheduler.resume();
        look();
    }

    @Override
    public void close() {
        waker.shutdown();
        scheduler.stop();
    }

    /** Never interrupts: H2 would close its file, for all who have it open. What runs here looks itself whether it is over. */
    private static final class Gentle extends ScheduledThreadPoolExecutor {

        Gentle(int threads, ThreadFactory factory) {
            super(threads, factory);
            setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        }

        @Override
        public List<Runnable> shutdownNow() {
            shutdown();
            return List.of();
        }
    }

    /** All tasks of a type. What is kept with a task is how often it has failed. */
    private static final class Typed extends AbstractTask<Integer> {

        private final BackgroundTask.Type type;
        private final TaskRunner runner;
        private final TaskTable table;

        Typed(BackgroundTask.Type type, TaskRunner runner, TaskTable table) {
            super(TaskNames.name(type), Integer.class, again(), new DeadExecutionHandler.ReviveDeadExecution<>());
            this.type = type;
            this.runner = runner;
            this.table = table;
        }

        private static FailureHandler<Integer> again() {
            return (failed, operations) ->
                    operations.reschedule(failed, failed.getTimeDone().plus(AFTER_A_BUG));
        }

        @Override
        public CompletionHandler<Integer> execute(TaskInstance<Integer> instance, ExecutionContext context) {
            Integer failures = instance.getData();
            TaskRunner.Next next = runner.run(TaskNames.task(type, instance.getId()), failures == null ? 0 : failures);
            Instant at = next.at();
            if (at != null) {
                return (complete, operations) -> operations.reschedule(complete, at, next.failures());
            }
            return (complete, operations) -> {
                // Not removed at once: somebody may have asked for it again while it ran.
                Instant later = complete.getTimeDone().plus(PUT_OFF).truncatedTo(ChronoUnit.MICROS);
                operations.reschedule(complete, later, 0);
                table.forgetDone(instance.getTaskName(), instance.getId(), later);
            };
        }

        @Override
        public SchedulableInstance<Integer> schedulableInstance(String id) {
            return schedulableInstance(id, 0);
        }

        @Override
        public SchedulableInstance<Integer> schedulableInstance(String id, Integer data) {
            return new SchedulableTaskInstance<>(instance(id, data), time -> time);
        }
    }

    /** Writes the number of failures as text. */
    private static final class Count implements Serializer {

        @Override
        public byte[] serialize(@Nullable Object data) {
            return String.valueOf(data == null ? 0 : data).getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public <T> @Nullable T deserialize(Class<T> type, byte @Nullable [] bytes) {
            return bytes == null || bytes.length == 0
                    ? null
                    : type.cast(Integer.valueOf(new String(bytes, StandardCharsets.US_ASCII)));
        }
    }
}
