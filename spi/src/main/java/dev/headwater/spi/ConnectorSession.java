package dev.headwater.spi;

import java.util.List;
import java.util.function.IntConsumer;

/** One login to a data source, for tests and for reading its schema. Used by one thread at a time. */
public interface ConnectorSession extends AutoCloseable {

    /** The most bytes of keys and values that a {@linkplain #preview preview} holds. */
    int MAX_PREVIEW_BYTES = 1_048_576;

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

    /**
     * Shows a few messages of a stream, the latest that it can get at; takes none away from consumers, and moves no
     * position of theirs. An empty stream has none to show, and does not make the caller wait for one.
     *
     * <p>Only streams have messages: other sources keep this method as it is, which shows none.
     *
     * @param maxMessages how many at the most, at least 1
     * @return the messages in the order of their time, with no more than {@value #MAX_PREVIEW_BYTES} bytes of keys and
     *     values together; larger ones are left out
     * @throws ConnectorException if they cannot be read
     */
    default List<PreviewMessage> preview(int maxMessages) {
        return List.of();
    }

    /** Logs out. Never throws. */
    @Override
    void close();
}
