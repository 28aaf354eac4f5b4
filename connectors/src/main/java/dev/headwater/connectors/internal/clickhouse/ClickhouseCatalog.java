package dev.headwater.connectors.internal.clickhouse;

import dev.headwater.connectors.internal.JdbcKind.CatalogQuery;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the tables of {@code system}: https://clickhouse.com/docs/operations/system-tables/columns. */
final class ClickhouseCatalog {

    /**
     * What the login may see, without what materialized views keep inside. A database stands for a schema. Of a primary key,
     * columns have a position, and expressions have none; it need not be unique. Views with parameters have no columns.
     */
    private static final String QUERY = """
            select t.database,
                   t.name,
                   multiIf(t.engine = 'MaterializedView', 'MATERIALIZED_VIEW',
                           t.engine in ('View', 'LiveView', 'WindowView'), 'VIEW',
                           'TABLE'),
                   nullIf(t.comment, ''),
                   nullIf(c.name, ''),
                   c.type,
                   c.type,
                   match(c.type, '^(LowCardinality[(])?Nullable[(]') or match(c.type, '^(Variant[(]|Dynamic)'),
                   nullIf(c.comment, ''),
                   nullIf(indexOf(t.key, c.name), 0)
            from (
                select database,
                       name,
                       engine,
                       comment,
                       extractAll(primary_key, ?) as tokens,
                       arrayCumSum(token -> (token in ('(', '[')) - (token in (')', ']')), tokens) as depths,
                       arraySplit((token, depth) -> token = ',' and depth = 0, tokens, depths) as parts,
                       arrayMap(part -> replaceRegexpAll(trim(both ' ,' from arrayStringConcat(part)), ?, ?), parts) as key
                from system.tables
                where (? = '' or database = ?)
                  and database not in ('system', 'information_schema', 'INFORMATION_SCHEMA')
                  and is_temporary = 0
                  and not startsWith(name, '.inner')
                order by database, name
                limit ?
            ) as t
            left join (
                select database, table, name, type, comment, position
                from system.columns
                where (? = '' or database = ?)
            ) as c on c.database = t.database and c.table = t.name
            order by t.database, t.name, c.position
            """;

    /** A quoted name, a literal, what separates and encloses, and the rest. */
    private static final String TOKENS = "`(?:[^`\\\\]|\\\\.)*`|'(?:[^'\\\\]|\\\\.)*'|[()\\[\\],]|[^`'()\\[\\],]+";

    private static final String QUOTING = "^`|`$|\\\\(.)";
    private static final String UNQUOTED = "\\1";

    private static final Pattern WRAPPER =
            Pattern.compile("(?:Nullable|LowCardinality|SimpleAggregateFunction)\\((.*)\\)", Pattern.DOTALL);

    private ClickhouseCatalog() {}

    /** @param database the only database to read, or empty for all */
    static CatalogQuery query(String database, long maxTables) {
        return new CatalogQuery(
                QUERY, List.of(TOKENS, QUOTING, UNQUOTED, database, database, maxTables, database, database));
    }

    /** @param type the type in full, such as {@code LowCardinality(Nullable(String))} */
    static CanonicalType canonicalType(String type) {
        Matcher wrapper = WRAPPER.matcher(type);
        if (wrapper.matches()) {
            // A simple aggregate function has a first argument, its name.
            String inner = wrapper.group(1);
            return canonicalType(type.startsWith("Simple") ? inner.substring(inner.indexOf(", ") + 2) : inner);
        }
        int parameters = type.indexOf('(');
        String name = parameters < 0 ? type : type.substring(0, parameters);
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "bool" -> CanonicalType.BOOLEAN;
            case "int8", "int16", "int32", "int64", "int128", "int256" -> CanonicalType.INTEGER;
            case "uint8", "uint16", "uint32", "uint64", "uint128", "uint256" -> CanonicalType.INTEGER;
            case "decimal", "decimal32", "decimal64", "decimal128", "decimal256" -> CanonicalType.DECIMAL;
            case "float32", "float64", "bfloat16" -> CanonicalType.FLOAT;
            case "string", "fixedstring", "enum", "enum8", "enum16", "ipv4", "ipv6" -> CanonicalType.TEXT;
            case "aggregatefunction" -> CanonicalType.BINARY;
            case "date", "date32" -> CanonicalType.DATE;
            case "time", "time64" -> CanonicalType.TIME;
            // Without a zone of its own, a moment is shown in the server's.
            case "datetime", "datetime32", "datetime64" -> CanonicalType.TIMESTAMP_WITH_ZONE;
            case "uuid" -> CanonicalType.UUID;
            case "json", "object" -> CanonicalType.JSON;
            case "array", "nested" -> CanonicalType.ARRAY;
            case "tuple" -> CanonicalType.STRUCT;
            case "map" -> CanonicalType.MAP;
            case "point", "ring", "linestring", "multilinestring", "polygon", "multipolygon", "geometry" ->
                CanonicalType.GEOGRAPHY;
            default -> name.startsWith("Interval") ? CanonicalType.INTERVAL : CanonicalType.UNKNOWN;
        };
    }
}
