package dev.headwater.connectors.clickhouse;

import static dev.headwater.connectors.Targets.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headwater.connectors.Connectors;
import dev.headwater.connectors.FixtureContract;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.TableSchema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * On ClickHouse's own engine. {@link ChdbServerMain} says what of the server is real.
 *
 * <p>Not part of the build, since the engine is no Maven artifact: {@code .ci/run} runs it where {@code .ci/chdb} can bring
 * the library, whose directory is in the property {@code chdb.home}.
 */
@DisplayName("The ClickHouse connector, on the engine of ClickHouse,")
class ChdbServerIT extends FixtureContract {

    private static final Map<String, CanonicalType> TYPES = Map.ofEntries(
            Map.entry("Bool", CanonicalType.BOOLEAN),
            Map.entry("Int8", CanonicalType.INTEGER),
            Map.entry("Int256", CanonicalType.INTEGER),
            Map.entry("UInt64", CanonicalType.INTEGER),
            Map.entry("Nullable(UInt128)", CanonicalType.INTEGER),
            Map.entry("Decimal(12, 2)", CanonicalType.DECIMAL),
            Map.entry("Nullable(Decimal(76, 10))", CanonicalType.DECIMAL),
            Map.entry("Float32", CanonicalType.FLOAT),
            Map.entry("BFloat16", CanonicalType.FLOAT),
            Map.entry("String", CanonicalType.TEXT),
            Map.entry("FixedString(3)", CanonicalType.TEXT),
            Map.entry("LowCardinality(String)", CanonicalType.TEXT),
            Map.entry("LowCardinality(Nullable(String))", CanonicalType.TEXT),
            Map.entry("Enum8('it\\'s (a' = 1, 'b, c)' = 2)", CanonicalType.TEXT),
            Map.entry("Enum16('x' = 1000)", CanonicalType.TEXT),
            Map.entry("IPv4", CanonicalType.TEXT),
            Map.entry("Nullable(IPv6)", CanonicalType.TEXT),
            Map.entry("UUID", CanonicalType.UUID),
            Map.entry("Date", CanonicalType.DATE),
            Map.entry("Date32", CanonicalType.DATE),
            Map.entry("Time", CanonicalType.TIME),
            Map.entry("Time64(3)", CanonicalType.TIME),
            Map.entry("DateTime", CanonicalType.TIMESTAMP_WITH_ZONE),
            Map.entry("DateTime('Europe/Berlin')", CanonicalType.TIMESTAMP_WITH_ZONE),
            Map.entry("DateTime64(6)", CanonicalType.TIMESTAMP_WITH_ZONE),
            Map.entry("IntervalDay", CanonicalType.INTERVAL),
            Map.entry("JSON", CanonicalType.JSON),
            Map.entry("JSON(max_dynamic_paths=8, `a.b` UInt32)", CanonicalType.JSON),
            Map.entry("Array(Nullable(Int8))", CanonicalType.ARRAY),
            Map.entry("Map(LowCardinality(String), Array(UInt8))", CanonicalType.MAP),
            Map.entry("Tuple(x Int8, y Nullable(String))", CanonicalType.STRUCT),
            Map.entry("Point", CanonicalType.GEOGRAPHY),
            Map.entry("MultiPolygon", CanonicalType.GEOGRAPHY),
            Map.entry("SimpleAggregateFunction(sum, Decimal(38, 2))", CanonicalType.DECIMAL),
            Map.entry("SimpleAggregateFunction(anyLast, Nullable(DateTime))", CanonicalType.TIMESTAMP_WITH_ZONE),
            Map.entry("AggregateFunction(uniq, UInt64)", CanonicalType.BINARY),
            Map.entry("Variant(String, UInt8)", CanonicalType.UNKNOWN),
            Map.entry("Dynamic", CanonicalType.UNKNOWN));

    ChdbServerIT() {
        super(new ChdbFixture());
    }

    @BeforeAll
    static void fill() {
        List<String> columns = new ArrayList<>();
        TYPES.keySet().forEach(type -> columns.add("c" + columns.size() + " " + type));
        ChdbServer.get()
                .run(
                        "create database shop",
                        "create database elsewhere",
                        "create table elsewhere.hidden (a UInt8) engine = Memory",
                        "create table shop.types (" + String.join(", ", columns) + ") engine = Memory",
                        """
                        create table shop.`odd names` (
                            a UInt8, b UInt8, c UInt8, `order id` UInt8, `x, y` UInt8, `we``ird\\(` UInt8, made Date,
                            `lines` Nested(sku String, n UInt8)
                        ) engine = MergeTree
                        primary key (cityHash64(a, b, c), `order id`, [a, b, c], `we``ird\\(`, toDate(made), `x, y`, lines.n, a)
                        """,
                        "create view shop.of_day as select a from shop.`odd names` where made = {day:Date}",
                        "create view shop.plain as select a, toString(b) as text from shop.`odd names`",
                        "create materialized view shop.sums engine = SummingMergeTree order by a comment 'Sums'"
                                + " as select a, sum(b) as total from shop.`odd names` group by a",
                        "create dictionary shop.names (id UInt64, name String) primary key id"
                                + " source(null()) layout(flat()) lifetime(0) comment 'Known names'",
                        "create table shop.numbers (n UInt64 comment 'counted', half Float64 alias n / 2) engine = Memory",
                        "insert into shop.numbers select number from numbers(1000)");
    }

    private static List<TableSchema> tables(String database) {
        try (ConnectorSession session = Connectors.clickhouse()
                .open(target("clickhouse", ChdbServer.get().config(database)))) {
            return session.readTables(1_000, ignored -> {}).tables();
        }
    }

    private static TableSchema table(String name) {
        return tables("shop").stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName("maps every type, and tells which take null")
    void types() {
        Map<String, CanonicalType> read = new LinkedHashMap<>();
        for (ColumnSchema column : table("types").columns()) {
            read.put(column.nativeType(), column.type());
        }
        assertThat(read).containsExactlyInAnyOrderEntriesOf(TYPES);
    }

    @Test
    @DisplayName(
            "reads tables, views, materialized views and dictionaries, and nothing of other databases or inside of views")
    void kinds() {
        assertThat(tables("shop"))
                .extracting(table -> table.name() + " " + table.type() + " " + table.comment())
                .containsExactly(
                        "names TABLE Known names",
                        "numbers TABLE null",
                        "odd names TABLE null",
                        "of_day VIEW null",
                        "plain VIEW null",
                        "sums MATERIALIZED_VIEW Sums",
                        "types TABLE null");
        assertThat(table("of_day").columns()).isEmpty();
        assertThat(table("numbers").columns())
                .containsExactly(
                        new ColumnSchema("n", "UInt64", CanonicalType.INTEGER, false, "counted"),
                        new ColumnSchema("half", "Float64", CanonicalType.FLOAT, false, null));
    }

    @Test
    @DisplayName("reads the tables of all databases where the config names none")
    void allDatabases() {
        Map<String, Object> config = ChdbServer.get().config("");
        config.remove("database");
        try (ConnectorSession session = Connectors.clickhouse().open(target("clickhouse", config))) {
            assertThat(session.readTables(1_000, ignored -> {}).tables())
                    .extracting(TableSchema::schema)
                    .contains("shop", "elsewhere")
                    .doesNotContain("system", "information_schema", "INFORMATION_SCHEMA");
        }
    }

    @Test
    @DisplayName("takes for the columns of a primary key those that it names, and not those in its expressions")
    void keys() {
        assertThat(table("odd names").primaryKey()).containsExactly("order id", "we`ird\\(", "x, y", "lines.n", "a");
    }

    @Test
    @DisplayName("hands out a pool that queries it, over HTTP as over HTTPS, with the settings of the config")
    void pool() throws SQLException {
        Map<String, Object> config = ChdbServer.get().config("shop");
        config.put("port", (long) ChdbServer.get().plainPort());
        config.put("ssl.enabled", false);
        config.put("extraProperties.max_execution_time", "7");
        try (ConnectorClient client =
                        Connectors.clickhouse().client(target("clickhouse", config), new ClientSettings("shop", 2));
                Connection connection = ((DataSource) client.client()).getConnection();
                Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(
                    "select sum(n), max(half), getSetting('max_execution_time'), version() from numbers")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getLong(1)).isEqualTo(499_500);
                assertThat(rows.getDouble(2)).isEqualTo(499.5);
                assertThat(rows.getInt(3)).isEqualTo(7);
                assertThat(rows.getString(4)).startsWith("26.7.");
            }
            assertThat(refusal(statement, "select * from not_there")).isEqualTo(60);
            assertThat(refusal(statement, "select * from not_there.numbers")).isEqualTo(81);
            assertThat(refusal(statement, "selec 1")).isEqualTo(62);
            assertThat(refusal(statement, "create user somebody")).isEqualTo(497);
        }
    }

    private static int refusal(Statement statement, String sql) {
        return catchThrowableOfType(SQLException.class, () -> statement.execute(sql))
                .getErrorCode();
    }
}
