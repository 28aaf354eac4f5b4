package dev.headwater.connectors.internal.redshift;

import dev.headwater.connectors.internal.JdbcKind.CatalogQuery;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import java.util.List;

/**
 * Reads {@code SVV_TABLES} and {@code SVV_COLUMNS}, which hold local tables, views, late-binding views and the external
 * tables of Redshift Spectrum: https://docs.aws.amazon.com/redshift/latest/dg/r_SVV_COLUMNS.html. Keys come from
 * {@code pg_constraint}; Redshift does not enforce them.
 */
final class RedshiftCatalog {

    /** Redshift's PostgreSQL is version 8.0, which has no function to find a number in an array. */
    private static final int LONGEST_KEY = 16;

    private static final String QUERY = """
            select t.table_schema,
                   t.table_name,
                   t.kind,
                   t.remarks,
                   c.column_name,
                   case
                       when c.character_maximum_length is not null and c.data_type like 'char%%'
                           then c.data_type || '(' || c.character_maximum_length || ')'
                       when c.data_type = 'numeric'
                           then c.data_type || '(' || c.numeric_precision || ',' || c.numeric_scale || ')'
                       else c.data_type end,
                   c.data_type,
                   lower(c.is_nullable) <> 'no',
                   c.remarks,
                   case a.attnum %s end
            from (
                select s.table_schema,
                       s.table_name,
                       case
                           when s.table_type like '%%EXTERNAL%%' then 'FOREIGN_TABLE'
                           when s.table_type like '%%VIEW%%' then 'VIEW'
                           else 'TABLE' end as kind,
                       s.remarks,
                       r.oid
                from svv_tables s
                left join pg_catalog.pg_namespace n on n.nspname = s.table_schema
                left join pg_catalog.pg_class r on r.relnamespace = n.oid and r.relname = s.table_name
                where s.table_schema not in ('information_schema', 'pg_catalog', 'pg_internal', 'pg_automv')
                  and s.table_schema not like 'pg!_temp!_%%' escape '!'
                  and (? = '' or s.table_schema = ?)
                  and (n.oid is null or has_schema_privilege(n.oid, 'USAGE'))
                  and (r.oid is null or has_table_privilege(r.oid, 'SELECT'))
                order by s.table_schema, s.table_name
                limit ?
            ) t
            left join svv_columns c on c.table_schema = t.table_schema and c.table_name = t.table_name
            left join pg_catalog.pg_attribute a on a.attrelid = t.oid and a.attname = c.column_name
            left join pg_catalog.pg_constraint k on k.conrelid = t.oid and k.contype = 'p'
            order by t.table_schema, t.table_name, c.ordinal_position
            """.formatted(keyPositions());

    private RedshiftCatalog() {}

    private static String keyPositions() {
        StringBuilder cases = new StringBuilder();
        for (int i = 1; i <= LONGEST_KEY; i++) {
            cases.append("when k.conkey[").append(i).append("] then ").append(i).append(' ');
        }
        return cases.toString().strip();
    }

    /** @param schema the only schema to read, or empty for all */
    static CatalogQuery query(String schema, long maxTables) {
        return new CatalogQuery(QUERY, List.of(schema, schema, maxTables));
    }

    /**
     * {@return the canonical type}
     *
     * @param dataType as Redshift names it (https://docs.aws.amazon.com/redshift/latest/dg/c_Supported_data_types.html); of an
     *     external table, as its catalog does
     */
    static CanonicalType canonicalType(String dataType) {
        int end = dataType.indexOf('(');
        int angle = dataType.indexOf('<');
        String base = dataType.substring(0, end >= 0 ? end : angle >= 0 ? angle : dataType.length());
        return switch (base.strip()) {
            case "boolean" -> CanonicalType.BOOLEAN;
            case "smallint", "integer", "bigint", "int", "tinyint", "oid" -> CanonicalType.INTEGER;
            case "numeric", "decimal" -> CanonicalType.DECIMAL;
            case "real", "double precision", "float", "double" -> CanonicalType.FLOAT;
            case "character varying", "character", "text", "name", "\"char\"", "varchar", "char", "string" ->
                CanonicalType.TEXT;
            case "binary varying", "varbyte", "binary" -> CanonicalType.BINARY;
            case "date" -> CanonicalType.DATE;
            case "time without time zone", "time with time zone" -> CanonicalType.TIME;
            case "timestamp without time zone", "timestamp" -> CanonicalType.TIMESTAMP;
            case "timestamp with time zone" -> CanonicalType.TIMESTAMP_WITH_ZONE;
            case "interval year to month", "interval day to second", "interval" -> CanonicalType.INTERVAL;
            case "super" -> CanonicalType.JSON;
            case "array" -> CanonicalType.ARRAY;
            case "struct" -> CanonicalType.STRUCT;
            case "map" -> CanonicalType.MAP;
            case "geometry", "geography" -> CanonicalType.GEOGRAPHY;
            default -> CanonicalType.UNKNOWN;
        };
    }
}
