package dev.headwater.spi;

/**
 * What was last seen of a data source from outside. Observations are no commits: they change without a version.
 *
 * @param sync its schema sync
 * @param health its health
 */
public record Observations(SyncState sync, HealthState health) {

    /** Nothing was seen yet. */
    public static final Observations NONE = new Observations(SyncState.NEVER_SYNCED, HealthState.NEVER_TRIED);
}
