package dev.headwater.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One table, or what stands for a table in its kind of source.
 *
 * @param catalog the catalog or project that holds it, or null where the source has none
 * @param schema the schema, dataset or keyspace that holds it, or null where the source has none
 * @param name its name
 * @param type what it is
 * @param comment the source's own words on it, or null
 * @param columns its columns in their order
 * @param primaryKey the names of the columns of its primary key in key order; empty if none is known
 */
public record TableSchema(
        @Nullable String catalog,
        @Nullable String schema,
        String name,
        TableType type,
        @Nullable String comment,
        List<ColumnSchema> columns,
        List<String> primaryKey) {

    public TableSchema {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
    }

    /** What a {@link TableSchema} stands for. */
    public enum TableType {
        TABLE,
        VIEW,
        MATERIALIZED_VIEW,
        FOREIGN_TABLE,
        TOPIC,
        STREAM,
        INDEX,
        COLLECTION,
        FILE,
        FOLDER
    }
}
