package dev.headwater.core.internal.background;

import dev.headwater.core.internal.DaemonThreads;
import dev.headwater.spi.BackgroundTask;
import dev.headwater.spi.TaskQueue;
import dev.headwater.spi.TaskRunner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tasks in the memory of one registry, done by its own threads; gone with it. */
public final class LocalTaskQueue implements TaskQueue {

    private static final Logger LOG = LoggerFactory.getLogger(LocalTaskQueue.class);
    private static final long CLOSE_SECONDS = 5;

    /** The clock is looked at that often, since it may be one that is set. */
    private static final Duration LONGEST_LOOK_AWAY = Duration.ofMillis(100);

    private static final Duration AFTER_A_BUG = Duration.ofMinutes(1);

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // All guarded by the lock.
    private final Map<BackgroundTask, Entry> entries = new HashMap<>();
    private final TreeSet<Entry> waiting = new TreeSet<>();
    private long sequence;
    private int running;
    private int atOnce;
    private boolean paused;
    private boolean closed;
    private @Nullable ExecutorService threads;

    public LocalTaskQueue(Clock clock) {
        this.clock = clock;
    }

    /** A task. Waits if it is in {@code waiting}; runs if not. */
    private static final class Entry implements Comparable<Entry> {

        private final BackgroundTask task;
        private final long order;
        private Instant at;
        private int failures;
        private boolean runs;
        private @Nullable Instant onceMore;

        Entry(BackgroundTask task, long order, Instant at) {
            this.task = task;
            this.order = order;
            this.at = at;
        }

        @Override
        public int compareTo(Entry other) {
            int times = at.compareTo(other.at);
            return times == 0 ? Long.compare(order, other.order) : times;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(order);
        }
    }

    @Override
    public boolean shared() {
        return false;
    }

    @Override
    public void start(TaskRunner runner, ExecutorService executor, int most) {
        lock.lock();
        try {
            threads = executor;
            atOnce = most;
        } finally {
            lock.unlock();
        }
        new DaemonThreads("tasks").newThread(() -> dispatch(runner)).start();
    }

    @Override
    public void schedule(Collection<BackgroundTask> tasks, Instant at) {
        lock.lock();
        try {
            tasks.forEach(task -> schedule(task, at));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void schedule(BackgroundTask task, Instant at) {
        Entry entry = entries.get(task);
        if (entry == null) {
            entry = new Entry(task, sequence++, at);
            entries.put(task, entry);
            waiting.add(entry);
        } else if (entry.runs) {
            entry.onceMore = entry.onceMore == null || at.isBefore(entry.onceMore) ? at : entry.onceMore;
        } else if (at.isBefore(entry.at)) {
            waiting.remove(entry);
            entry.at = at;
            waiting.add(entry);
        }
    }

    @Override
    public void forget(Collection<BackgroundTask> tasks) {
        lock.lock();
        try {
            for (BackgroundTask task : tasks) {
                Entry entry = entries.get(task);
                if (entry != null && !entry.runs) {
                    waiting.remove(entry);
                    entries.remove(task);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long due(Instant at) {
        lock.lock();
        try {
            return waiting.stream().takeWhile(entry -> !entry.at.isAfter(at)).count();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void pause() {
        set(true);
    }

    @Override
    public void resume() {
        set(false);
    }

    private void set(boolean pause) {
        lock.lock();
        try {
            paused = pause;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Hands out what is due, as long as the queue is open. */
    private void dispatch(TaskRunner runner) {
        lock.lock();
        try {
            while (!closed) {
                Instant now = clock.instant();
                Entry next = waiting.isEmpty() || paused || running >= atOnce ? null : waiting.first();
                if (next == null || next.at.isAfter(now)) {
                    long unused = changed.awaitNanos(
                            shorter(next == null ? LONGEST_LOOK_AWAY : Duration.between(now, next.at)));
                } else {
                    begin(next, runner);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private static long shorter(Duration wait) {
        return Math.min(wait.toNanos(), LONGEST_LOOK_AWAY.toNanos());
    }

    private void begin(Entry entry, TaskRunner runner) {
        ExecutorService executor = threads;
        if (executor == null) {
            return;
        }
        waiting.remove(entry);
        entry.runs = true;
        running++;
        try {
            executor.execute(() -> run(entry, runner));
        } catch (RejectedExecutionException e) {
            running--;
            closed = true;
        }
    }

    private void run(Entry entry, TaskRunner runner) {
        TaskRunner.Next next;
        try {
            next = runner.run(entry.task, entry.failures);
        } catch (RuntimeException | Error e) {
            LOG.error("task {} broke: {}", entry.task.type(), e.getClass().getName());
            next = new TaskRunner.Next(clock.instant().plus(AFTER_A_BUG), entry.failures + 1);
        }
        ended(entry, next);
    }

    private void ended(Entry entry, TaskRunner.Next next) {
        lock.lock();
        try {
            running--;
            entry.runs = false;
            Instant at = next.at();
            Instant once = entry.onceMore;
            entry.onceMore = null;
            if (once != null && (at == null || once.isBefore(at))) {
                at = once;
            }
            entry.failures = next.failures();
            if (at == null) {
                entries.remove(entry.task);
            } else {
                entry.at = at;
                waiting.add(entry);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            long left = TimeUnit.SECONDS.toNanos(CLOSE_SECONDS);
            while (running > 0 && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
