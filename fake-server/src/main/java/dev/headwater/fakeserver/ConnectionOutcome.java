package dev.headwater.fakeserver;

import dev.headwater.spi.FailureCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a connection test ended.
 *
 * @param failure why it failed; null if it did not
 * @param message what the client is told; never a secret
 * @param latency how long it says that it took
 */
public record ConnectionOutcome(@Nullable FailureCode failure, String message, Duration latency) {

    private static final ConnectionOutcome SUCCESS =
            new ConnectionOutcome(null, "Connection successful", Duration.ofMillis(12));

    /** {@return whether it succeeded} */
    public boolean success() {
        return failure == null;
    }

    /** A test that succeeds. */
    public static ConnectionOutcome succeeded() {
        return SUCCESS;
    }

    /** A test that fails. */
    public static ConnectionOutcome failed(FailureCode code, String message) {
        return new ConnectionOutcome(code, message, Duration.ofMillis(12));
    }
}
