package dev.headwater.core.internal;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one listener has still to hear, and the thread on which it does, in order. A listener that is slow holds up nobody but
 * itself; nothing is thrown away, so what it has not heard yet stays in memory, which is said in the log.
 */
public final class Mailbox<T> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);
    private static final long THREAD_KEPT_SECONDS = 10;
    private static final long CLOSE_SECONDS = 5;
    private static final int FIRST_WARNING = 10_000;

    private final Consumer<T> listener;
    private final String name;
    private final ThreadPoolExecutor thread;
    private volatile int warnAt = FIRST_WARNING;

    /** @param owner whose class is named when it fails */
    public Mailbox(Object owner, Consumer<T> listener) {
        this.listener = listener;
        this.name = owner.getClass().getName();
        this.thread = new ThreadPoolExecutor(
                1, 1, THREAD_KEPT_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new DaemonThreads("events"));
        thread.allowCoreThreadTimeOut(true);
    }

    /** Tells the listener, soon. */
    public void put(T event) {
        try {
            thread.execute(() -> tell(event));
        } catch (RejectedExecutionException e) {
            LOG.debug("an event came after the registry was closed");
            return;
        }
        int waiting = thread.getQueue().size();
        if (waiting >= warnAt) {
            warnAt = 2 * waiting;
            LOG.warn("listener {} is slow: {} events wait in memory", name, waiting);
        }
    }

    private void tell(T event) {
        try {
            listener.accept(event);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("listener {} failed: {}", name, e.getClass().getName());
        }
    }

    /** Lets the listener hear what waits, for some seconds at the most. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("listener {} did not hear all events before the registry closed", name);
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
