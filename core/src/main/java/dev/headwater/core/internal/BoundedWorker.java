package dev.headwater.core.internal;

import dev.headwater.spi.Cancellation;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that does blocking work for a caller who will not wait beyond a deadline, whatever a driver does. When the
 * time is up, the work is cancelled (which closes its sockets) and its thread interrupted.
 */
final class BoundedWorker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BoundedWorker.class);
    private static final ThreadFactory THREADS = new DaemonThreads("work");

    /** How long closing waits for the thread before and after it breaks the work off. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final ExecutorService thread = Executors.newSingleThreadExecutor(THREADS);
    private final Cancellation cancellation = new Cancellation();
    private final Breaker breaker;

    /** @param breaker breaks the work off when the registry closes */
    BoundedWorker(Breaker breaker) {
        this.breaker = breaker;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    /**
     * Does the work on the thread and waits for it.
     *
     * @throws TimeoutException if the time is up; the work was cancelled
     * @throws InterruptedException if the caller was interrupted; the work was cancelled
     * @throws ExecutionException with what the work threw
     * @throws CancellationException if the registry closes; the work was cancelled
     */
    <T> T call(Callable<T> work, Duration timeout) throws TimeoutException, InterruptedException, ExecutionException {
        return call(work, timeout, true);
    }

    /**
     * Does work that may read the store, whose thread is therefore never interrupted; it ends by the store's own timeout. Otherwise
     * as {@link #call(Callable, Duration)}.
     */
    <T> T callStore(Callable<T> work, Duration timeout)
            throws TimeoutException, InterruptedException, ExecutionException {
        return call(work, timeout, false);
    }

    private <T> T call(Callable<T> work, Duration timeout, boolean mayInterrupt)
            throws TimeoutException, InterruptedException, ExecutionException {
        Future<T> future = thread.submit(work);
        breaker.add(future, mayInterrupt);
        try {
            return future.get(Math.max(timeout.toNanos(), 0), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | InterruptedException | CancellationException e) {
            breakOff();
            future.cancel(mayInterrupt);
            throw e;
        } finally {
            breaker.remove(future);
        }
    }

    /** Does something after all else, however late that ends, without waiting for it. */
    void finallyDo(Runnable work) {
        thread.execute(work);
    }

    private void breakOff() {
        try {
            cancellation.cancel();
        } catch (RuntimeException e) {
            LOG.debug("breaking work off failed: {}", e.getClass().getName());
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        if (ended()) {
            return;
        }
        breakOff();
        if (!ended()) {
            LOG.warn("a driver does not end although its work was cancelled; its thread is left behind");
        }
    }

    private boolean ended() {
        try {
            return thread.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
