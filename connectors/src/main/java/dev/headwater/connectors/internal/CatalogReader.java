package dev.headwater.connectors.internal;

import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.TableList;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answer of a {@link JdbcKind#catalogQuery}: one row for each column of each table, in the order of schema,
 * table and column; for a table without columns, one row whose column name is null. Rows are streamed.
 *
 * <p>The columns of the answer, by position: schema, table, type (the name of a {@link TableType}), comment of the table,
 * column, its native type, its base type (for {@link JdbcKind#canonicalType}), whether it takes null, its comment, its
 * position in the primary key or null.
 */
final class CatalogReader {

    private static final int FETCH_SIZE = 2_000;
    private static final int PROGRESS_STEP = 100;

    private final JdbcKind kind;
    private final int maxTables;
    private final IntConsumer progress;

    private final List<TableSchema> tables = new ArrayList<>();
    private @Nullable Building current;

    CatalogReader(JdbcKind kind, int maxTables, IntConsumer progress) {
        this.kind = kind;
        this.maxTables = maxTables;
        this.progress = progress;
    }

    TableList read(PreparedStatement statement) throws SQLException {
        statement.setFetchSize(FETCH_SIZE);
        boolean truncated = false;
        try (ResultSet rows = statement.executeQuery()) {
            while (!truncated && rows.next()) {
                truncated = !take(rows);
            }
        }
        finishTable();
        progress.accept(tables.size());
        return new TableList(tables, truncated);
    }

    /** {@return false if the row begins a table too many} */
    private boolean take(ResultSet rows) throws SQLException {
        String schema = rows.getString(1);
        String table = rows.getString(2);
        if (current == null || !current.schema.equals(schema) || !current.name.equals(table)) {
            finishTable();
            if (tables.size() == maxTables) {
                return false;
            }
            current = new Building(schema, table, TableType.valueOf(rows.getString(3)), rows.getString(4));
        }
        String column = rows.getString(5);
        if (column != null) {
            current.columns.add(new ColumnSchema(
                    column,
                    rows.getString(6),
                    kind.canonicalType(rows.getString(7)),
                    rows.getBoolean(8),
                    rows.getString(9)));
            int keyPosition = rows.getInt(10);
            if (!rows.wasNull()) {
                current.key.put(keyPosition, column);
            }
        }
        return true;
    }

    private void finishTable() {
        Building done = current;
        if (done == null) {
            return;
        }
        current = null;
        tables.add(new TableSchema(
                null, done.schema, done.name, done.type, done.comment, done.columns, List.copyOf(done.key.values())));
        if (tables.size() % PROGRESS_STEP == 0) {
            progress.accept(tables.size());
        }
    }

    private static final class Building {
        final String schema;
        final String name;
        final TableType type;
        final @Nullable String comment;
        final List<ColumnSchema> columns = new ArrayList<>();
        final Map<Integer, String> key = new TreeMap<>();

        Building(String schema, String name, TableType type, @Nullable String comment) {
            this.schema = schema;
            this.name = name;
            this.type = type;
            this.comment = comment;
        }
    }
}
