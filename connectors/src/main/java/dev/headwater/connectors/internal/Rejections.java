package dev.headwater.connectors.internal;

import dev.headwater.spi.ClientState;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers that a source has rejected the logins of a pool. For a while nobody else is sent there: it would say the same,
 * and many servers lock an account after a few wrong passwords. The while doubles with each rejection. Safe for use by
 * many threads.
 */
final class Rejections {

    static final Duration SHORTEST = Duration.ofSeconds(1);
    static final Duration LONGEST = Duration.ofSeconds(30);

    /** What does not go away by trying again at once. */
    private static final Set<FailureCode> DEFINITE = EnumSet.of(
            FailureCode.INVALID_CONFIG,
            FailureCode.DESTINATION_REFUSED,
            FailureCode.HOST_KEY_REFUSED,
            FailureCode.WRONG_CREDENTIALS,
            FailureCode.NO_SUCH_DATABASE,
            FailureCode.PERMISSION_DENIED);

    private final LongSupplier nanoTime;
    private @Nullable ConnectorException last;
    private long until;
    private Duration pause = SHORTEST;

    Rejections() {
        this(System::nanoTime);
    }

    Rejections(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    static boolean definite(FailureCode code) {
        return DEFINITE.contains(code);
    }

    synchronized void succeeded() {
        last = null;
        pause = SHORTEST;
    }

    synchronized void failed(ConnectorException failure) {
        last = failure;
        if (definite(failure.failure())) {
            until = nanoTime.getAsLong() + pause.toNanos();
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        }
    }

    /** @throws SQLException at once, if the source has rejected a login a moment ago */
    synchronized void refuseIfRejected() throws SQLException {
        ConnectorException rejection = last;
        if (rejection != null && definite(rejection.failure()) && nanoTime.getAsLong() - until < 0) {
            throw new SQLException(rejection.getMessage(), rejection);
        }
    }

    synchronized Optional<ClientState.Failure> lastFailure() {
        return Optional.ofNullable(last)
                .map(failure -> new ClientState.Failure(failure.failure(), String.valueOf(failure.getMessage())));
    }
}
