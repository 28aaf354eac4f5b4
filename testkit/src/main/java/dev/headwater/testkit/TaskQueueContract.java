package dev.headwater.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.spi.BackgroundTask;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.TaskQueue;
import dev.headwater.spi.TaskRunner;
import dev.headwater.testkit.internal.Patience;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Says when a {@link TaskQueue} is right. Whoever writes one extends this class in a test, and says how to open a queue. A queue
 * under test should look for tasks that are due every 100 ms or so, on the system's clock.
 */
public abstract class TaskQueueContract {

    private static final EnvironmentId ENV = EnvironmentId.of("contract");
    private static final Duration FAR = Duration.ofHours(1);

    private final List<TaskQueue> queues = new ArrayList<>();
    private final List<ExecutorService> pools = new ArrayList<>();

    /** Only for those who extend it. */
    protected TaskQueueContract() {}

    /** Opens a queue: an empty one the first time in a test, and later ones on the same tasks if they are {@linkplain TaskQueue#shared shared}. */
    protected abstract TaskQueue open();

    /** Releases what the queues of a test were kept in, after they were closed. */
    protected void release() {}

    @AfterEach
    void close() {
        queues.forEach(TaskQueue::close);
        pools.forEach(ExecutorService::shutdownNow);
        queues.clear();
        pools.clear();
        release();
    }

    private TaskQueue opened() {
        TaskQueue queue = open();
        queues.add(queue);
        return queue;
    }

    private void start(TaskQueue queue, TaskRunner runner, int atOnce) {
        ExecutorService pool = Executors.newFixedThreadPool(atOnce);
        pools.add(pool);
        queue.start(runner, pool, atOnce);
    }

    private static BackgroundTask task(String id) {
        return BackgroundTask.of(BackgroundTask.Type.SCHEMA_SYNC, ENV, DataSourceId.of(id));
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    @Test
    @DisplayName("runs a task that is due, as the task that it is, and forgets it when the run says so")
    void runs() {
        TaskQueue queue = opened();
        List<BackgroundTask> ran = new CopyOnWriteArrayList<>();
        List<BackgroundTask> tasks = List.of(
                task("a"),
                BackgroundTask.of(BackgroundTask.Type.HEALTH_CHECK, ENV, DataSourceId.of("a")),
                BackgroundTask.of(BackgroundTask.Type.PLANNING),
                BackgroundTask.of(BackgroundTask.Type.SURVEY, ENV));
        queue.schedule(tasks, now());
        assertThat(queue.due(now().plusSeconds(1))).isEqualTo(tasks.size());
        start(
                queue,
                (task, failures) -> {
                    ran.add(task);
                    return TaskRunner.Next.NEVER;
                },
                4);
        Patience.until(() -> ran.size() == tasks.size() && queue.due(now().plus(FAR)) == 0);
        assertThat(ran).containsExactlyInAnyOrderElementsOf(tasks);
        Patience.until(() -> queue.due(now().plus(Duration.ofDays(10))) == 0);
    }

    @Test
    @DisplayName("runs a task again when the run says so, and tells how often it has failed")
    void again() {
        TaskQueue queue = opened();
        List<Integer> failures = new CopyOnWriteArrayList<>();
        start(
                queue,
                (task, before) -> {
                    failures.add(before);
                    return failures.size() == 4
                            ? TaskRunner.Next.NEVER
                            : new TaskRunner.Next(now(), failures.size() == 3 ? 0 : before + 1);
                },
                2);
        queue.schedule(List.of(task("a")), now());
        Patience.until(() -> failures.size() == 4);
        assertThat(failures).containsExactly(0, 1, 2, 0);
    }

    @Test
    @DisplayName(
            "runs a task at its time, not before; scheduling it for earlier moves it forward, for later does nothing")
    void times() {
        TaskQueue queue = opened();
        Map<BackgroundTask, Instant> ran = new ConcurrentHashMap<>();
        start(
                queue,
                (task, failures) -> {
                    ran.put(task, now());
                    return TaskRunner.Next.NEVER;
                },
                4);
        Instant soon = now().plusMillis(700);
        queue.schedule(List.of(task("far"), task("forward")), now().plus(FAR));
        queue.schedule(List.of(task("soon")), soon);
        queue.schedule(List.of(task("forward")), soon);
        queue.schedule(List.of(task("soon"), task("forward")), now().plus(FAR));
        Patience.until(() -> ran.size() == 2);
        assertThat(ran).containsOnlyKeys(task("soon"), task("forward"));
        assertThat(ran.values()).allSatisfy(at -> {
            assertThat(at).isAfterOrEqualTo(soon);
            assertThat(at).isCloseTo(soon, within(10, ChronoUnit.SECONDS));
        });
        assertThat(queue.due(now())).isZero();
        assertThat(queue.due(now().plus(FAR))).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "runs a task once more that is scheduled while it runs, whatever that run says, and never beside itself")
    void onceMore() throws InterruptedException {
        for (boolean forget : new boolean[] {true, false}) {
            TaskQueue queue = opened();
            CountDownLatch began = new CountDownLatch(1);
            CountDownLatch go = new CountDownLatch(1);
            AtomicInteger running = new AtomicInteger();
            AtomicInteger beside = new AtomicInteger();
            AtomicInteger runs = new AtomicInteger();
            String id = "once-more-" + forget;
            start(
                    queue,
                    (task, failures) -> {
                        beside.accumulateAndGet(running.incrementAndGet(), Math::max);
                        began.countDown();
                        await(go);
                        running.decrementAndGet();
                        runs.incrementAndGet();
                        return forget ? TaskRunner.Next.NEVER : TaskRunner.Next.at(now().plus(FAR));
                    },
                    4);
            queue.schedule(List.of(task(id)), now());
            assertThat(began.await(10, TimeUnit.SECONDS)).isTrue();
            queue.schedule(List.of(task(id)), now());
            queue.schedule(List.of(task(id)), now());
            queue.forget(List.of(task("not-there")));
            go.countDown();
            Patience.until(() -> runs.get() == 2);
            assertThat(beside).hasValue(1);
            queue.close();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody came");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    @DisplayName("runs no more tasks at once than it may, and no task twice at once, on all its nodes together")
    void atOnce() {
        TaskQueue first = opened();
        List<TaskQueue> nodes = first.shared() ? List.of(first, opened(), opened()) : List.of(first);
        Map<BackgroundTask, AtomicInteger> running = new ConcurrentHashMap<>();
        Map<BackgroundTask, AtomicInteger> runs = new ConcurrentHashMap<>();
        List<String> wrong = new CopyOnWriteArrayList<>();
        List<BackgroundTask> tasks = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            tasks.add(task("t" + i));
        }
        first.schedule(tasks, now());
        for (TaskQueue node : nodes) {
            AtomicInteger here = new AtomicInteger();
            start(
                    node,
                    (task, failures) -> {
                        if (here.incrementAndGet() > 3) {
                            wrong.add("too many");
                        }
                        if (running.computeIfAbsent(task, absent -> new AtomicInteger())
                                        .incrementAndGet()
                                > 1) {
                            wrong.add("twice at once: " + task);
                        }
                        int times = runs.computeIfAbsent(task, absent -> new AtomicInteger())
                                .incrementAndGet();
                        running.get(task).decrementAndGet();
                        here.decrementAndGet();
                        return times == 3 ? TaskRunner.Next.NEVER : TaskRunner.Next.at(now());
                    },
                    3);
        }
        Patience.until(() -> runs.size() == tasks.size()
                && runs.values().stream().allMatch(times -> times.get() >= 3)
                && first.due(now().plus(FAR)) == 0);
        assertThat(wrong).isEmpty();
        assertThat(runs.values()).allMatch(times -> times.get() == 3);
    }

    @Test
    @DisplayName("begins nothing while it is paused, and goes on when it is resumed")
    void pauses() {
        TaskQueue queue = opened();
        AtomicInteger runs = new AtomicInteger();
        start(
                queue,
                (task, failures) -> {
                    runs.incrementAndGet();
                    return TaskRunner.Next.NEVER;
                },
                2);
        queue.schedule(List.of(task("before")), now());
        Patience.until(() -> runs.get() == 1 && queue.due(now().plus(FAR)) == 0);
        queue.pause();
        queue.schedule(List.of(task("paused")), now());
        Instant later = now().plusMillis(500);
        Patience.until(() -> now().isAfter(later));
        assertThat(runs).hasValue(1);
        assertThat(queue.due(now())).isEqualTo(1);
        queue.resume();
        Patience.until(() -> runs.get() == 2);
    }

    @Test
    @DisplayName("forgets tasks that wait")
    void forgets() {
        TaskQueue queue = opened();
        queue.schedule(List.of(task("a"), task("b")), now());
        queue.forget(List.of(task("a")));
        List<BackgroundTask> ran = new CopyOnWriteArrayList<>();
        start(
                queue,
                (task, failures) -> {
                    ran.add(task);
                    return TaskRunner.Next.NEVER;
                },
                2);
        Patience.until(() -> ran.size() == 1 && queue.due(now().plus(FAR)) == 0);
        assertThat(ran).containsExactly(task("b"));
    }

    @Test
    @DisplayName("keeps a task whose run broke")
    void broke() {
        TaskQueue queue = opened();
        AtomicInteger runs = new AtomicInteger();
        start(
                queue,
                (task, failures) -> {
                    runs.incrementAndGet();
                    throw new IllegalStateException("a bug");
                },
                2);
        queue.schedule(List.of(task("a")), now());
        Patience.until(() -> runs.get() == 1 && queue.due(now().plus(FAR)) == 1);
        assertThat(queue.due(now())).isZero();
    }

    @Test
    @DisplayName("has its tasks again when it is opened again, if it is shared")
    void survives() {
        TaskQueue queue = opened();
        if (queue.shared()) {
            queue.schedule(List.of(task("kept")), now());
            queue.close();
            List<BackgroundTask> ran = new CopyOnWriteArrayList<>();
            start(
                    opened(),
                    (task, failures) -> {
                        ran.add(task);
                        return TaskRunner.Next.NEVER;
                    },
                    2);
            Patience.until(() -> ran.contains(task("kept")));
        }
    }
}
