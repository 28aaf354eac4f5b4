package dev.headwater.connectors.internal;

import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A login on a thread of its own, for a driver that sleeps between tries, for as long as the server says: no socket that closes
 * wakes it up. The thread is interrupted when the time is up or the login is cancelled, and ends then.
 */
final class LoginAside {

    private LoginAside() {}

    /**
     * Logs in, and waits for it.
     *
     * @throws ConnectorException if that fails, takes too long or is cancelled
     */
    static Connection run(Supplier<Connection> login, String doing, Duration timeout, Cancellation cancellation) {
        CompletableFuture<Connection> made = new CompletableFuture<>();
        Thread thread = new Thread(() -> complete(made, login), "headwater-login");
        thread.setDaemon(true);
        thread.start();
        try (Cancellation.Registration registration = cancellation.onCancel(thread::interrupt)) {
            return made.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            return given(
                    made, new ConnectorException(FailureCode.TIMED_OUT, "could not " + doing + ": the time is up"));
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            return given(made, new ConnectorException(FailureCode.CANCELLED, "could not " + doing + ": interrupted"));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ConnectorException known) {
                throw known;
            }
            throw new IllegalStateException("a login failed without a reason", e.getCause());
        }
    }

    private static void complete(CompletableFuture<Connection> made, Supplier<Connection> login) {
        try {
            Connection connection = login.get();
            if (!made.complete(connection)) {
                // Who waited for it has gone.
                JdbcSession.closeQuietly(connection);
            }
        } catch (RuntimeException | Error e) {
            made.completeExceptionally(e);
        }
    }

    /** Gives up, unless the login ended in the last moment. */
    private static Connection given(CompletableFuture<Connection> made, ConnectorException up) {
        if (made.completeExceptionally(up)) {
            throw up;
        }
        try {
            return made.join();
        } catch (RuntimeException e) {
            throw up;
        }
    }
}
