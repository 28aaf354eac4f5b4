package dev.headwater.spi;

/** Whether a data source answered when it was last tried. */
public enum HealthStatus {
    /** The last try passed. */
    HEALTHY,
    /** The last try failed. */
    UNHEALTHY,
    /** It was never tried, or cannot be tried from here. */
    UNKNOWN
}
