package dev.headwater.connectors.trino;

import static dev.headwater.connectors.Targets.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.connectors.Connectors;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Reading the schema of Trino")
class TrinoSchemaTest {

    private static final Map<String, CanonicalType> TYPES = Map.ofEntries(
            Map.entry("boolean", CanonicalType.BOOLEAN),
            Map.entry("tinyint", CanonicalType.INTEGER),
            Map.entry("smallint", CanonicalType.INTEGER),
            Map.entry("integer", CanonicalType.INTEGER),
            Map.entry("bigint", CanonicalType.INTEGER),
            Map.entry("decimal(12,2)", CanonicalType.DECIMAL),
            Map.entry("real", CanonicalType.FLOAT),
            Map.entry("double", CanonicalType.FLOAT),
            Map.entry("varchar", CanonicalType.TEXT),
            Map.entry("varchar(20)", CanonicalType.TEXT),
            Map.entry("char(3)", CanonicalType.TEXT),
            Map.entry("ipaddress", CanonicalType.TEXT),
            Map.entry("varbinary", CanonicalType.BINARY),
            Map.entry("date", CanonicalType.DATE),
            Map.entry("time(3)", CanonicalType.TIME),
            Map.entry("time(3) with time zone", CanonicalType.TIME),
            Map.entry("timestamp(3)", CanonicalType.TIMESTAMP),
            Map.entry("timestamp(6) with time zone", CanonicalType.TIMESTAMP_WITH_ZONE),
            Map.entry("interval year to month", CanonicalType.INTERVAL),
            Map.entry("interval day to second", CanonicalType.INTERVAL),
            Map.entry("uuid", CanonicalType.UUID),
            Map.entry("json", CanonicalType.JSON),
            Map.entry("array(timestamp(3) with time zone)", CanonicalType.ARRAY),
            Map.entry("map(varchar, integer)", CanonicalType.MAP),
            Map.entry("row(a integer, b varchar)", CanonicalType.STRUCT),
            Map.entry("hyperloglog", CanonicalType.UNKNOWN));

    private static List<TableSchema> tables;

    @BeforeAll
    static void fillAndRead() {
        List<String> types = List.copyOf(TYPES.keySet());
        StringBuilder columns = new StringBuilder();
        for (int i = 0; i < types.size(); i++) {
            columns.append(i == 0 ? "" : ", ").append('c').append(i).append(' ').append(types.get(i));
        }
        TrinoProcess.get()
                .run(
                        "create schema shop",
                        "create schema elsewhere",
                        "create table elsewhere.hidden (a integer)",
                        "create table shop.orders (id bigint, total decimal(12,2) comment 'In euro') comment 'All orders'",
                        "create view shop.big as select id from shop.orders where total > 1000",
                        "create table shop.types (" + columns + ")");
        try (ConnectorSession session =
                Connectors.trino().open(target("trino", TrinoProcess.get().config("SHOP")))) {
            tables = session.readTables(100, ignored -> {}).tables();
        }
    }

    @Test
    @DisplayName("finds the tables and views of the schema of the config, whose case does not matter, and no other")
    void found() {
        assertThat(tables)
                .extracting(table -> table.schema() + "." + table.name() + " " + table.type())
                .containsExactly(
                        "shop.big " + TableType.VIEW,
                        "shop.orders " + TableType.TABLE,
                        "shop.types " + TableType.TABLE);
    }

    @Test
    @DisplayName("tells columns in their order with types and comments, and the table's comment")
    void columns() {
        TableSchema orders = tables.get(1);
        assertThat(orders.comment()).isEqualTo("All orders");
        assertThat(orders.columns())
                .containsExactly(
                        new ColumnSchema("id", "bigint", CanonicalType.INTEGER, true, null),
                        new ColumnSchema("total", "decimal(12,2)", CanonicalType.DECIMAL, true, "In euro"));
    }

    @Test
    @DisplayName("maps every type")
    void types() {
        Map<String, CanonicalType> read = tables.get(2).columns().stream()
                .collect(Collectors.toMap(ColumnSchema::nativeType, ColumnSchema::type));
        assertThat(read).containsExactlyInAnyOrderEntriesOf(withNativeNames());
    }

    /** Trino writes these types otherwise than they were declared. */
    private static Map<String, CanonicalType> withNativeNames() {
        return TYPES.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().equals("hyperloglog") ? "HyperLogLog" : entry.getKey(),
                        Map.Entry::getValue));
    }
}
