package dev.headwater.connectors.internal.snowflake;

import dev.headwater.connectors.internal.JdbcKind.CatalogQuery;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import java.util.List;
import java.util.Locale;

/**
 * Reads the information schema of the session's database: https://docs.snowflake.com/en/sql-reference/info-schema. It does
 * not tell the columns of keys.
 */
final class SnowflakeCatalog {

    /** What the login may see. Numbers without a scale are whole; texts of the greatest length have no length. */
    private static final String QUERY = """
            select r.table_schema,
                   r.table_name,
                   case r.table_type
                       when 'VIEW' then 'VIEW'
                       when 'MATERIALIZED VIEW' then 'MATERIALIZED_VIEW'
                       when 'EXTERNAL TABLE' then 'FOREIGN_TABLE'
                       else 'TABLE' end,
                   r.comment,
                   c.column_name,
                   case
                       when c.data_type = 'NUMBER' then 'NUMBER(' || c.numeric_precision || ',' || c.numeric_scale || ')'
                       when c.data_type in ('TEXT', 'BINARY') and c.character_maximum_length < 8388608
                           then c.data_type || '(' || c.character_maximum_length || ')'
                       else c.data_type end,
                   case when c.data_type = 'NUMBER' and c.numeric_scale = 0 then 'INTEGER' else c.data_type end,
                   c.is_nullable = 'YES',
                   c.comment,
                   cast(null as integer)
            from (
                select table_schema, table_name, table_type, comment
                from information_schema.tables
                where table_schema <> 'INFORMATION_SCHEMA'%s
                order by table_schema, table_name
                limit %d
            ) r
            left join information_schema.columns c
                on c.table_schema = r.table_schema and c.table_name = r.table_name
            order by r.table_schema, r.table_name, c.ordinal_position
            """;

    private SnowflakeCatalog() {}

    /** @param oneSchema whether to read the schema of the session only */
    static CatalogQuery query(boolean oneSchema, long maxTables) {
        // Snowflake takes no parameter for a limit.
        String where = oneSchema ? " and table_schema = current_schema()" : "";
        return new CatalogQuery(QUERY.formatted(where, maxTables), List.of());
    }

    static CanonicalType canonicalType(String baseType) {
        return switch (baseType.toUpperCase(Locale.ROOT)) {
            case "BOOLEAN" -> CanonicalType.BOOLEAN;
            case "INTEGER" -> CanonicalType.INTEGER;
            case "NUMBER", "DECFLOAT" -> CanonicalType.DECIMAL;
            case "FLOAT", "REAL" -> CanonicalType.FLOAT;
            case "TEXT", "VARCHAR" -> CanonicalType.TEXT;
            case "BINARY" -> CanonicalType.BINARY;
            case "DATE" -> CanonicalType.DATE;
            case "TIME" -> CanonicalType.TIME;
            case "TIMESTAMP_NTZ" -> CanonicalType.TIMESTAMP;
            case "TIMESTAMP_LTZ", "TIMESTAMP_TZ" -> CanonicalType.TIMESTAMP_WITH_ZONE;
            case "UUID" -> CanonicalType.UUID;
            case "VARIANT" -> CanonicalType.JSON;
            case "ARRAY", "VECTOR" -> CanonicalType.ARRAY;
            // Without declared fields it is a map of names to variants.
            case "OBJECT", "MAP" -> CanonicalType.MAP;
            case "GEOGRAPHY", "GEOMETRY" -> CanonicalType.GEOGRAPHY;
            default -> CanonicalType.UNKNOWN;
        };
    }
}
