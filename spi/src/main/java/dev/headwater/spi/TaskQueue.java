package dev.headwater.spi;

import java.time.Instant;
import java.util.Collection;
import java.util.concurrent.ExecutorService;

/**
 * Keeps background tasks and has them done at their time, each by one thread at a time. A queue decides when and where a
 * task runs, the {@link TaskRunner} what is done and when again. The contract of {@code headwater-testkit} ({@code
 * TaskQueueContract}) says when an implementation is right.
 *
 * <p><b>Promises.</b> A task that was scheduled runs at its time or soon after, and goes on being due until a run of it
 * has returned. No task runs twice at the same time, wherever the queue is open, as long as a node that runs it can
 * reach what the queue is kept in. A task that is scheduled while it runs, runs once more after that.
 *
 * <p>All methods may be called by many threads at once, and may block on I/O. They throw {@link StoreException} when the
 * queue cannot be reached.
 */
public interface TaskQueue extends AutoCloseable {

    /**
     * {@return whether other processes have the same tasks, and tasks outlive the process} Then a task that a killed
     * process was running is run again by another one, and one node plans for all.
     */
    boolean shared();

    /**
     * Begins to have tasks done on this node. Called once. Tasks may be scheduled before.
     *
     * @param runner does them
     * @param threads where; the queue may shut them down when it is closed
     * @param atOnce how many at once, at the most
     */
    void start(TaskRunner runner, ExecutorService threads, int atOnce);

    /**
     * Sees to it that tasks run at a time: those that are not there are added, those that would run later are moved
     * forward, those that run now run once more. Tasks that would run earlier anyway stay as they are.
     */
    void schedule(Collection<BackgroundTask> tasks, Instant at);

    /** Forgets tasks. One that runs now goes on, and is forgotten when its run says so. */
    void forget(Collection<BackgroundTask> tasks);

    /** {@return how many tasks were due at a time and wait} May be a little out of date. */
    long due(Instant at);

    /** Begins no more tasks on this node until {@link #resume()}; those that run go on. */
    void pause();

    /** Begins tasks again after {@link #pause()}. */
    void resume();

    /** Begins no more tasks, and waits some seconds for those that run. Closing twice does nothing more. */
    @Override
    void close();
}
