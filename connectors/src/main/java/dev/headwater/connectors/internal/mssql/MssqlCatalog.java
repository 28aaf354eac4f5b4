package dev.headwater.connectors.internal.mssql;

import dev.headwater.connectors.internal.JdbcKind.CatalogQuery;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import java.util.List;
import java.util.Locale;

/**
 * Reads the catalog views, which show what the login may see:
 * https://learn.microsoft.com/en-us/sql/relational-databases/system-catalog-views/catalog-views-transact-sql.
 */
final class MssqlCatalog {

    /** An alias type has the base type of what is below it. Lengths are in bytes, of which national characters take two. */
    private static final String QUERY = """
            with relation as (
                select o.object_id, s.name as schema_name, o.name as table_name,
                       case
                           when o.type = 'V' then 'VIEW'
                           when t.is_external = 1 then 'FOREIGN_TABLE'
                           else 'TABLE' end as table_type
                from sys.objects o
                join sys.schemas s on s.schema_id = o.schema_id
                left join sys.tables t on t.object_id = o.object_id
                where o.type in ('U', 'V') and o.is_ms_shipped = 0
                order by s.name, o.name
                offset 0 rows fetch next ? rows only
            ),
            primary_key as (
                select k.object_id, k.column_id, k.key_ordinal
                from sys.index_columns k
                join sys.indexes i on i.object_id = k.object_id and i.index_id = k.index_id
                where i.is_primary_key = 1
            ),
            description as (
                select major_id, minor_id, cast([value] as nvarchar(4000)) as text
                from sys.extended_properties
                where class = 1 and name = 'MS_Description'
            )
            select r.schema_name,
                   r.table_name,
                   r.table_type,
                   td.text,
                   c.name,
                   concat(declared.name, case
                       when declared.is_user_defined = 1 then ''
                       when declared.name in ('nvarchar', 'nchar') and c.max_length > 0
                           then concat('(', cast(c.max_length / 2 as varchar(10)), ')')
                       when declared.name in ('varchar', 'char', 'varbinary', 'binary') and c.max_length > 0
                           then concat('(', cast(c.max_length as varchar(10)), ')')
                       when declared.name in ('nvarchar', 'varchar', 'varbinary') then '(max)'
                       when declared.name in ('decimal', 'numeric')
                           then concat('(', cast(c.precision as varchar(10)), ',', cast(c.scale as varchar(10)), ')')
                       when declared.name in ('time', 'datetime2', 'datetimeoffset')
                           then concat('(', cast(c.scale as varchar(10)), ')')
                       else '' end),
                   coalesce(base.name, declared.name),
                   c.is_nullable,
                   cd.text,
                   k.key_ordinal
            from relation r
            left join sys.columns c on c.object_id = r.object_id
            left join sys.types declared on declared.user_type_id = c.user_type_id
            left join sys.types base on base.user_type_id = declared.system_type_id and declared.is_user_defined = 1
            left join primary_key k on k.object_id = c.object_id and k.column_id = c.column_id
            left join description td on td.major_id = r.object_id and td.minor_id = 0
            left join description cd on cd.major_id = c.object_id and cd.minor_id = c.column_id
            order by r.schema_name, r.table_name, c.column_id
            """;

    private MssqlCatalog() {}

    static CatalogQuery query(long maxTables) {
        return new CatalogQuery(QUERY, List.of(maxTables));
    }

    /** @param baseType the name of a system type, or of a type of the CLR */
    static CanonicalType canonicalType(String baseType) {
        return switch (baseType.toLowerCase(Locale.ROOT)) {
            case "bit" -> CanonicalType.BOOLEAN;
            case "tinyint", "smallint", "int", "bigint" -> CanonicalType.INTEGER;
            case "decimal", "numeric", "money", "smallmoney" -> CanonicalType.DECIMAL;
            case "float", "real" -> CanonicalType.FLOAT;
            case "char", "varchar", "text", "nchar", "nvarchar", "ntext", "sysname", "xml", "hierarchyid" ->
                CanonicalType.TEXT;
            case "binary", "varbinary", "image", "timestamp", "rowversion" -> CanonicalType.BINARY;
            case "date" -> CanonicalType.DATE;
            case "time" -> CanonicalType.TIME;
            case "datetime", "datetime2", "smalldatetime" -> CanonicalType.TIMESTAMP;
            case "datetimeoffset" -> CanonicalType.TIMESTAMP_WITH_ZONE;
            case "uniqueidentifier" -> CanonicalType.UUID;
            case "json" -> CanonicalType.JSON;
            case "vector" -> CanonicalType.ARRAY;
            case "geometry", "geography" -> CanonicalType.GEOGRAPHY;
            default -> CanonicalType.UNKNOWN;
        };
    }
}
