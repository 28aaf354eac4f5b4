package dev.headwater.fakeserver.internal.rest;

import dev.headwater.fakeserver.ConnectionAttempt;
import dev.headwater.fakeserver.ConnectionOutcome;
import dev.headwater.fakeserver.SchemaReads;
import dev.headwater.fakeserver.internal.FakeSource;
import dev.headwater.fakeserver.internal.Scope;
import dev.headwater.fakeserver.internal.World;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.HealthState;
import dev.headwater.spi.HealthStatus;
import dev.headwater.spi.SchemaSnapshot;
import dev.headwater.spi.SourceSystem;
import dev.headwater.spi.SyncState;
import dev.headwater.spi.SyncStatus;
import dev.headwater.spi.TableSchema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Tests the connections of data sources and reads their schemas, at once or in the background, and notes on the data source
 * what came of it. Safe for use by many threads.
 */
public final class SchemaSync implements AutoCloseable {

    private final World world;
    private final ExecutorService background = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "headwater-fake-sync");
        thread.setDaemon(true);
        return thread;
    });
    private final Object lock = new Object();
    private int running;
    private volatile SchemaReads reads = SchemaReads.sample();

    public SchemaSync(World world) {
        this.world = world;
    }

    /** What is read from now on. */
    public void reads(SchemaReads schemaReads) {
        reads = schemaReads;
    }

    /** {@return the attempt to connect with a config that a client gave} */
    public ConnectionAttempt attempt(SourceSystem system, Scope scope, FakeSource source) {
        return new ConnectionAttempt(
                system,
                scope.id(),
                source.kind(),
                source.name(),
                world.translator().canonical(source.kind(), source.config()));
    }

    /** The data source, said to wait for a sync. */
    public FakeSource pending(FakeSource source) {
        return SourceFacts.with(
                source,
                new SyncState(SyncStatus.PENDING, null, SourceFacts.sync(source).lastSuccessAt(), null));
    }

    /** Tests the connection and reads the schema in the background. */
    public void later(SourceSystem system, Scope scope, FakeSource source) {
        synchronized (lock) {
            running++;
        }
        try {
            background.execute(() -> {
                try {
                    testAndRead(system, scope, source);
                } finally {
                    ended();
                }
            });
        } catch (RejectedExecutionException e) {
            // the server is closing, and nobody will ask how the sync went
            ended();
        }
    }

    private void ended() {
        synchronized (lock) {
            running--;
            lock.notifyAll();
        }
    }

    /** {@return whether nothing runs in the background} Waits for it, at most so long. */
    public boolean awaitIdle(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        synchronized (lock) {
            for (long left = atMost.toNanos(); running > 0 && left > 0; left = deadline - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(lock, left);
            }
            return running == 0;
        }
    }

    private void testAndRead(SourceSystem system, Scope scope, FakeSource source) {
        ConnectionOutcome outcome = test(system, scope, source);
        note(scope, source, found -> SourceFacts.with(found, health(found, outcome)));
        if (outcome.success()) {
            read(system, scope, source);
        } else {
            note(scope, source, found -> failed(found, world.now(), outcome.message()));
        }
    }

    private ConnectionOutcome test(SourceSystem system, Scope scope, FakeSource source) {
        try {
            return world.test(attempt(system, scope, source));
        } catch (RuntimeException e) {
            return ConnectionOutcome.failed(FailureCode.FAILED, "the connection could not be tested");
        }
    }

    /**
     * Reads the schema.
     *
     * @return why that failed; null if it did not
     */
    public @Nullable String read(SourceSystem system, Scope scope, FakeSource source) {
        Instant start = world.now();
        String error;
        try {
            List<TableSchema> tables = reads.read(attempt(system, scope, source));
            Instant end = world.now();
            SyncState done = new SyncState(SyncStatus.SUCCESS, start, end, null);
            SchemaSnapshot schema = new SchemaSnapshot(end, tables, false);
            note(scope, source, found -> SourceFacts.with(SourceFacts.with(found, schema), done));
            return null;
        } catch (ConnectorException e) {
            error = String.valueOf(e.getMessage());
        } catch (RuntimeException e) {
            // what a test's own code says is not for the wire
            error = "the schema could not be read";
        }
        String why = error;
        note(scope, source, found -> failed(found, start, why));
        return why;
    }

    private static FakeSource failed(FakeSource source, Instant start, String error) {
        String shown = error.substring(0, Math.min(error.length(), SyncState.MAX_ERROR_LENGTH));
        return SourceFacts.with(
                source,
                new SyncState(SyncStatus.FAILED, start, SourceFacts.sync(source).lastSuccessAt(), shown));
    }

    /** {@return the health after a test} */
    public HealthState health(FakeSource source, ConnectionOutcome outcome) {
        Instant now = world.now();
        return outcome.success()
                ? new HealthState(HealthStatus.HEALTHY, now, now, null)
                : new HealthState(
                        HealthStatus.UNHEALTHY, now, SourceFacts.health(source).lastHealthyAt(), null);
    }

    /** Changes what is known of a data source, unless it is gone. */
    private static void note(Scope scope, FakeSource source, UnaryOperator<FakeSource> change) {
        scope.atomically(() -> scope.find(source.id()).map(found -> scope.put(change.apply(found))));
    }

    /** Ends what runs in the background, without waiting for it. */
    @Override
    public void close() {
        background.shutdownNow();
    }
}
