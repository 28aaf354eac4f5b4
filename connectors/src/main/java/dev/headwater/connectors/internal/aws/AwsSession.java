package dev.headwater.connectors.internal.aws;

import dev.headwater.connectors.internal.Failures;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import java.util.function.Supplier;

/** What the sessions of the kinds of AWS share: how they ask, and how they end. */
public abstract class AwsSession implements ConnectorSession {

    private final ConnectionTarget target;
    private final Runnable close;

    protected AwsSession(ConnectionTarget target, Runnable close) {
        this.target = target;
        this.close = close;
    }

    protected final ConnectionTarget target() {
        return target;
    }

    /**
     * Asks the service.
     *
     * @param doing what for, such as {@code list the tables}
     * @throws ConnectorException if that fails, or the work was cancelled
     */
    protected final <T> T ask(String doing, Supplier<T> call) {
        Failures.refuseCancelled(target);
        try {
            return call.get();
        } catch (RuntimeException e) {
            throw AwsFailures.translate(target, doing, e);
        }
    }

    /** {@return the limit, which must be at least 1} */
    protected static int positive(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("the limit must be at least 1, is " + limit);
        }
        return limit;
    }

    @Override
    public final void close() {
        close.run();
    }
}
