package dev.headwater.spi;

import java.util.function.IntConsumer;

/** One login to a data source, for tests and for reading its schema. Used by one thread at a time. */
public interface ConnectorSession extends AutoCloseable {

    /**
     * Does the least that proves that something can be read, as a round trip.
     *
     * @return what answered, such as {@code PostgreSQL 18.6}; no secrets
     * @throws ConnectorException if it cannot be read
     */
    String probe();

    /**
     * Reads the tables of the data source with their columns.
     *
     * @param maxTables how many tables at the most
     * @param progress hears how many tables were read so far, now and then
     * @throws ConnectorException if they cannot be read
     */
    TableList readTables(int maxTables, IntConsumer progress);

    /** Logs out. Never throws. */
    @Override
    void close();
}
