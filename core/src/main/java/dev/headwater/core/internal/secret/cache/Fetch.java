package dev.headwater.core.internal.secret.cache;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** One call to a secret store, for all who want the secret meanwhile. It has one end, however many try to end it. */
final class Fetch {

    /** When it was asked for, in milliseconds of the registry's clock. */
    final long askedAt;

    private final long askedNanos = System.nanoTime();
    private final AtomicBoolean submitted = new AtomicBoolean();
    private final CompletableFuture<Known> outcome = new CompletableFuture<>();
    private final FutureTask<Void> task;

    /** @param secret the secret whose {@link CachedSecret#run} does the work */
    Fetch(CachedSecret secret, long askedAt) {
        this.askedAt = askedAt;
        this.task = new FutureTask<>(() -> secret.run(this), null);
    }

    /**
     * Begins it, unless somebody did. Called without a lock.
     *
     * @throws RejectedExecutionException if the cache has closed
     */
    void submit(Executor executor) {
        if (submitted.compareAndSet(false, true)) {
            executor.execute(task);
        }
    }

    /** Tells all who wait. */
    void end(Known known) {
        outcome.complete(known);
    }

    /** Interrupts the call if it runs, and lets it not begin if it does not yet. */
    void giveUp() {
        task.cancel(true);
    }

    boolean isOver() {
        return outcome.isDone();
    }

    Duration time() {
        return Duration.ofNanos(System.nanoTime() - askedNanos);
    }

    /**
     * Waits for the end.
     *
     * @param timeout milliseconds since it was asked for
     */
    Known await(long timeout) throws TimeoutException, InterruptedException {
        long left = TimeUnit.MILLISECONDS.toNanos(timeout) - (System.nanoTime() - askedNanos);
        try {
            return outcome.get(Math.max(left, 0), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a fetch ends with what is known then", e);
        }
    }

    /** {@return how it ended; it has} */
    Known ended() {
        return outcome.join();
    }
}
