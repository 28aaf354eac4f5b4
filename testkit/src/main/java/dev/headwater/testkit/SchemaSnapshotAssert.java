package dev.headwater.testkit;

import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.SchemaSnapshot;
import dev.headwater.spi.TableSchema;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on a {@link SchemaSnapshot}; begin with {@link HeadwaterAssertions}. A table goes by its name, or by as many
 * of catalog, schema and name as it has, with dots between them.
 */
public final class SchemaSnapshotAssert extends AbstractAssert<SchemaSnapshotAssert, SchemaSnapshot> {

    private static final int SHOWN = 50;

    SchemaSnapshotAssert(@Nullable SchemaSnapshot actual) {
        super(actual, SchemaSnapshotAssert.class);
    }

    /** Passes if there is such a table. */
    public SchemaSnapshotAssert hasTable(String table) {
        table(table);
        return this;
    }

    /** Passes if there is no such table. */
    public SchemaSnapshotAssert hasNoTable(String table) {
        if (!tables(table).isEmpty()) {
            failWithMessage("%nExpecting no table %s, but there is one", table);
        }
        return this;
    }

    /** Passes if there is a table with such a column of that type. */
    public SchemaSnapshotAssert hasColumn(String table, String column, CanonicalType type) {
        List<ColumnSchema> columns = table(table).columns();
        if (columns.stream().noneMatch(each -> each.name().equals(column) && each.type() == type)) {
            failWithMessage(
                    "%nExpecting %s to have a column %s of type %s, but it has%n  %s",
                    table,
                    column,
                    type,
                    columns.stream()
                            .map(each -> each.name() + " " + each.type())
                            .collect(Collectors.joining(", ")));
        }
        return this;
    }

    /** Passes if there are that many tables. */
    public SchemaSnapshotAssert hasTables(int count) {
        if (snapshot().tables().size() != count) {
            failWithMessage(
                    "%nExpecting %s tables, but there are %s:%n  %s",
                    count, snapshot().tables().size(), names());
        }
        return this;
    }

    /** Passes if all tables of the source were read. */
    public SchemaSnapshotAssert isComplete() {
        if (snapshot().truncated()) {
            failWithMessage(
                    "%nExpecting all tables, but a limit ended the reading after %s",
                    snapshot().tables().size());
        }
        return this;
    }

    private TableSchema table(String name) {
        List<TableSchema> found = tables(name);
        if (found.size() != 1) {
            failWithMessage("%nExpecting one table %s, but there are %s among%n  %s", name, found.size(), names());
        }
        return found.get(0);
    }

    private List<TableSchema> tables(String name) {
        return snapshot().tables().stream()
                .filter(table ->
                        qualified(table).equals(name) || qualified(table).endsWith("." + name))
                .toList();
    }

    private static String qualified(TableSchema table) {
        return Stream.of(table.catalog(), table.schema(), table.name())
                .filter(Objects::nonNull)
                .collect(Collectors.joining("."));
    }

    private String names() {
        int count = snapshot().tables().size();
        return snapshot().tables().stream()
                        .limit(SHOWN)
                        .map(SchemaSnapshotAssert::qualified)
                        .collect(Collectors.joining(", "))
                + (count > SHOWN ? ", …" : "");
    }

    private SchemaSnapshot snapshot() {
        isNotNull();
        return actual;
    }
}
