package dev.headwater.connectors.internal.duckdb;

import dev.headwater.connectors.internal.JdbcKind.CatalogQuery;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import java.util.List;
import java.util.Locale;

/** Reads DuckDB's metadata functions: https://duckdb.org/docs/stable/sql/meta/duckdb_table_functions. */
final class DuckDbCatalog {

    private static final String QUERY = """
            with relation as (
                select * from (
                    select schema_name, table_name, table_oid, 'TABLE' as type, comment
                    from duckdb_tables()
                    where database_name = current_database() and not internal
                    union all
                    select schema_name, view_name, view_oid, 'VIEW', comment
                    from duckdb_views()
                    where database_name = current_database() and not internal
                )
                order by schema_name, table_name
                limit ?
            ),
            key as (
                select schema_name, table_name, constraint_column_names as columns
                from duckdb_constraints()
                where database_name = current_database() and constraint_type = 'PRIMARY KEY'
            )
            select r.schema_name,
                   r.table_name,
                   r.type,
                   r.comment,
                   c.column_name,
                   c.data_type,
                   c.data_type,
                   c.is_nullable,
                   c.comment,
                   nullif(list_position(key.columns, c.column_name), 0)
            from relation r
            left join duckdb_columns() c
                on c.database_name = current_database()
                and c.schema_name = r.schema_name
                and c.table_name = r.table_name
            left join key on key.schema_name = r.schema_name and key.table_name = r.table_name
            order by r.schema_name, r.table_name, c.column_index
            """;

    private DuckDbCatalog() {}

    static CatalogQuery query(long maxTables) {
        return new CatalogQuery(QUERY, List.of(maxTables));
    }

    /** @param type the type in full, such as {@code DECIMAL(18,3)} or {@code STRUCT(a INTEGER)[]} */
    static CanonicalType canonicalType(String type) {
        if (type.endsWith("]")) {
            return CanonicalType.ARRAY;
        }
        int parameters = type.indexOf('(');
        String name = parameters < 0 ? type : type.substring(0, parameters);
        return switch (name.strip().toUpperCase(Locale.ROOT)) {
            case "BOOLEAN" -> CanonicalType.BOOLEAN;
            case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT" -> CanonicalType.INTEGER;
            case "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT", "BIGNUM", "VARINT" ->
                CanonicalType.INTEGER;
            case "DECIMAL" -> CanonicalType.DECIMAL;
            case "FLOAT", "DOUBLE" -> CanonicalType.FLOAT;
            case "VARCHAR", "ENUM", "BIT" -> CanonicalType.TEXT;
            case "BLOB" -> CanonicalType.BINARY;
            case "DATE" -> CanonicalType.DATE;
            case "TIME", "TIME_NS", "TIME WITH TIME ZONE" -> CanonicalType.TIME;
            case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" -> CanonicalType.TIMESTAMP;
            case "TIMESTAMP WITH TIME ZONE" -> CanonicalType.TIMESTAMP_WITH_ZONE;
            case "INTERVAL" -> CanonicalType.INTERVAL;
            case "UUID" -> CanonicalType.UUID;
            case "JSON", "VARIANT" -> CanonicalType.JSON;
            case "STRUCT", "UNION" -> CanonicalType.STRUCT;
            case "MAP" -> CanonicalType.MAP;
            case "GEOMETRY", "POINT_2D", "LINESTRING_2D", "POLYGON_2D", "BOX_2D" -> CanonicalType.GEOGRAPHY;
            default -> CanonicalType.UNKNOWN;
        };
    }
}
