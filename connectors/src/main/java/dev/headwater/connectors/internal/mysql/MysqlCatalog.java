package dev.headwater.connectors.internal.mysql;

import dev.headwater.connectors.internal.JdbcKind.CatalogQuery;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import java.util.List;
import java.util.Locale;

/**
 * Reads {@code information_schema}, which shows a user what he may use:
 * https://dev.mysql.com/doc/refman/8.4/en/information-schema.html. It has what MySQL, MariaDB and SingleStore have in common.
 *
 * <p>MariaDB compares these names without regard to case, while two tables may differ in nothing else; so they are compared
 * as bytes as well. Its views have no indexes either, but what a limit keeps apart is kept with one, by any of them: without
 * that, the joins of many tables take minutes.
 */
final class MysqlCatalog {

    private static final String QUERY = """
            select t.table_schema,
                   t.table_name,
                   case t.table_type when 'VIEW' then 'VIEW' else 'TABLE' end,
                   case when t.table_type = 'VIEW' then null else nullif(t.table_comment, '') end,
                   c.column_name,
                   c.column_type,
                   case
                       when ? and lower(c.column_type) = 'tinyint(1)' then 'boolean'
                       when lower(c.column_type) = 'bit(1)' then 'boolean'
                       else c.data_type end,
                   c.is_nullable = 'YES',
                   nullif(c.column_comment, ''),
                   k.ordinal_position
            from (
                select table_schema, table_name, table_type, table_comment
                from information_schema.tables
                where table_type in ('BASE TABLE', 'SYSTEM VERSIONED', 'VIEW')
                  and table_schema not in
                      ('information_schema', 'mysql', 'performance_schema', 'sys', 'memsql', 'cluster', '_vt')
                  and (database() is null or cast(table_schema as binary) = cast(database() as binary))
                order by table_schema, table_name, cast(table_schema as binary), cast(table_name as binary)
                limit ?
            ) t
            left join (
                select table_schema, table_name, column_name, ordinal_position, column_type, data_type, is_nullable,
                       column_comment
                from information_schema.columns
                where database() is null or cast(table_schema as binary) = cast(database() as binary)
                limit 9223372036854775807
            ) c
                on c.table_schema = t.table_schema
                and c.table_name = t.table_name
                and cast(c.table_schema as binary) = cast(t.table_schema as binary)
                and cast(c.table_name as binary) = cast(t.table_name as binary)
            left join (
                select table_schema, table_name, column_name, ordinal_position
                from information_schema.key_column_usage
                where constraint_name = 'PRIMARY'
                  and (database() is null or cast(table_schema as binary) = cast(database() as binary))
                limit 9223372036854775807
            ) k
                on k.table_schema = c.table_schema
                and k.table_name = c.table_name
                and k.column_name = c.column_name
                and cast(k.table_schema as binary) = cast(c.table_schema as binary)
                and cast(k.table_name as binary) = cast(c.table_name as binary)
            order by t.table_schema, t.table_name, cast(t.table_schema as binary), cast(t.table_name as binary),
                     c.ordinal_position
            """;

    private MysqlCatalog() {}

    /** @param flags whether a {@code tinyint(1)} is a flag */
    static CatalogQuery query(boolean flags, long maxTables) {
        return new CatalogQuery(QUERY, List.of(flags, maxTables));
    }

    /** @param baseType as the query gives it: the name of the type, or boolean */
    static CanonicalType canonicalType(String baseType) {
        return switch (baseType.toLowerCase(Locale.ROOT)) {
            case "boolean" -> CanonicalType.BOOLEAN;
            case "tinyint", "smallint", "mediumint", "int", "bigint", "year" -> CanonicalType.INTEGER;
            case "decimal" -> CanonicalType.DECIMAL;
            case "float", "double" -> CanonicalType.FLOAT;
            case "char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set" -> CanonicalType.TEXT;
            case "inet4", "inet6", "xmltype" -> CanonicalType.TEXT;
            case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob", "bit", "bson" ->
                CanonicalType.BINARY;
            case "date" -> CanonicalType.DATE;
            case "time" -> CanonicalType.TIME;
            case "datetime" -> CanonicalType.TIMESTAMP;
            // It holds a moment, and shows it in the zone of the session.
            case "timestamp" -> CanonicalType.TIMESTAMP_WITH_ZONE;
            case "uuid" -> CanonicalType.UUID;
            case "json" -> CanonicalType.JSON;
            case "vector" -> CanonicalType.ARRAY;
            case "geometry", "point", "linestring", "polygon", "multipoint", "multilinestring", "multipolygon" ->
                CanonicalType.GEOGRAPHY;
            case "geometrycollection", "geomcollection", "geography", "geographypoint" -> CanonicalType.GEOGRAPHY;
            default -> CanonicalType.UNKNOWN;
        };
    }
}
