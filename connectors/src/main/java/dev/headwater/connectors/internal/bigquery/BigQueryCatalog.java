package dev.headwater.connectors.internal.bigquery;

import dev.headwater.connectors.internal.rest.Json;
import dev.headwater.connectors.internal.rest.RestSession.Tables;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tables of a dataset by one query: https://cloud.google.com/bigquery/docs/information-schema-intro. Fields
 * within a {@code STRUCT} follow it as columns of their own, by their path ({@code address.city}).
 */
final class BigQueryCatalog {

    private static final int COLUMNS = 9;

    private static final String QUERY = """
            with listed as (
              select table_name, table_type from $views.TABLES order by table_name limit $limit
            ),
            key_column as (
              select k.table_name, k.column_name, k.ordinal_position
              from $views.KEY_COLUMN_USAGE k
              join $views.TABLE_CONSTRAINTS t
                on t.constraint_name = k.constraint_name and t.table_name = k.table_name
              where t.constraint_type = 'PRIMARY KEY'
            )
            select l.table_name, l.table_type, o.option_value,
                   f.field_path, f.data_type, f.description,
                   if(f.field_path = c.column_name, c.is_nullable, 'YES'),
                   key_column.ordinal_position,
                   c.ordinal_position
            from listed l
            left join $views.TABLE_OPTIONS o on o.table_name = l.table_name and o.option_name = 'description'
            left join $views.COLUMNS c on c.table_name = l.table_name and c.is_hidden = 'NO'
            left join $views.COLUMN_FIELD_PATHS f
              on f.table_name = c.table_name and f.column_name = c.column_name
            left join key_column
              on key_column.table_name = c.table_name and key_column.column_name = f.field_path
            order by l.table_name, c.ordinal_position, f.field_path
            """;

    private final String project;
    private final String dataset;
    private final Tables into;

    private String table = "";
    private TableType type = TableType.TABLE;
    private @Nullable String comment;
    private final List<ColumnSchema> columns = new ArrayList<>();
    private final Map<Integer, String> key = new TreeMap<>();

    BigQueryCatalog(String project, String dataset, Tables into) {
        this.project = project;
        this.dataset = dataset;
        this.into = into;
    }

    /** {@return the query; it costs what BigQuery bills at the least for each of the views that it reads} */
    String query(long maxTables) {
        return QUERY.replace("$views", quoted(project) + "." + quoted(dataset) + ".INFORMATION_SCHEMA")
                .replace("$limit", Long.toString(maxTables));
    }

    /** Project and dataset are checked to have no backtick. */
    private static String quoted(String name) {
        if (name.indexOf('`') >= 0 || name.indexOf('\\') >= 0) {
            throw new ConnectorException(FailureCode.WRONG_SERVER, "a name holds a character that none can have");
        }
        return "`" + name + "`";
    }

    void take(List<Optional<String>> row) {
        if (row.size() != COLUMNS) {
            throw new ConnectorException(
                    FailureCode.WRONG_SERVER, "the answer of a query has " + row.size() + " columns, not " + COLUMNS);
        }
        String name = row.get(0).orElse("");
        if (!name.equals(table)) {
            finish();
            table = name;
            type = type(row.get(1).orElse(""));
            comment = row.get(2).map(BigQueryCatalog::unquoted).orElse(null);
        }
        row.get(3).ifPresent(path -> {
            String nativeType = row.get(4).orElse("");
            columns.add(new ColumnSchema(
                    path,
                    nativeType,
                    canonicalType(nativeType),
                    !row.get(6).orElse("YES").equals("NO"),
                    row.get(5).filter(text -> !text.isEmpty()).orElse(null)));
            row.get(7).ifPresent(position -> key.put(number(position), path));
        });
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new ConnectorException(FailureCode.WRONG_SERVER, "a position in the answer is no number");
        }
    }

    /** Hands on the last table. */
    void finish() {
        if (!table.isEmpty()) {
            into.add(new TableSchema(project, dataset, table, type, comment, columns, List.copyOf(key.values())));
        }
        table = "";
        columns.clear();
        key.clear();
    }

    private static TableType type(String tableType) {
        return switch (tableType) {
            case "VIEW" -> TableType.VIEW;
            case "MATERIALIZED VIEW" -> TableType.MATERIALIZED_VIEW;
            case "EXTERNAL" -> TableType.FOREIGN_TABLE;
            default -> TableType.TABLE;
        };
    }

    /** Options are given as SQL; the escapes of its strings are, but for rare ones, those of JSON. */
    private static String unquoted(String option) {
        return option.startsWith("\"")
                ? Json.parse("[" + option + "]")
                        .flatMap(json -> json.list().get(0).text())
                        .orElse(option)
                : option;
    }

    static CanonicalType canonicalType(String nativeType) {
        String base = nativeType.split("[(<]", 2)[0].strip().toUpperCase(Locale.ROOT);
        return switch (base) {
            case "BOOL", "BOOLEAN" -> CanonicalType.BOOLEAN;
            case "INT64", "INTEGER" -> CanonicalType.INTEGER;
            case "NUMERIC", "BIGNUMERIC", "DECIMAL", "BIGDECIMAL" -> CanonicalType.DECIMAL;
            case "FLOAT64", "FLOAT32", "FLOAT" -> CanonicalType.FLOAT;
            case "STRING" -> CanonicalType.TEXT;
            case "BYTES" -> CanonicalType.BINARY;
            case "DATE" -> CanonicalType.DATE;
            case "TIME" -> CanonicalType.TIME;
            case "DATETIME" -> CanonicalType.TIMESTAMP;
            case "TIMESTAMP" -> CanonicalType.TIMESTAMP_WITH_ZONE;
            case "INTERVAL" -> CanonicalType.INTERVAL;
            case "JSON" -> CanonicalType.JSON;
            case "ARRAY" -> CanonicalType.ARRAY;
            case "STRUCT", "RECORD" -> CanonicalType.STRUCT;
            case "GEOGRAPHY" -> CanonicalType.GEOGRAPHY;
            default -> CanonicalType.UNKNOWN;
        };
    }
}
