package dev.headwater.spi;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The health of a data source, as last observed. Times are cut to microseconds.
 *
 * @param status the outcome of the last try
 * @param lastAttemptAt when it was last tried, or null if never
 * @param lastHealthyAt when a try last passed, or null if none did
 * @param message why it is not healthy, without any secret, at most {@value #MAX_MESSAGE_LENGTH} characters; or null
 */
public record HealthState(
        HealthStatus status,
        @Nullable Instant lastAttemptAt,
        @Nullable Instant lastHealthyAt,
        @Nullable String message) {

    /** The most characters of a message. */
    public static final int MAX_MESSAGE_LENGTH = 2_000;

    /** A data source that was never tried. */
    public static final HealthState NEVER_TRIED = new HealthState(HealthStatus.UNKNOWN, null, null, null);

    public HealthState {
        lastAttemptAt = lastAttemptAt == null ? null : lastAttemptAt.truncatedTo(ChronoUnit.MICROS);
        lastHealthyAt = lastHealthyAt == null ? null : lastHealthyAt.truncatedTo(ChronoUnit.MICROS);
        if (message != null) {
            Checks.length("health message", message, MAX_MESSAGE_LENGTH);
        }
    }
}
