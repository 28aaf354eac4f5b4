package dev.headwater.spi;

/** Where the schema sync of a data source stands. The values are Basedash's. */
public enum SyncStatus {
    /** A sync was asked for and has not ended. */
    PENDING,
    /** The last sync stored a snapshot. */
    SUCCESS,
    /** The last sync failed; the last good snapshot, if any, stays readable. */
    FAILED,
    /** No sync was ever asked for. */
    NEVER_SYNCED
}
