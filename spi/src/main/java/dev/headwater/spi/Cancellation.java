package dev.headwater.spi;

import java.util.ArrayList;
import java.util.List;

/**
 * How the one who waits for blocking work ends it: whoever does the work registers what breaks it off (closing the socket,
 * cancelling the statement), and {@link #cancel()} runs all of that. Safe for use by many threads.
 */
public final class Cancellation {

    private final List<Runnable> actions = new ArrayList<>();
    private boolean cancelled;

    /**
     * Registers an action that breaks off what is being done. It runs on the thread that cancels, so it must not block;
     * if the work is cancelled already, it runs at once, on this thread.
     *
     * @return forgets the action, when what it would break off has ended
     */
    public Registration onCancel(Runnable action) {
        synchronized (this) {
            if (!cancelled) {
                actions.add(action);
                return () -> forget(action);
            }
        }
        action.run();
        return () -> {};
    }

    private synchronized void forget(Runnable action) {
        actions.remove(action);
    }

    /** Breaks off what is being done. An action that fails does not keep the others from running. */
    public void cancel() {
        List<Runnable> todo;
        synchronized (this) {
            cancelled = true;
            todo = List.copyOf(actions);
            actions.clear();
        }
        RuntimeException failure = null;
        for (Runnable action : todo) {
            try {
                action.run();
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** {@return whether {@link #cancel()} was called} */
    public synchronized boolean cancelled() {
        return cancelled;
    }

    /** What {@link #onCancel} gives back. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {

        /** Forgets the action. */
        @Override
        void close();
    }
}
