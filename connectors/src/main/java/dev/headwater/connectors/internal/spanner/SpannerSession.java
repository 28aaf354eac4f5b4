package dev.headwater.connectors.internal.spanner;

import dev.headwater.connectors.QueryClient;
import dev.headwater.connectors.internal.rest.RestClient;
import dev.headwater.connectors.internal.rest.RestSession;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A login to Spanner. Reads {@code information_schema}, in words that both dialects of Spanner understand:
 * https://cloud.google.com/spanner/docs/information-schema.
 */
final class SpannerSession extends RestSession {

    private static final int COLUMNS = 7;

    private static final String CATALOG = """
            select t.table_schema, t.table_name, t.table_type, c.column_name, c.spanner_type, c.is_nullable,
                   k.ordinal_position
            from (select table_schema, table_name, table_type
                  from information_schema.tables
                  where lower(table_schema) not in ('information_schema', 'spanner_sys', 'pg_catalog')
                  order by table_schema, table_name
                  limit $limit) t
            left join information_schema.columns c
              on c.table_schema = t.table_schema and c.table_name = t.table_name
            left join information_schema.index_columns k
              on k.table_schema = c.table_schema and k.table_name = c.table_name
              and k.column_name = c.column_name and k.index_name = 'PRIMARY_KEY'
            order by t.table_schema, t.table_name, c.ordinal_position
            """;

    private final SpannerSql sql;

    SpannerSession(ConnectionTarget target, RestClient http, SpannerSql sql) {
        super(target, http);
        this.sql = sql;
    }

    @Override
    public String probe() {
        if (sql.run("select 1").rows().size() != 1) {
            throw new ConnectorException(FailureCode.WRONG_SERVER, "could not run a query: the answer has no row");
        }
        return "Spanner, database " + target.config().required("database") + " of "
                + target.config().required("instance");
    }

    @Override
    protected void read(Tables into) {
        QueryClient.Result result = sql.run(CATALOG.replace("$limit", Long.toString(into.wanted() + 1L)));
        List<ColumnSchema> columns = new ArrayList<>();
        Map<Integer, String> key = new TreeMap<>();
        List<@Nullable Object> last = List.of();
        for (List<@Nullable Object> row : result.rows()) {
            if (row.size() != COLUMNS) {
                throw new ConnectorException(
                        FailureCode.WRONG_SERVER, "a row of the answer has not " + COLUMNS + " columns");
            }
            if (!last.isEmpty() && !last.subList(0, 2).equals(row.subList(0, 2))) {
                into.add(table(last, columns, key));
                columns.clear();
                key.clear();
            }
            last = row;
            if (row.get(3) != null) {
                columns.add(column(row));
                addKey(row, key);
            }
        }
        if (!last.isEmpty()) {
            into.add(table(last, columns, key));
        }
    }

    private static void addKey(List<@Nullable Object> row, Map<Integer, String> key) {
        Object position = row.get(6);
        if (position != null) {
            try {
                key.put(Integer.valueOf(String.valueOf(position)), String.valueOf(row.get(3)));
            } catch (NumberFormatException e) {
                throw new ConnectorException(FailureCode.WRONG_SERVER, "a position in the answer is no number");
            }
        }
    }

    private static TableSchema table(List<@Nullable Object> row, List<ColumnSchema> columns, Map<Integer, String> key) {
        String schema = String.valueOf(row.get(0));
        return new TableSchema(
                null,
                schema.isEmpty() ? null : schema,
                String.valueOf(row.get(1)),
                "VIEW".equals(row.get(2)) ? TableType.VIEW : TableType.TABLE,
                null,
                columns,
                List.copyOf(key.values()));
    }

    private static ColumnSchema column(List<@Nullable Object> row) {
        String nativeType = String.valueOf(row.get(4));
        return new ColumnSchema(
                String.valueOf(row.get(3)), nativeType, canonicalType(nativeType), !"NO".equals(row.get(5)), null);
    }

    /** The types of both dialects: https://cloud.google.com/spanner/docs/reference/standard-sql/data-types. */
    private static CanonicalType canonicalType(String nativeType) {
        if (nativeType.endsWith("[]")) {
            return CanonicalType.ARRAY;
        }
        String base = nativeType.split("[(<]", 2)[0].strip().toUpperCase(Locale.ROOT);
        return switch (base) {
            case "BOOL", "BOOLEAN" -> CanonicalType.BOOLEAN;
            case "INT64", "BIGINT", "ENUM" -> CanonicalType.INTEGER;
            case "NUMERIC" -> CanonicalType.DECIMAL;
            case "FLOAT32", "FLOAT64", "REAL", "DOUBLE PRECISION" -> CanonicalType.FLOAT;
            case "STRING", "CHARACTER VARYING", "TEXT" -> CanonicalType.TEXT;
            case "BYTES", "BYTEA" -> CanonicalType.BINARY;
            case "DATE" -> CanonicalType.DATE;
            case "TIMESTAMP", "TIMESTAMP WITH TIME ZONE", "SPANNER.COMMIT_TIMESTAMP" ->
                CanonicalType.TIMESTAMP_WITH_ZONE;
            case "INTERVAL" -> CanonicalType.INTERVAL;
            case "UUID" -> CanonicalType.UUID;
            case "JSON", "JSONB" -> CanonicalType.JSON;
            case "ARRAY" -> CanonicalType.ARRAY;
            case "STRUCT", "PROTO" -> CanonicalType.STRUCT;
            default -> CanonicalType.UNKNOWN;
        };
    }

    @Override
    public void close() {
        sql.close();
        super.close();
    }
}
