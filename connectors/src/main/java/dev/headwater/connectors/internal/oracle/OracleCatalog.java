package dev.headwater.connectors.internal.oracle;

import dev.headwater.connectors.internal.JdbcKind.CatalogQuery;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import java.util.List;
import java.util.Locale;

/**
 * Reads the {@code ALL_} views of the data dictionary, which show what the user may see:
 * https://docs.oracle.com/en/database/oracle/oracle-database/23/refrn/static-data-dictionary-views.html.
 */
final class OracleCatalog {

    /** Without the schemas that come with Oracle, dropped tables, and tables that are parts of others. */
    private static final String QUERY = """
            select r.owner,
                   r.table_name,
                   r.table_type,
                   tc.comments,
                   c.column_name,
                   case
                       when c.data_type in ('VARCHAR2', 'NVARCHAR2', 'CHAR', 'NCHAR')
                           then c.data_type || '(' || c.char_length || ')'
                       when c.data_type = 'RAW' then c.data_type || '(' || c.data_length || ')'
                       when c.data_type = 'NUMBER' and c.data_precision is not null
                           then c.data_type || '(' || c.data_precision || ',' || c.data_scale || ')'
                       when c.data_type = 'NUMBER' and c.data_scale = 0 then 'INTEGER'
                       else c.data_type end,
                   case when c.data_type = 'NUMBER' and c.data_scale = 0 then 'INTEGER' else c.data_type end,
                   case when c.nullable = 'N' then 0 else 1 end,
                   cc.comments,
                   k.position
            from (
                select owner, table_name, table_type
                from (
                    select t.owner, t.table_name,
                           case
                               when m.mview_name is not null then 'MATERIALIZED_VIEW'
                               when e.table_name is not null then 'FOREIGN_TABLE'
                               else 'TABLE' end as table_type
                    from all_tables t
                    left join all_mviews m on m.owner = t.owner and m.mview_name = t.table_name
                    left join all_external_tables e on e.owner = t.owner and e.table_name = t.table_name
                    where t.nested = 'NO' and t.secondary = 'N' and t.dropped = 'NO'
                      and (t.iot_type is null or t.iot_type = 'IOT')
                    union all
                    select owner, view_name, 'VIEW' from all_views
                ) every
                where owner in (select username from all_users where oracle_maintained = 'N')
                order by owner, table_name
                fetch first ? rows only
            ) r
            left join all_tab_columns c on c.owner = r.owner and c.table_name = r.table_name
            left join all_tab_comments tc on tc.owner = r.owner and tc.table_name = r.table_name
            left join all_col_comments cc
                on cc.owner = c.owner and cc.table_name = c.table_name and cc.column_name = c.column_name
            left join (
                select p.owner, p.table_name, pc.column_name, pc.position
                from all_constraints p
                join all_cons_columns pc on pc.owner = p.owner and pc.constraint_name = p.constraint_name
                where p.constraint_type = 'P'
            ) k on k.owner = c.owner and k.table_name = c.table_name and k.column_name = c.column_name
            order by r.owner, r.table_name, c.column_id
            """;

    private OracleCatalog() {}

    static CatalogQuery query(long maxTables) {
        return new CatalogQuery(QUERY, List.of(maxTables));
    }

    /** @param baseType as Oracle writes it, such as {@code TIMESTAMP(6) WITH TIME ZONE} */
    static CanonicalType canonicalType(String baseType) {
        String type = baseType.toUpperCase(Locale.ROOT);
        if (type.startsWith("TIMESTAMP")) {
            return type.endsWith("TIME ZONE") ? CanonicalType.TIMESTAMP_WITH_ZONE : CanonicalType.TIMESTAMP;
        } else if (type.startsWith("INTERVAL")) {
            return CanonicalType.INTERVAL;
        }
        return switch (type) {
            case "BOOLEAN" -> CanonicalType.BOOLEAN;
            case "INTEGER" -> CanonicalType.INTEGER;
            case "NUMBER" -> CanonicalType.DECIMAL;
            case "FLOAT", "BINARY_FLOAT", "BINARY_DOUBLE" -> CanonicalType.FLOAT;
            case "VARCHAR2", "NVARCHAR2", "CHAR", "NCHAR", "CLOB", "NCLOB", "LONG", "XMLTYPE", "ROWID", "UROWID" ->
                CanonicalType.TEXT;
            case "RAW", "LONG RAW", "BLOB", "BFILE" -> CanonicalType.BINARY;
            // A date of Oracle has a time of day.
            case "DATE" -> CanonicalType.TIMESTAMP;
            case "JSON" -> CanonicalType.JSON;
            case "VECTOR" -> CanonicalType.ARRAY;
            case "SDO_GEOMETRY" -> CanonicalType.GEOGRAPHY;
            default -> CanonicalType.UNKNOWN;
        };
    }
}
