package dev.headwater.connectors.internal.postgresql;

import dev.headwater.connectors.internal.JdbcKind.CatalogQuery;
import java.util.List;

/**
 * Reads {@code information_schema}, which CockroachDB keeps stable, where its {@code pg_catalog} grows from version to
 * version: https://www.cockroachlabs.com/docs/stable/information-schema. Two columns are CockroachDB's own: {@code is_hidden}
 * marks those that it adds itself, such as {@code rowid} in a table without a key, and {@code crdb_sql_type} holds the
 * type as one would declare it.
 */
final class CockroachCatalog {

    /** Names the server and its version, without where and how it was built. */
    static final String PROBE = "select split_part(version(), ' (', 1)";

    /** The system schemas are those of https://www.cockroachlabs.com/docs/stable/system-catalogs. */
    private static final String QUERY = """
            with relation as (
                select t.table_schema, t.table_name, t.table_type, c.oid
                from information_schema.tables t
                join pg_catalog.pg_namespace n on n.nspname = t.table_schema
                join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = t.table_name
                where t.table_catalog = current_database()
                  and t.table_type <> 'SYSTEM VIEW'
                  and t.table_schema not in ('crdb_internal', 'information_schema', 'pg_catalog', 'pg_extension')
                  and (? = '' or t.table_schema = ?)
                order by t.table_schema, t.table_name
                limit ?
            ),
            primary_key as (
                select k.table_schema, k.table_name, k.column_name, k.ordinal_position
                from information_schema.table_constraints p
                join information_schema.key_column_usage k
                    on k.constraint_schema = p.constraint_schema
                    and k.constraint_name = p.constraint_name
                    and k.table_schema = p.table_schema
                    and k.table_name = p.table_name
                where p.constraint_type = 'PRIMARY KEY'
            )
            select r.table_schema,
                   r.table_name,
                   case r.table_type
                       when 'VIEW' then 'VIEW'
                       when 'MATERIALIZED VIEW' then 'MATERIALIZED_VIEW'
                       else 'TABLE' end,
                   table_comment.description,
                   c.column_name,
                   c.crdb_sql_type,
                   case
                       when c.data_type = 'ARRAY' then 'array'
                       when c.data_type = 'USER-DEFINED' and c.udt_name not in ('geometry', 'geography') then 'enum'
                       else c.udt_name end,
                   c.is_nullable = 'YES',
                   column_comment.description,
                   k.ordinal_position
            from relation r
            left join information_schema.columns c
                on c.table_catalog = current_database()
                and c.table_schema = r.table_schema
                and c.table_name = r.table_name
                and c.is_hidden = 'NO'
            left join primary_key k
                on k.table_schema = r.table_schema
                and k.table_name = r.table_name
                and k.column_name = c.column_name
            left join pg_catalog.pg_description table_comment
                on table_comment.objoid = r.oid
                and table_comment.classoid = 'pg_catalog.pg_class'::regclass
                and table_comment.objsubid = 0
            left join pg_catalog.pg_description column_comment
                on column_comment.objoid = r.oid
                and column_comment.classoid = 'pg_catalog.pg_class'::regclass
                and column_comment.objsubid = c.ordinal_position
            order by r.table_schema, r.table_name, c.ordinal_position
            """;

    private CockroachCatalog() {}

    /** @param schema the only schema to read, or empty for all */
    static CatalogQuery query(String schema, long maxTables) {
        return new CatalogQuery(QUERY, List.of(schema, schema, maxTables));
    }
}
