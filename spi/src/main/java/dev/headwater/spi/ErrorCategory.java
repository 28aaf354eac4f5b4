package dev.headwater.spi;

/** Who can do something about an error. */
public enum ErrorCategory {
    /** The caller asked for what cannot be: bad input, an unknown name, no permission. */
    CALLER,
    /** Somebody else was first: read again, decide, and try again. */
    CONFLICT,
    /** Something outside failed: a data source, a secret manager, the database of a store. */
    EXTERNAL,
    /** Headwater or a plug-in broke its own promise. */
    INTERNAL
}
