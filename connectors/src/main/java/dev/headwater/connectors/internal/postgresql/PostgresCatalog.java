package dev.headwater.connectors.internal.postgresql;

import dev.headwater.connectors.internal.JdbcKind.CatalogQuery;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import java.util.List;

/** Reads {@code pg_catalog}: https://www.postgresql.org/docs/current/catalogs.html. */
final class PostgresCatalog {

    /** Names the server and its version. */
    static final String PROBE = "select 'PostgreSQL ' || split_part(current_setting('server_version'), ' ', 1)";

    /**
     * What the login may read: tables, views, materialized views and foreign tables. Partitions are left out, since the
     * table that they are parts of stands for them. A domain has the base type of what is below it.
     */
    private static final String QUERY = """
            with recursive domain(oid, base) as (
                select oid, typbasetype from pg_catalog.pg_type where typtype = 'd'
                union all
                select d.oid, t.typbasetype
                from domain d join pg_catalog.pg_type t on t.oid = d.base
                where t.typtype = 'd'
            ),
            relation as (
                select c.oid, n.nspname, c.relname, c.relkind
                from pg_catalog.pg_class c
                join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                where c.relkind in ('r', 'p', 'v', 'm', 'f')
                  and not c.relispartition
                  and n.nspname <> 'information_schema'
                  and n.nspname !~ '^pg_'
                  and (? = '' or n.nspname = ?)
                  and pg_catalog.has_schema_privilege(n.oid, 'USAGE')
                  and pg_catalog.has_any_column_privilege(c.oid, 'SELECT')
                order by n.nspname, c.relname
                limit ?
            )
            select r.nspname,
                   r.relname,
                   case r.relkind
                       when 'v' then 'VIEW'
                       when 'm' then 'MATERIALIZED_VIEW'
                       when 'f' then 'FOREIGN_TABLE'
                       else 'TABLE' end,
                   table_comment.description,
                   a.attname,
                   pg_catalog.format_type(a.atttypid, a.atttypmod),
                   case
                       when base.typtype = 'e' then 'enum'
                       when base.typtype = 'c' then 'composite'
                       when base.typcategory = 'A' then 'array'
                       else base.typname end,
                   not (a.attnotnull or declared.typnotnull),
                   column_comment.description,
                   array_position(key.indkey::int2[], a.attnum)
            from relation r
            left join pg_catalog.pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
            left join pg_catalog.pg_type declared on declared.oid = a.atttypid
            left join (
                select d.oid, d.base from domain d join pg_catalog.pg_type t on t.oid = d.base where t.typtype <> 'd'
            ) below on below.oid = a.atttypid
            left join pg_catalog.pg_type base on base.oid = coalesce(below.base, a.atttypid)
            left join pg_catalog.pg_index key on key.indrelid = r.oid and key.indisprimary
            left join pg_catalog.pg_description table_comment
                on table_comment.objoid = r.oid
                and table_comment.classoid = 'pg_catalog.pg_class'::regclass
                and table_comment.objsubid = 0
            left join pg_catalog.pg_description column_comment
                on column_comment.objoid = r.oid
                and column_comment.classoid = 'pg_catalog.pg_class'::regclass
                and column_comment.objsubid = a.attnum
            order by r.nspname, r.relname, a.attnum
            """;

    private PostgresCatalog() {}

    /** @param schema the only schema to read, or empty for all */
    static CatalogQuery query(String schema, long maxTables) {
        return new CatalogQuery(QUERY, List.of(schema, schema, maxTables));
    }

    /** @param baseType as the query gives it: the name in {@code pg_type}, or enum, composite or array */
    static CanonicalType canonicalType(String baseType) {
        return switch (baseType) {
            case "bool" -> CanonicalType.BOOLEAN;
            case "int2", "int4", "int8", "oid" -> CanonicalType.INTEGER;
            case "numeric", "money" -> CanonicalType.DECIMAL;
            case "float4", "float8" -> CanonicalType.FLOAT;
            case "text", "varchar", "bpchar", "char", "name", "citext", "enum", "xml" -> CanonicalType.TEXT;
            case "inet", "cidr", "macaddr", "macaddr8", "bit", "varbit" -> CanonicalType.TEXT;
            case "bytea" -> CanonicalType.BINARY;
            case "date" -> CanonicalType.DATE;
            case "time", "timetz" -> CanonicalType.TIME;
            case "timestamp" -> CanonicalType.TIMESTAMP;
            case "timestamptz" -> CanonicalType.TIMESTAMP_WITH_ZONE;
            case "interval" -> CanonicalType.INTERVAL;
            case "uuid" -> CanonicalType.UUID;
            case "json", "jsonb" -> CanonicalType.JSON;
            case "array", "vector" -> CanonicalType.ARRAY;
            case "composite" -> CanonicalType.STRUCT;
            case "hstore" -> CanonicalType.MAP;
            case "point", "line", "lseg", "box", "path", "polygon", "circle", "geometry", "geography" ->
                CanonicalType.GEOGRAPHY;
            default -> CanonicalType.UNKNOWN;
        };
    }
}
