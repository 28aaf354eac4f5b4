package dev.headwater.connectors.mysql;

import static dev.headwater.connectors.Targets.failure;
import static dev.headwater.connectors.Targets.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.groups.Tuple.tuple;

import dev.headwater.connectors.Await;
import dev.headwater.connectors.Connectors;
import dev.headwater.connectors.Targets;
import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.TableList;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import dev.headwater.testkit.FaultyServer;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Reading the schema of MySQL")
class MysqlSchemaTest {

    private static final MariaDbServer SERVER = MariaDbServer.get();
    private static final int MANY = 1_000;

    @BeforeAll
    static void fill() {
        SERVER.run(
                "create database shop_schema",
                "use shop_schema",
                "create table orders (id bigint unsigned, region varchar(20) not null, total decimal(12,2) comment 'In euro',"
                        + " note varchar(20), primary key (region, id)) comment 'All orders'",
                "create table Orders (other int)",
                "create table events (at date not null) partition by range (year(at))"
                        + " (partition p2026 values less than (2027), partition rest values less than maxvalue)",
                "create table versioned (a int) with system versioning",
                "create view big as select * from orders where total > 1000",
                "create sequence numbers",
                "create database shop_schema_2",
                "create table shop_schema_2.here (a int)",
                "create table hidden.secret_table (a int)",
                "create table hidden.partly (a int, b int)");
    }

    private static TableList read(Map<String, Object> extra, int maxTables, List<Integer> progress) {
        Map<String, Object> config = SERVER.config();
        config.put("database", "shop_schema");
        config.putAll(extra);
        try (ConnectorSession session = Connectors.mysql().open(target("mysql", config))) {
            return session.readTables(maxTables, progress::add);
        }
    }

    @Test
    @DisplayName("finds every table and view, tells names apart that differ in case, and leaves sequences out")
    void tables() {
        TableList list = read(Map.of(), 1_000, new ArrayList<>());
        assertThat(list.truncated()).isFalse();
        assertThat(list.tables())
                .extracting(TableSchema::catalog, TableSchema::schema, TableSchema::name, TableSchema::type)
                .containsExactly(
                        tuple(null, "shop_schema", "big", TableType.VIEW),
                        tuple(null, "shop_schema", "events", TableType.TABLE),
                        tuple(null, "shop_schema", "Orders", TableType.TABLE),
                        tuple(null, "shop_schema", "orders", TableType.TABLE),
                        tuple(null, "shop_schema", "versioned", TableType.TABLE));
        assertThat(list.tables().get(2).columns())
                .containsExactly(new ColumnSchema("other", "int(11)", CanonicalType.INTEGER, true, null));
        assertThat(list.tables().get(2).primaryKey()).isEmpty();
    }

    @Test
    @DisplayName("tells columns in their order, with types, nulls, comments and the key in key order")
    void columns() {
        TableSchema orders = read(Map.of(), 1_000, new ArrayList<>()).tables().get(3);
        assertThat(orders.comment()).isEqualTo("All orders");
        assertThat(orders.primaryKey()).containsExactly("region", "id");
        assertThat(orders.columns())
                .containsExactly(
                        new ColumnSchema("id", "bigint(20) unsigned", CanonicalType.INTEGER, false, null),
                        new ColumnSchema("region", "varchar(20)", CanonicalType.TEXT, false, null),
                        new ColumnSchema("total", "decimal(12,2)", CanonicalType.DECIMAL, true, "In euro"),
                        new ColumnSchema("note", "varchar(20)", CanonicalType.TEXT, true, null));
    }

    @Test
    @DisplayName("without a database, reads all that the user may see, and nothing of the system's")
    void allDatabases() {
        TableList list = read(Map.of("database", ""), 10_000, new ArrayList<>());
        assertThat(list.tables())
                .extracting(TableSchema::schema)
                .contains("shop_schema", "shop_schema_2")
                .doesNotContain("hidden", "mysql", "sys", "performance_schema", "information_schema");
        SERVER.run("grant select (a) on hidden.partly to app@'%'");
        assertThat(read(Map.of("database", "hidden"), 10, new ArrayList<>()).tables())
                .singleElement()
                .satisfies(table -> assertThat(table.columns())
                        .extracting(ColumnSchema::name)
                        .containsExactly("a"));
        SERVER.run("revoke select (a) on hidden.partly from app@'%'");
    }

    @Test
    @DisplayName("stops at the limit and says so")
    void limit() {
        TableList list = read(Map.of(), 3, new ArrayList<>());
        assertThat(list.truncated()).isTrue();
        assertThat(list.tables()).extracting(TableSchema::name).containsExactly("big", "events", "Orders");
        assertThat(read(Map.of(), 5, new ArrayList<>()).truncated()).isFalse();
    }

    @Test
    @DisplayName("maps every type")
    void types() {
        Map<String, CanonicalType> expected = Map.ofEntries(
                Map.entry("tinyint(1)", CanonicalType.BOOLEAN),
                Map.entry("tinyint(4)", CanonicalType.INTEGER),
                Map.entry("smallint(6)", CanonicalType.INTEGER),
                Map.entry("mediumint(9)", CanonicalType.INTEGER),
                Map.entry("int(10) unsigned", CanonicalType.INTEGER),
                Map.entry("bigint(20)", CanonicalType.INTEGER),
                Map.entry("year(4)", CanonicalType.INTEGER),
                Map.entry("decimal(10,0)", CanonicalType.DECIMAL),
                Map.entry("float", CanonicalType.FLOAT),
                Map.entry("double", CanonicalType.FLOAT),
                Map.entry("bit(1)", CanonicalType.BOOLEAN),
                Map.entry("bit(8)", CanonicalType.BINARY),
                Map.entry("char(3)", CanonicalType.TEXT),
                Map.entry("varchar(3)", CanonicalType.TEXT),
                Map.entry("tinytext", CanonicalType.TEXT),
                Map.entry("text", CanonicalType.TEXT),
                Map.entry("mediumtext", CanonicalType.TEXT),
                Map.entry("longtext", CanonicalType.TEXT),
                Map.entry("enum('a','b')", CanonicalType.TEXT),
                Map.entry("set('a','b')", CanonicalType.TEXT),
                Map.entry("inet4", CanonicalType.TEXT),
                Map.entry("inet6", CanonicalType.TEXT),
                Map.entry("uuid", CanonicalType.UUID),
                Map.entry("binary(3)", CanonicalType.BINARY),
                Map.entry("varbinary(3)", CanonicalType.BINARY),
                Map.entry("tinyblob", CanonicalType.BINARY),
                Map.entry("blob", CanonicalType.BINARY),
                Map.entry("mediumblob", CanonicalType.BINARY),
                Map.entry("longblob", CanonicalType.BINARY),
                Map.entry("date", CanonicalType.DATE),
                Map.entry("time", CanonicalType.TIME),
                Map.entry("time(3)", CanonicalType.TIME),
                Map.entry("datetime", CanonicalType.TIMESTAMP),
                Map.entry("datetime(6)", CanonicalType.TIMESTAMP),
                Map.entry("timestamp(6)", CanonicalType.TIMESTAMP_WITH_ZONE),
                Map.entry("geometry", CanonicalType.GEOGRAPHY),
                Map.entry("point", CanonicalType.GEOGRAPHY),
                Map.entry("linestring", CanonicalType.GEOGRAPHY),
                Map.entry("polygon", CanonicalType.GEOGRAPHY),
                Map.entry("multipoint", CanonicalType.GEOGRAPHY),
                Map.entry("multilinestring", CanonicalType.GEOGRAPHY),
                Map.entry("multipolygon", CanonicalType.GEOGRAPHY),
                Map.entry("geometrycollection", CanonicalType.GEOGRAPHY));
        List<String> types = List.copyOf(expected.keySet());
        StringBuilder create = new StringBuilder("create table shop_types.t (");
        for (int i = 0; i < types.size(); i++) {
            create.append(i == 0 ? "" : ", ")
                    .append('c')
                    .append(i)
                    .append(' ')
                    .append(types.get(i))
                    .append(" null");
        }
        SERVER.run("create database shop_types", create + ")");

        TableSchema table = read(Map.of("database", "shop_types"), 10, new ArrayList<>())
                .tables()
                .get(0);
        assertThat(table.columns()).hasSameSizeAs(types);
        for (int i = 0; i < types.size(); i++) {
            ColumnSchema column = table.columns().get(i);
            assertThat(column.nativeType()).isEqualTo(types.get(i));
            assertThat(column.type()).as(types.get(i)).isEqualTo(expected.get(types.get(i)));
        }
        assertThat(read(
                                Map.of("database", "shop_types", "extraProperties.tinyInt1isBit", "false"),
                                10,
                                new ArrayList<>())
                        .tables()
                        .get(0)
                        .columns())
                .extracting(ColumnSchema::type)
                .filteredOn(CanonicalType.BOOLEAN::equals)
                .hasSize(1);
    }

    @Test
    @DisplayName("reads a thousand tables of twenty columns with one query")
    void manyTables() {
        String columns = "a0 int primary key"
                + ", a%d text"
                        .repeat(19)
                        .formatted(IntStream.rangeClosed(1, 19).boxed().toArray());
        SERVER.run(
                "create database shop_many",
                "use shop_many",
                "create procedure fill() for i in 1..%d do".formatted(MANY)
                        + " execute immediate concat('create table t', i, ' (" + columns
                        + ") engine=aria transactional=0');"
                        + " end for",
                "call fill()");
        List<Integer> progress = new ArrayList<>();
        TableList list = read(Map.of("database", "shop_many"), 20_000, progress);
        assertThat(list.tables()).hasSize(MANY).allSatisfy(table -> {
            assertThat(table.columns()).hasSize(20);
            assertThat(table.primaryKey()).containsExactly("a0");
        });
        assertThat(progress).isSorted().hasSizeGreaterThan(9).endsWith(MANY);
        SERVER.run("drop database shop_many");
    }

    @Test
    @DisplayName("tells a connection that breaks in the middle of a session")
    void cut() {
        try (FaultyServer proxy = FaultyServer.inFrontOf(new InetSocketAddress("127.0.0.1", SERVER.port()))) {
            Map<String, Object> config = SERVER.config();
            config.put("port", (long) proxy.port());
            try (ConnectorSession session = Connectors.mysql().open(target("mysql", config))) {
                assertThat(session.probe()).startsWith("MariaDB");
                proxy.cut();
                assertThat(failure(session::probe).failure()).isEqualTo(FailureCode.CONNECTION_LOST);
            }
            Await.until(() -> proxy.open() == 0);
        }
    }

    @Test
    @DisplayName("is freed by a cancel while the server works on the schema")
    void cancel() throws Exception {
        Cancellation cancellation = new Cancellation();
        Map<String, Object> config = SERVER.config();
        config.put("database", "shop_schema");
        var target = target("mysql", config, Targets.TIMEOUT.multipliedBy(100), cancellation);
        try (var admin = SERVER.connect();
                var slow = admin.createStatement();
                ConnectorSession session = Connectors.mysql().open(target)) {
            // A table that is being made is locked against all, those included who ask what it looks like.
            CompletableFuture<Throwable> making = CompletableFuture.supplyAsync(
                    () -> catchThrowable(() -> slow.execute("create table shop_schema.slow as select sleep(600)")));
            Await.until(() -> running("info like 'create table shop_schema.slow%' and state = 'User sleep'"));
            CompletableFuture<ConnectorException> ended =
                    CompletableFuture.supplyAsync(() -> failure(() -> session.readTables(10, ignored -> {})));
            Await.until(() -> running("user = 'app' and state like 'Waiting for table metadata lock%'"));
            cancellation.cancel();
            assertThat(ended.get(30, TimeUnit.SECONDS).failure()).isEqualTo(FailureCode.CANCELLED);
            slow.cancel();
            assertThat(making.get(30, TimeUnit.SECONDS)).isNotNull();
        }
    }

    private static boolean running(String condition) {
        return !"0".equals(SERVER.ask("select count(*) from information_schema.processlist where " + condition));
    }
}
