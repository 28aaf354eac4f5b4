package dev.headwater.connectors.internal.trino;

import dev.headwater.connectors.internal.JdbcKind.CatalogQuery;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import java.util.List;
import java.util.Locale;

/** Reads the catalog {@code system}: https://trino.io/docs/current/connector/system.html. */
final class TrinoCatalog {

    /**
     * Each table of {@code system} is held to one catalog and one schema, since Trino asks every catalog for what is not
     * held to one. Trino knows no keys.
     */
    private static final String QUERY = """
            with relation as (
                select table_schem, table_name, table_type
                from system.jdbc.tables
                where table_cat = ? and table_schem = ?
                order by table_schem, table_name
                limit ?
            ),
            materialized as (
                select schema_name, name
                from system.metadata.materialized_views
                where catalog_name = ? and schema_name = ?
            ),
            table_comment as (
                select schema_name, table_name, comment
                from system.metadata.table_comments
                where catalog_name = ? and schema_name = ?
            ),
            col as (
                select table_schem, table_name, column_name, type_name, is_nullable, remarks, ordinal_position
                from system.jdbc.columns
                where table_cat = ? and table_schem = ?
            )
            select r.table_schem,
                   r.table_name,
                   case
                       when m.name is not null then 'MATERIALIZED_VIEW'
                       when r.table_type = 'VIEW' then 'VIEW'
                       else 'TABLE' end,
                   t.comment,
                   c.column_name,
                   c.type_name,
                   c.type_name,
                   c.is_nullable <> 'NO',
                   c.remarks,
                   cast(null as integer)
            from relation r
            left join materialized m on m.schema_name = r.table_schem and m.name = r.table_name
            left join table_comment t on t.schema_name = r.table_schem and t.table_name = r.table_name
            left join col c on c.table_schem = r.table_schem and c.table_name = r.table_name
            order by r.table_schem, r.table_name, c.ordinal_position
            """;

    private TrinoCatalog() {}

    static CatalogQuery query(String catalog, String schema, long maxTables) {
        return new CatalogQuery(
                QUERY, List.of(catalog, schema, maxTables, catalog, schema, catalog, schema, catalog, schema));
    }

    /** @param type the type in full, such as {@code decimal(18,3)} or {@code timestamp(3) with time zone} */
    static CanonicalType canonicalType(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        int parameters = lower.indexOf('(');
        String name = parameters < 0 ? lower : lower.substring(0, parameters);
        return switch (name.strip()) {
            case "boolean" -> CanonicalType.BOOLEAN;
            case "tinyint", "smallint", "integer", "bigint" -> CanonicalType.INTEGER;
            case "decimal", "number" -> CanonicalType.DECIMAL;
            case "real", "double" -> CanonicalType.FLOAT;
            case "varchar", "char", "ipaddress" -> CanonicalType.TEXT;
            case "varbinary" -> CanonicalType.BINARY;
            case "date" -> CanonicalType.DATE;
            case "time", "time with time zone" -> CanonicalType.TIME;
            case "timestamp", "timestamp with time zone" ->
                lower.endsWith("with time zone") ? CanonicalType.TIMESTAMP_WITH_ZONE : CanonicalType.TIMESTAMP;
            case "interval year to month", "interval day to second" -> CanonicalType.INTERVAL;
            case "uuid" -> CanonicalType.UUID;
            case "json", "variant" -> CanonicalType.JSON;
            case "array" -> CanonicalType.ARRAY;
            case "row" -> CanonicalType.STRUCT;
            case "map" -> CanonicalType.MAP;
            case "geometry", "sphericalgeography" -> CanonicalType.GEOGRAPHY;
            default -> CanonicalType.UNKNOWN;
        };
    }
}
