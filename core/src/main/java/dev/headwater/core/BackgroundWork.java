package dev.headwater.core;

import dev.headwater.spi.TaskQueue;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;

/** The background work of a registry on this node: a switch to pause it, and how much waits. Safe for use by many threads. */
public final class BackgroundWork {

    private final TaskQueue queue;
    private final Clock clock;
    private final AtomicBoolean paused = new AtomicBoolean();

    BackgroundWork(TaskQueue queue, Clock clock) {
        this.queue = queue;
        this.clock = clock;
    }

    /**
     * Begins no more tasks on this node until {@link #resume()}; those that run go on. Other nodes take over the tasks of a queue
     * that they share. Linked secrets go on being refreshed: pools depend on them.
     */
    public void pause() {
        if (paused.compareAndSet(false, true)) {
            queue.pause();
        }
    }

    /** Begins tasks again. */
    public void resume() {
        if (paused.compareAndSet(true, false)) {
            queue.resume();
        }
    }

    /** {@return whether it is paused on this node} */
    public boolean paused() {
        return paused.get();
    }

    /**
     * {@return how many tasks are due now and wait, of all nodes where the queue is shared} Blocks on the queue.
     *
     * @throws dev.headwater.spi.StoreException if the queue cannot be reached
     */
    public long waiting() {
        return queue.due(clock.instant());
    }
}
