package dev.headwater.connectors.internal.firebolt;

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
import org.jspecify.annotations.Nullable;

/** A login to Firebolt. The schema is one query: https://docs.firebolt.io/reference-sql/information-schema. */
final class FireboltSession extends RestSession {

    private static final int COLUMNS = 6;

    private final FireboltEngine engine;

    FireboltSession(ConnectionTarget target, RestClient http, FireboltEngine engine) {
        super(target, http);
        this.engine = engine;
    }

    @Override
    public String probe() {
        QueryClient.Result result = engine.query("select version()");
        if (result.rows().size() != 1 || result.rows().get(0).isEmpty()) {
            throw new ConnectorException(FailureCode.WRONG_SERVER, "could not run a query: the answer has no row");
        }
        return http.line("Firebolt " + result.rows().get(0).get(0));
    }

    @Override
    protected void read(Tables into) {
        String schema = target.config().text("schema").orElse("");
        String only = schema.isEmpty() ? "" : " and table_schema = '" + literal(schema) + "'";
        String sql = "select t.table_schema, t.table_name, t.table_type, c.column_name, c.data_type, c.is_nullable"
                + " from (select table_schema, table_name, table_type from information_schema.tables"
                + " where table_schema <> 'information_schema'" + only
                + " order by table_schema, table_name limit " + (into.wanted() + 1L) + ") t"
                + " left join information_schema.columns c"
                + " on c.table_schema = t.table_schema and c.table_name = t.table_name"
                + " order by t.table_schema, t.table_name, c.ordinal_position";
        List<ColumnSchema> columns = new ArrayList<>();
        List<@Nullable Object> last = List.of();
        for (List<@Nullable Object> row : engine.query(sql).rows()) {
            if (row.size() != COLUMNS) {
                throw new ConnectorException(
                        FailureCode.WRONG_SERVER, "a row of the answer has not " + COLUMNS + " columns");
            }
            if (!last.isEmpty() && !last.subList(0, 2).equals(row.subList(0, 2))) {
                into.add(table(last, columns));
                columns.clear();
            }
            last = row;
            if (row.get(3) != null) {
                columns.add(column(row));
            }
        }
        if (!last.isEmpty()) {
            into.add(table(last, columns));
        }
    }

    /** Firebolt reads backslashes in plain literals as they are. */
    private static String literal(String text) {
        return text.replace("'", "''");
    }

    private static TableSchema table(List<@Nullable Object> row, List<ColumnSchema> columns) {
        return new TableSchema(
                null,
                String.valueOf(row.get(0)),
                String.valueOf(row.get(1)),
                type(String.valueOf(row.get(2)).toUpperCase(Locale.ROOT)),
                null,
                columns,
                List.of());
    }

    private static TableType type(String type) {
        return switch (type) {
            case "VIEW" -> TableType.VIEW;
            case "EXTERNAL" -> TableType.FOREIGN_TABLE;
            default -> TableType.TABLE;
        };
    }

    private static ColumnSchema column(List<@Nullable Object> row) {
        String nativeType = String.valueOf(row.get(4));
        String nullable = String.valueOf(row.get(5)).toUpperCase(Locale.ROOT);
        return new ColumnSchema(
                String.valueOf(row.get(3)),
                nativeType,
                canonicalType(nativeType),
                !nullable.equals("NO") && !nullable.equals("FALSE") && !nullable.equals("0"),
                null);
    }

    /** Types: https://docs.firebolt.io/reference-sql/data-types. */
    private static CanonicalType canonicalType(String nativeType) {
        String base = nativeType.split("\\(", 2)[0].strip().toLowerCase(Locale.ROOT);
        return switch (base) {
            case "boolean" -> CanonicalType.BOOLEAN;
            case "int", "integer", "bigint", "long" -> CanonicalType.INTEGER;
            case "numeric", "decimal" -> CanonicalType.DECIMAL;
            case "real", "float", "double", "double precision" -> CanonicalType.FLOAT;
            case "text", "string", "varchar" -> CanonicalType.TEXT;
            case "bytea" -> CanonicalType.BINARY;
            case "date", "pgdate" -> CanonicalType.DATE;
            case "timestamp", "timestampntz" -> CanonicalType.TIMESTAMP;
            case "timestamptz" -> CanonicalType.TIMESTAMP_WITH_ZONE;
            case "array" -> CanonicalType.ARRAY;
            case "struct" -> CanonicalType.STRUCT;
            case "geography" -> CanonicalType.GEOGRAPHY;
            default -> CanonicalType.UNKNOWN;
        };
    }
}
