package dev.headwater.connectors.internal.databricks;

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
import org.jspecify.annotations.Nullable;

/**
 * A login to Databricks. Reads Unity Catalog's own description of all that the login may see:
 * https://docs.databricks.com/aws/en/sql/language-manual/sql-ref-information-schema.
 */
final class DatabricksSession extends RestSession {

    private static final int COLUMNS = 9;

    private static final String CATALOG = """
            select t.table_catalog, t.table_schema, t.table_name, t.table_type, t.comment,
                   c.column_name, c.full_data_type, c.is_nullable, c.comment
            from (select table_catalog, table_schema, table_name, table_type, comment
                  from system.information_schema.tables
                  where table_schema <> 'information_schema' and table_catalog <> 'system'
                    and (:catalog = '' or table_catalog = :catalog)
                    and (:schema = '' or table_schema = :schema)
                  order by table_catalog, table_schema, table_name
                  limit $limit) t
            left join system.information_schema.columns c
              on c.table_catalog = t.table_catalog and c.table_schema = t.table_schema
              and c.table_name = t.table_name
            order by t.table_catalog, t.table_schema, t.table_name, c.ordinal_position
            """;

    private static final String PRESENCE = """
            select count(*) from system.information_schema.schemata
            where schema_name = :schema and (:catalog = '' or catalog_name = :catalog)
            """;

    private final DatabricksSql sql;

    DatabricksSession(ConnectionTarget target, RestClient http, DatabricksSql sql) {
        super(target, http);
        this.sql = sql;
    }

    private Map<String, String> parameters() {
        return Map.of(
                "catalog", target.config().extraProperties().getOrDefault(DatabricksKind.CATALOG, ""),
                "schema", target.config().text("database").orElse(""));
    }

    /** Runs a statement, which shows whether the warehouse is there, and looks for the schema if one is named. */
    void checkPresence() {
        String schema = parameters().getOrDefault("schema", "");
        if (schema.isEmpty()) {
            probe();
        } else if (one(sql.run(PRESENCE, parameters()).rows()).equals("0")) {
            throw new ConnectorException(
                    FailureCode.NO_SUCH_DATABASE,
                    http.line("there is no schema " + schema + " that the login may see"));
        }
    }

    private static String one(List<List<@Nullable Object>> rows) {
        if (rows.size() != 1 || rows.get(0).size() != 1) {
            throw new ConnectorException(FailureCode.WRONG_SERVER, "could not run a statement: the answer has no row");
        }
        return String.valueOf(rows.get(0).get(0));
    }

    @Override
    public String probe() {
        return http.line("Databricks "
                + one(sql.run("select current_version().dbsql_version", Map.of())
                        .rows()));
    }

    @Override
    protected void read(Tables into) {
        List<ColumnSchema> columns = new ArrayList<>();
        List<@Nullable Object> last = List.of();
        String limited = CATALOG.replace("$limit", Long.toString(into.wanted() + 1L));
        for (List<@Nullable Object> row : sql.run(limited, parameters()).rows()) {
            if (row.size() != COLUMNS) {
                throw new ConnectorException(
                        FailureCode.WRONG_SERVER, "a row of the answer has not " + COLUMNS + " columns");
            }
            if (!last.isEmpty() && !last.subList(0, 3).equals(row.subList(0, 3))) {
                into.add(table(last, columns));
                columns.clear();
            }
            last = row;
            if (row.get(5) != null) {
                columns.add(column(row));
            }
        }
        if (!last.isEmpty()) {
            into.add(table(last, columns));
        }
    }

    private static TableSchema table(List<@Nullable Object> row, List<ColumnSchema> columns) {
        return new TableSchema(
                String.valueOf(row.get(0)),
                String.valueOf(row.get(1)),
                String.valueOf(row.get(2)),
                type(String.valueOf(row.get(3))),
                text(row.get(4)),
                columns,
                List.of());
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null || value.toString().isEmpty() ? null : value.toString();
    }

    private static TableType type(String type) {
        return switch (type) {
            case "VIEW" -> TableType.VIEW;
            case "MATERIALIZED_VIEW" -> TableType.MATERIALIZED_VIEW;
            case "FOREIGN" -> TableType.FOREIGN_TABLE;
            default -> TableType.TABLE;
        };
    }

    private static ColumnSchema column(List<@Nullable Object> row) {
        String nativeType = String.valueOf(row.get(6));
        return new ColumnSchema(
                String.valueOf(row.get(5)),
                nativeType,
                canonicalType(nativeType),
                !"NO".equals(row.get(7)),
                text(row.get(8)));
    }

    /** Types: https://docs.databricks.com/aws/en/sql/language-manual/sql-ref-datatypes. */
    private static CanonicalType canonicalType(String nativeType) {
        String base = nativeType.split("[(<]", 2)[0].strip().toUpperCase(Locale.ROOT);
        return switch (base) {
            case "BOOLEAN" -> CanonicalType.BOOLEAN;
            case "TINYINT", "SMALLINT", "INT", "BIGINT" -> CanonicalType.INTEGER;
            case "DECIMAL" -> CanonicalType.DECIMAL;
            case "FLOAT", "DOUBLE" -> CanonicalType.FLOAT;
            case "STRING", "VARCHAR", "CHAR" -> CanonicalType.TEXT;
            case "BINARY" -> CanonicalType.BINARY;
            case "DATE" -> CanonicalType.DATE;
            case "TIMESTAMP" -> CanonicalType.TIMESTAMP_WITH_ZONE;
            case "TIMESTAMP_NTZ" -> CanonicalType.TIMESTAMP;
            case "VARIANT" -> CanonicalType.JSON;
            case "ARRAY" -> CanonicalType.ARRAY;
            case "STRUCT" -> CanonicalType.STRUCT;
            case "MAP" -> CanonicalType.MAP;
            case "GEOGRAPHY", "GEOMETRY" -> CanonicalType.GEOGRAPHY;
            default -> base.startsWith("INTERVAL") ? CanonicalType.INTERVAL : CanonicalType.UNKNOWN;
        };
    }
}
