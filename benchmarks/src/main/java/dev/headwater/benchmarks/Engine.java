package dev.headwater.benchmarks;

/** The database behind a store. */
public enum Engine {
    /** In the memory of this process. */
    H2,
    /** A server on this machine, over TCP. */
    POSTGRESQL
}
