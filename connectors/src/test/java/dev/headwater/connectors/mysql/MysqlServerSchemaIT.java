package dev.headwater.connectors.mysql;

import static dev.headwater.connectors.Targets.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.headwater.connectors.Connectors;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.TableList;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Run as {@link MysqlServerIT} is. */
@DisplayName("The schema of MySQL 8.0")
class MysqlServerSchemaIT {

    private static final MysqlServer SERVER = MysqlServer.get();

    private List<TableSchema> tables(String database) {
        Map<String, Object> config = SERVER.config();
        config.put("database", database);
        try (ConnectorSession session = Connectors.mysql().open(target("mysql", config))) {
            TableList list = session.readTables(1_000, ignored -> {});
            assertThat(list.truncated()).isFalse();
            return list.tables();
        }
    }

    @Test
    @DisplayName("is read from databases with hostile names")
    void hostileNames() {
        String name = "shop/b?user=x&sslMode=disable#%41 \"é";
        SERVER.run("create database `" + name + "`", "create table `" + name + "`.here (a int)");
        assertThat(tables(name)).extracting(TableSchema::schema).containsExactly(name);
    }

    @Test
    @DisplayName("tells columns in their order, with types, nulls, comments and the key in key order")
    void columns() {
        SERVER.run(
                "create database shop_columns",
                "use shop_columns",
                "create table orders (id bigint unsigned, region varchar(20) not null,"
                        + " total decimal(12,2) unsigned comment 'In euro', state enum('new','done') not null,"
                        + " flag boolean, details json, net decimal(12,2) as (total / 1.19) stored not null,"
                        + " city varchar(40) as (details->>'$.city') virtual, hidden int invisible,"
                        + " primary key (region, id), unique key (total), key (city)) comment 'All orders'");
        TableSchema orders = tables("shop_columns").get(0);
        assertThat(orders.comment()).isEqualTo("All orders");
        assertThat(orders.primaryKey()).containsExactly("region", "id");
        assertThat(orders.columns())
                .containsExactly(
                        new ColumnSchema("id", "bigint unsigned", CanonicalType.INTEGER, false, null),
                        new ColumnSchema("region", "varchar(20)", CanonicalType.TEXT, false, null),
                        new ColumnSchema("total", "decimal(12,2) unsigned", CanonicalType.DECIMAL, true, "In euro"),
                        new ColumnSchema("state", "enum('new','done')", CanonicalType.TEXT, false, null),
                        new ColumnSchema("flag", "tinyint(1)", CanonicalType.BOOLEAN, true, null),
                        new ColumnSchema("details", "json", CanonicalType.JSON, true, null),
                        new ColumnSchema("net", "decimal(12,2)", CanonicalType.DECIMAL, false, null),
                        new ColumnSchema("city", "varchar(40)", CanonicalType.TEXT, true, null),
                        new ColumnSchema("hidden", "int", CanonicalType.INTEGER, true, null));
    }

    @Test
    @DisplayName("finds every table and view, and tells names apart that differ in case")
    void tablesAndViews() {
        SERVER.run(
                "create database shop_tables",
                "use shop_tables",
                "create table orders (id int primary key)",
                "create table Orders (other int)",
                "create table events (at date not null) partition by range (year(at))"
                        + " (partition p2026 values less than (2027), partition rest values less than maxvalue)",
                "create view big as select id + 1 as next from orders",
                "create table gone (a int)",
                "create view broken as select a from gone",
                "drop table gone");
        assertThat(tables("shop_tables"))
                .extracting(
                        TableSchema::schema,
                        TableSchema::name,
                        TableSchema::type,
                        table -> table.columns().size())
                .containsExactlyInAnyOrder(
                        tuple("shop_tables", "big", TableType.VIEW, 1),
                        tuple("shop_tables", "broken", TableType.VIEW, 0),
                        tuple("shop_tables", "events", TableType.TABLE, 1),
                        tuple("shop_tables", "orders", TableType.TABLE, 1),
                        tuple("shop_tables", "Orders", TableType.TABLE, 1));
    }

    @Test
    @DisplayName("without a database is that of all databases that the user may see, without the system's")
    void allDatabases() {
        SERVER.run(
                "create database shop_all",
                "create table shop_all.here (a int)",
                "create table hidden.secret_table (a int)",
                "create table hidden.partly (a int, b int)",
                "grant select (a) on hidden.partly to app@'%'");
        List<TableSchema> all = tables("");
        assertThat(all)
                .extracting(TableSchema::schema)
                .contains("shop_all", "hidden")
                .doesNotContain("mysql", "sys", "performance_schema", "information_schema");
        assertThat(all)
                .filteredOn(table -> table.schema().equals("hidden"))
                .singleElement()
                .satisfies(table -> assertThat(table.columns())
                        .extracting(ColumnSchema::name)
                        .containsExactly("a"));
        SERVER.run("revoke select (a) on hidden.partly from app@'%'");
    }

    @Test
    @DisplayName("of many tables is read whole")
    void manyTables() {
        String columns = "a0 int primary key"
                + ", a%d text"
                        .repeat(19)
                        .formatted(IntStream.rangeClosed(1, 19).boxed().toArray());
        SERVER.run(
                "create database shop_many",
                "use shop_many",
                "create procedure fill() begin declare i int default 0; while i < 200 do set i = i + 1;"
                        + " set @create = concat('create table t', i, ' (" + columns + ")');"
                        + " prepare p from @create; execute p; end while; end",
                "call fill()");
        assertThat(tables("shop_many")).hasSize(200).allSatisfy(table -> {
            assertThat(table.columns()).hasSize(20);
            assertThat(table.primaryKey()).containsExactly("a0");
        });
        SERVER.run("drop database shop_many");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    tinyint(1)           | BOOLEAN
                    tinyint              | INTEGER
                    tinyint unsigned     | INTEGER
                    smallint             | INTEGER
                    mediumint            | INTEGER
                    int unsigned         | INTEGER
                    int(5) unsigned zerofill | INTEGER
                    bigint unsigned      | INTEGER
                    year                 | INTEGER
                    decimal(65,30)       | DECIMAL
                    float                | FLOAT
                    double               | FLOAT
                    bit(1)               | BOOLEAN
                    bit(8)               | BINARY
                    char(3)              | TEXT
                    varchar(3)           | TEXT
                    tinytext             | TEXT
                    text                 | TEXT
                    mediumtext           | TEXT
                    longtext             | TEXT
                    enum('a','it''s')    | TEXT
                    set('a','b')         | TEXT
                    binary(3)            | BINARY
                    varbinary(3)         | BINARY
                    tinyblob             | BINARY
                    blob                 | BINARY
                    mediumblob           | BINARY
                    longblob             | BINARY
                    date                 | DATE
                    time(3)              | TIME
                    datetime(6)          | TIMESTAMP
                    timestamp(6)         | TIMESTAMP_WITH_ZONE
                    json                 | JSON
                    geometry             | GEOGRAPHY
                    point                | GEOGRAPHY
                    linestring           | GEOGRAPHY
                    polygon              | GEOGRAPHY
                    multipoint           | GEOGRAPHY
                    multilinestring      | GEOGRAPHY
                    multipolygon         | GEOGRAPHY
                    geomcollection       | GEOGRAPHY
                    """)
    @DisplayName("has its types")
    void types(String type, CanonicalType expected) {
        SERVER.run("create database if not exists shop_types", "create table shop_types.t (c " + type + " null)");
        try {
            assertThat(tables("shop_types"))
                    .singleElement()
                    .satisfies(table -> assertThat(table.columns())
                            .containsExactly(new ColumnSchema("c", type, expected, true, null)));
        } finally {
            SERVER.run("drop table shop_types.t");
        }
    }
}
