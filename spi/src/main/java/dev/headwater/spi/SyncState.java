package dev.headwater.spi;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The schema sync of a data source, as last observed. Times are cut to microseconds.
 *
 * @param status where it stands
 * @param lastAttemptAt when a sync last began, or null if none did
 * @param lastSuccessAt when a sync last stored a snapshot, or null if none did
 * @param error why the last sync failed, without any secret, at most {@value #MAX_ERROR_LENGTH} characters; or null
 */
public record SyncState(
        SyncStatus status,
        @Nullable Instant lastAttemptAt,
        @Nullable Instant lastSuccessAt,
        @Nullable String error) {

    /** The most characters of an error. */
    public static final int MAX_ERROR_LENGTH = 2_000;

    /** A data source that was never synced. */
    public static final SyncState NEVER_SYNCED = new SyncState(SyncStatus.NEVER_SYNCED, null, null, null);

    public SyncState {
        lastAttemptAt = lastAttemptAt == null ? null : lastAttemptAt.truncatedTo(ChronoUnit.MICROS);
        lastSuccessAt = lastSuccessAt == null ? null : lastSuccessAt.truncatedTo(ChronoUnit.MICROS);
        if (error != null) {
            Checks.length("sync error", error, MAX_ERROR_LENGTH);
        }
    }

    /** {@return whether a first sync has stored a snapshot} */
    public boolean firstSyncDone() {
        return lastSuccessAt != null;
    }
}
