package dev.headwater.spi;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What a data source held when its schema was last read.
 *
 * @param readAt when, in microseconds
 * @param tables its tables, views, topics and so on, in the order read
 * @param truncated whether a limit ended the reading before the source did
 */
public record SchemaSnapshot(Instant readAt, List<TableSchema> tables, boolean truncated) {

    public SchemaSnapshot {
        readAt = readAt.truncatedTo(ChronoUnit.MICROS);
        tables = List.copyOf(tables);
    }

    /** {@return the number of columns of all tables} */
    public int columnCount() {
        return tables.stream().mapToInt(table -> table.columns().size()).sum();
    }
}
