package dev.headwater.core;

import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.SchemaSnapshot;
import dev.headwater.spi.TableSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is different in a new snapshot of a schema. A table is the same one if its catalog, schema and name are, a column if its
 * name is; so a rename is a removal and an addition. Comments do not count.
 *
 * @param added tables of the new snapshot that the old one does not have
 * @param removed tables of the old snapshot that the new one does not have
 * @param changed tables of both that differ
 * @param partial whether one of the snapshots was truncated; then tables may only seem to be added or removed
 */
public record SchemaDifference(
        List<TableSchema> added, List<TableSchema> removed, List<TableChange> changed, boolean partial) {

    public SchemaDifference {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        changed = List.copyOf(changed);
    }

    /**
     * A table that differs.
     *
     * @param before the table before
     * @param after the table now
     * @param columnsAdded names of columns that are new
     * @param columnsRemoved names of columns that are gone
     * @param columnsChanged names of columns with another type or nullability
     */
    public record TableChange(
            TableSchema before,
            TableSchema after,
            List<String> columnsAdded,
            List<String> columnsRemoved,
            List<String> columnsChanged) {

        public TableChange {
            columnsAdded = List.copyOf(columnsAdded);
            columnsRemoved = List.copyOf(columnsRemoved);
            columnsChanged = List.copyOf(columnsChanged);
        }

        private boolean matters() {
            return !columnsAdded.isEmpty()
                    || !columnsRemoved.isEmpty()
                    || !columnsChanged.isEmpty()
                    || before.type() != after.type()
                    || !before.primaryKey().equals(after.primaryKey());
        }
    }

    private record TableKey(
            @Nullable String catalog, @Nullable String schema, String name) {

        static TableKey of(TableSchema table) {
            return new TableKey(table.catalog(), table.schema(), table.name());
        }
    }

    /**
     * {@return how a snapshot differs from the one before}
     *
     * @param before null if there was none; then all tables are added
     */
    public static SchemaDifference between(@Nullable SchemaSnapshot before, SchemaSnapshot after) {
        Map<TableKey, TableSchema> old = new LinkedHashMap<>();
        if (before != null) {
            before.tables().forEach(table -> old.put(TableKey.of(table), table));
        }
        List<TableSchema> added = new ArrayList<>();
        List<TableChange> changed = new ArrayList<>();
        for (TableSchema table : after.tables()) {
            TableSchema was = old.remove(TableKey.of(table));
            if (was == null) {
                added.add(table);
            } else if (!was.equals(table)) {
                TableChange change = change(was, table);
                if (change.matters()) {
                    changed.add(change);
                }
            }
        }
        return new SchemaDifference(
                added, List.copyOf(old.values()), changed, after.truncated() || (before != null && before.truncated()));
    }

    private static TableChange change(TableSchema before, TableSchema after) {
        Map<String, ColumnSchema> old = new LinkedHashMap<>();
        before.columns().forEach(column -> old.put(column.name(), column));
        List<String> added = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        for (ColumnSchema column : after.columns()) {
            ColumnSchema was = old.remove(column.name());
            if (was == null) {
                added.add(column.name());
            } else if (was.type() != column.type()
                    || was.nullable() != column.nullable()
                    || !was.nativeType().equals(column.nativeType())) {
                changed.add(column.name());
            }
        }
        return new TableChange(before, after, added, List.copyOf(old.keySet()), changed);
    }

    /** {@return whether nothing differs} */
    public boolean isEmpty() {
        return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
    }
}
