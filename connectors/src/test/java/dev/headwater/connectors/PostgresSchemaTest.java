package dev.headwater.connectors;

import static dev.headwater.connectors.Targets.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.TableList;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Reading the schema of PostgreSQL")
class PostgresSchemaTest {

    private static final PostgresServer SERVER = PostgresServer.get();

    @BeforeAll
    static void fill() {
        SERVER.run("postgres", "drop database if exists shop", "create database shop owner app");
        SERVER.run(
                "shop",
                "create schema sales authorization app",
                "create schema hidden",
                "create table hidden.secret_table (a int)",
                "set role app",
                "create table sales.orders (id bigint, region text not null, total numeric(12,2), note varchar(20),"
                        + " primary key (region, id))",
                "comment on table sales.orders is 'All orders'",
                "comment on column sales.orders.total is 'In euro'",
                "alter table sales.orders add column dropped int",
                "alter table sales.orders drop column dropped",
                "create view sales.big as select * from sales.orders where total > 1000",
                "create materialized view sales.sums as select region, sum(total) from sales.orders group by region",
                "create table sales.events (at date not null, what text) partition by range (at)",
                "create table sales.events_2026 partition of sales.events for values from ('2026-01-01') to ('2027-01-01')",
                "create table sales.nothing ()",
                "reset role",
                "create extension file_fdw",
                "create server files foreign data wrapper file_fdw",
                "create foreign table sales.csv (a int) server files options (filename '/dev/null')",
                "grant select on sales.csv to app",
                "create table sales.not_yours (a int)",
                "create table sales.partly (a int, b int)",
                "grant select (a) on sales.partly to app");
    }

    private static TableList read(Map<String, Object> extra, int maxTables, List<Integer> progress) {
        Map<String, Object> config = SERVER.config();
        config.put("database", "shop");
        config.putAll(extra);
        try (ConnectorSession session = Connectors.postgresql().open(target("postgresql", config))) {
            return session.readTables(maxTables, progress::add);
        }
    }

    private static TableSchema table(String name) {
        return read(Map.of(), 1_000, new ArrayList<>()).tables().stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName("finds every kind of table that the user may read, and no other")
    void tables() {
        TableList list = read(Map.of(), 1_000, new ArrayList<>());
        assertThat(list.truncated()).isFalse();
        assertThat(list.tables())
                .extracting(TableSchema::schema, TableSchema::name, TableSchema::type)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("sales", "big", TableType.VIEW),
                        org.assertj.core.groups.Tuple.tuple("sales", "csv", TableType.FOREIGN_TABLE),
                        org.assertj.core.groups.Tuple.tuple("sales", "events", TableType.TABLE),
                        org.assertj.core.groups.Tuple.tuple("sales", "nothing", TableType.TABLE),
                        org.assertj.core.groups.Tuple.tuple("sales", "orders", TableType.TABLE),
                        org.assertj.core.groups.Tuple.tuple("sales", "partly", TableType.TABLE),
                        org.assertj.core.groups.Tuple.tuple("sales", "sums", TableType.MATERIALIZED_VIEW));
    }

    @Test
    @DisplayName("tells columns in their order, with types, nulls, comments and the key in key order")
    void columns() {
        TableSchema orders = table("orders");
        assertThat(orders.comment()).isEqualTo("All orders");
        assertThat(orders.primaryKey()).containsExactly("region", "id");
        assertThat(orders.columns())
                .containsExactly(
                        new ColumnSchema("id", "bigint", CanonicalType.INTEGER, false, null),
                        new ColumnSchema("region", "text", CanonicalType.TEXT, false, null),
                        new ColumnSchema("total", "numeric(12,2)", CanonicalType.DECIMAL, true, "In euro"),
                        new ColumnSchema("note", "character varying(20)", CanonicalType.TEXT, true, null));
    }

    @Test
    @DisplayName("shows a table without columns")
    void nothing() {
        assertThat(table("nothing").columns()).isEmpty();
    }

    @Test
    @DisplayName("keeps to the schema of the config")
    void schema() {
        assertThat(read(Map.of("schema", "public"), 1_000, new ArrayList<>()).tables())
                .isEmpty();
        assertThat(read(Map.of("schema", "sales"), 1_000, new ArrayList<>()).tables())
                .hasSize(7);
    }

    @Test
    @DisplayName("stops at the limit and says so")
    void limit() {
        TableList list = read(Map.of(), 3, new ArrayList<>());
        assertThat(list.truncated()).isTrue();
        assertThat(list.tables()).extracting(TableSchema::name).containsExactly("big", "csv", "events");
        assertThat(read(Map.of(), 7, new ArrayList<>()).truncated()).isFalse();
    }

    @Test
    @DisplayName("gives two reads of one session the same answer")
    void again() {
        Map<String, Object> config = SERVER.config();
        config.put("database", "shop");
        try (ConnectorSession session = Connectors.postgresql().open(target("postgresql", config))) {
            assertThat(session.readTables(10, ignored -> {})).isEqualTo(session.readTables(10, ignored -> {}));
            assertThat(session.probe()).startsWith("PostgreSQL");
        }
    }

    @Test
    @DisplayName("maps every type")
    void types() {
        SERVER.run("postgres", "drop database if exists types", "create database types owner app");
        Map<String, CanonicalType> expected = Map.ofEntries(
                Map.entry("boolean", CanonicalType.BOOLEAN),
                Map.entry("smallint", CanonicalType.INTEGER),
                Map.entry("integer", CanonicalType.INTEGER),
                Map.entry("bigint", CanonicalType.INTEGER),
                Map.entry("oid", CanonicalType.INTEGER),
                Map.entry("numeric", CanonicalType.DECIMAL),
                Map.entry("numeric(10,0)", CanonicalType.DECIMAL),
                Map.entry("money", CanonicalType.DECIMAL),
                Map.entry("real", CanonicalType.FLOAT),
                Map.entry("double precision", CanonicalType.FLOAT),
                Map.entry("text", CanonicalType.TEXT),
                Map.entry("character varying(3)", CanonicalType.TEXT),
                Map.entry("character(3)", CanonicalType.TEXT),
                Map.entry("name", CanonicalType.TEXT),
                Map.entry("\"char\"", CanonicalType.TEXT),
                Map.entry("xml", CanonicalType.TEXT),
                Map.entry("inet", CanonicalType.TEXT),
                Map.entry("cidr", CanonicalType.TEXT),
                Map.entry("macaddr", CanonicalType.TEXT),
                Map.entry("macaddr8", CanonicalType.TEXT),
                Map.entry("bit(3)", CanonicalType.TEXT),
                Map.entry("bit varying(3)", CanonicalType.TEXT),
                Map.entry("bytea", CanonicalType.BINARY),
                Map.entry("date", CanonicalType.DATE),
                Map.entry("time without time zone", CanonicalType.TIME),
                Map.entry("time(3) with time zone", CanonicalType.TIME),
                Map.entry("timestamp without time zone", CanonicalType.TIMESTAMP),
                Map.entry("timestamp(3) with time zone", CanonicalType.TIMESTAMP_WITH_ZONE),
                Map.entry("interval", CanonicalType.INTERVAL),
                Map.entry("interval day to second", CanonicalType.INTERVAL),
                Map.entry("uuid", CanonicalType.UUID),
                Map.entry("json", CanonicalType.JSON),
                Map.entry("jsonb", CanonicalType.JSON),
                Map.entry("integer[]", CanonicalType.ARRAY),
                Map.entry("text[]", CanonicalType.ARRAY),
                Map.entry("mood", CanonicalType.TEXT),
                Map.entry("mood[]", CanonicalType.ARRAY),
                Map.entry("pair", CanonicalType.STRUCT),
                Map.entry("positive", CanonicalType.INTEGER),
                Map.entry("very_positive", CanonicalType.INTEGER),
                Map.entry("point", CanonicalType.GEOGRAPHY),
                Map.entry("polygon", CanonicalType.GEOGRAPHY),
                Map.entry("int4range", CanonicalType.UNKNOWN),
                Map.entry("tsvector", CanonicalType.UNKNOWN));
        List<String> types = List.copyOf(expected.keySet());
        StringBuilder create = new StringBuilder("create table t (");
        for (int i = 0; i < types.size(); i++) {
            create.append(i == 0 ? "" : ", ").append('c').append(i).append(' ').append(types.get(i));
        }
        SERVER.run(
                "types",
                "set role app",
                "create schema s",
                "set search_path to s",
                "create type mood as enum ('good', 'bad')",
                "create type pair as (a int, b text)",
                "create domain positive as int check (value > 0)",
                "create domain very_positive as positive not null",
                create + ")");

        Map<String, Object> extra = Map.of("database", "types", "schema", "s");
        TableSchema table = read(extra, 10, new ArrayList<>()).tables().get(0);
        assertThat(table.columns()).hasSameSizeAs(types);
        for (int i = 0; i < types.size(); i++) {
            ColumnSchema column = table.columns().get(i);
            assertThat(column.type()).as(types.get(i)).isEqualTo(expected.get(types.get(i)));
            assertThat(column.nativeType()).isEqualTo(types.get(i));
            assertThat(column.nullable())
                    .as(types.get(i))
                    .isEqualTo(!types.get(i).equals("very_positive"));
        }
    }

    @Test
    @DisplayName("reads ten thousand tables of twenty columns with one query")
    void manyTables() {
        SERVER.run("postgres", "drop database if exists many", "create database many owner app");
        String columns = "a0 int primary key"
                + ", a%d text"
                        .repeat(19)
                        .formatted(java.util.stream.IntStream.rangeClosed(1, 19)
                                .boxed()
                                .toArray());
        // In steps, because each table of a transaction takes locks.
        String[] steps = new String[40];
        for (int step = 0; step < steps.length; step++) {
            steps[step] = """
                    do $$ begin for i in %d..%d loop
                        execute format('create table s.t%%s (%s)', i);
                    end loop; end $$""".formatted(step * 250, step * 250 + 249, columns);
        }
        SERVER.run("many", "create schema s authorization app", "alter role app set search_path to s");
        SERVER.run("many", steps);
        SERVER.run("many", "grant select on all tables in schema s to app", "alter role app reset search_path");

        List<Integer> progress = new ArrayList<>();
        TableList list = read(Map.of("database", "many"), 20_000, progress);
        assertThat(list.tables()).hasSize(10_000).allSatisfy(table -> {
            assertThat(table.columns()).hasSize(20);
            assertThat(table.primaryKey()).containsExactly("a0");
        });
        assertThat(progress).isSorted().hasSizeGreaterThan(10).endsWith(10_000);
        SERVER.run("postgres", "drop database many");
    }
}
