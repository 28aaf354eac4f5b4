package dev.headwater.core.internal;

import dev.headwater.spi.Commit;
import dev.headwater.spi.DataSourceStore;
import dev.headwater.spi.EnvironmentHead;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the commit logs of the environments that are open on this node, on one thread: every so often for what other
 * nodes wrote, and at once when this node has written. Every so often, all heads are asked for at once, and logs are read only
 * where there is something new. While the store is away, what is warm goes on being served.
 */
public final class CommitFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CommitFollower.class);
    private static final long CLOSE_SECONDS = 5;

    private final DataSourceStore store;
    private final Map<EnvironmentId, EnvironmentView> views;
    private final Consumer<Commit> listener;
    private final ScheduledExecutorService thread;
    private volatile long currentAt = System.nanoTime();
    private boolean failing;

    /**
     * @param views the environments to follow, looked at each time
     * @param listener hears each commit once, in the order of each environment's log; called on the follower's thread
     * @param eachTime runs after each round
     */
    public CommitFollower(
            DataSourceStore store,
            Map<EnvironmentId, EnvironmentView> views,
            Consumer<Commit> listener,
            Runnable eachTime,
            Duration interval) {
        this.store = store;
        this.views = views;
        this.listener = listener;
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, new DaemonThreads("follower"));
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.thread = executor;
        ScheduledFuture<?> unused = thread.scheduleWithFixedDelay(
                () -> {
                    round();
                    boolean ignored = guarded(eachTime);
                },
                interval.toNanos(),
                interval.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    /** Follows one environment soon, without waiting for it. */
    public void soon(EnvironmentView view) {
        try {
            thread.execute(() -> {
                boolean unused = guarded(() -> follow(view));
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("the registry was closed while it wrote");
        }
    }

    /**
     * Follows one environment, and waits for it: whatever was committed before, by any node, is known here after it.
     *
     * @throws StoreException if the store fails, or the registry is closed
     */
    public void now(EnvironmentView view) {
        try {
            thread.submit(() -> {
                        follow(view);
                        view.followDeploymentsIfInUse();
                    })
                    .get();
        } catch (RejectedExecutionException e) {
            throw new StoreException("the registry is closed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("waiting for the latest commits was interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreException failure) {
                throw failure;
            }
            throw new StoreException("cannot follow the commit log of " + view.id());
        }
    }

    /** {@return how long ago all commits of all nodes were last known} */
    public Duration staleness() {
        return Duration.ofNanos(System.nanoTime() - currentAt);
    }

    private void round() {
        long began = System.nanoTime();
        if (guarded(this::followAll)) {
            currentAt = began;
        }
    }

    /** What is wrong with one environment keeps no other one from being followed. */
    private void followAll() {
        Map<EnvironmentId, EnvironmentHead> heads = views.isEmpty() ? Map.of() : store.heads(views.keySet());
        RuntimeException failure = null;
        for (Map.Entry<EnvironmentId, EnvironmentHead> head : heads.entrySet()) {
            EnvironmentView view = views.get(head.getKey());
            try {
                if (view != null && view.isBehind(head.getValue())) {
                    follow(view);
                    view.followDeploymentsIfInUse();
                }
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void follow(EnvironmentView view) {
        List<Commit> commits = view.follow();
        while (!commits.isEmpty()) {
            commits.forEach(listener);
            commits = view.follow();
        }
    }

    /** What is thrown here would end the schedule, so everything is caught. */
    private boolean guarded(Runnable work) {
        try {
            work.run();
            if (failing) {
                failing = false;
                LOG.info("the store answers again");
            }
            return true;
        } catch (StoreException e) {
            if (!failing) {
                failing = true;
                LOG.warn("cannot follow the commit log, warm data may be stale: {}", e.getMessage());
            }
        } catch (RuntimeException e) {
            LOG.error("cannot follow the commit log: {}", e.getClass().getName());
        }
        return false;
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
