package dev.headwater.core.internal;

import dev.headwater.spi.Commit;
import dev.headwater.spi.StoreException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the commit logs of the environments that are open on this node, on one thread: every so often for what other
 * nodes wrote, and at once when this node has written. While the store is away, what is warm goes on being served.
 */
public final class CommitFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CommitFollower.class);
    private static final long CLOSE_SECONDS = 5;

    private final Supplier<Collection<EnvironmentView>> views;
    private final Consumer<Commit> listener;
    private final ScheduledExecutorService thread;
    private boolean failing;

    /**
     * @param views the environments to follow, asked for each time
     * @param listener hears each commit once, in the order of each environment's log; called on the follower's thread
     * @param eachTime runs after each round
     */
    public CommitFollower(
            Supplier<Collection<EnvironmentView>> views,
            Consumer<Commit> listener,
            Runnable eachTime,
            Duration interval) {
        this.views = views;
        this.listener = listener;
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, new DaemonThreads("follower"));
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.thread = executor;
        ScheduledFuture<?> unused = thread.scheduleWithFixedDelay(
                () -> {
                    round();
                    eachTime.run();
                },
                interval.toNanos(),
                interval.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    /** Follows one environment soon, without waiting for it. */
    public void soon(EnvironmentView view) {
        try {
            thread.execute(() -> attempt(view));
        } catch (RejectedExecutionException e) {
            LOG.debug("the registry was closed while it wrote");
        }
    }

    private void round() {
        views.get().forEach(this::attempt);
    }

    /** What is thrown here would end the schedule, so everything is caught. */
    private void attempt(EnvironmentView view) {
        try {
            List<Commit> commits = view.follow();
            while (!commits.isEmpty()) {
                commits.forEach(listener);
                commits = view.follow();
            }
            if (failing) {
                failing = false;
                LOG.info("the store answers again");
            }
        } catch (StoreException e) {
            if (!failing) {
                failing = true;
                LOG.warn("cannot follow the commit log, warm data may be stale: {}", e.getMessage());
            }
        } catch (RuntimeException e) {
            LOG.error(
                    "cannot follow the commit log of {}: {}",
                    view.id(),
                    e.getClass().getName());
        }
    }

    /** Follows once more, so that listeners hear of what this node wrote last, and ends. */
    @Override
    public void close() {
        thread.execute(this::round);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
