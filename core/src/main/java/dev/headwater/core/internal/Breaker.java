package dev.headwater.core.internal;

import java.util.IdentityHashMap;
import java.util.concurrent.Future;

/**
 * Breaks off at once all that a registry waits for of data sources, when it closes. No thread that may be in the store is
 * interrupted: H2 closes its file when that happens, for all who have it open. Safe for use by many threads.
 */
public final class Breaker implements AutoCloseable {

    /** What is waited for, and whether the thread that does it may be interrupted. */
    private final IdentityHashMap<Future<?>, Boolean> waiting = new IdentityHashMap<>();

    private boolean broken;

    /** Notes what is waited for. If all is over already, it is cancelled at once. */
    synchronized void add(Future<?> work, boolean mayInterrupt) {
        if (broken) {
            work.cancel(mayInterrupt);
        } else {
            waiting.put(work, mayInterrupt);
        }
    }

    synchronized void remove(Future<?> work) {
        waiting.remove(work);
    }

    /** Cancels what is waited for, and what will be. */
    @Override
    public synchronized void close() {
        broken = true;
        waiting.forEach(Future::cancel);
        waiting.clear();
    }
}
