package dev.headwater.connectors.pgwire;

import dev.headwater.connectors.KindFixture;
import dev.headwater.connectors.PostgresServer;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.util.List;
import java.util.Map;

/**
 * A real PostgreSQL, for want of CockroachDB: a stand-in whose {@code information_schema} has the two columns that
 * CockroachDB adds to it, and where a column called {@code rowid} is hidden, as CockroachDB's is.
 */
public final class CockroachFixture implements KindFixture {

    private static boolean filled;

    @Override
    public String kind() {
        return "cockroachdb";
    }

    @Override
    public Map<String, Object> workingConfig() {
        fill();
        Map<String, Object> config = PostgresServer.get().config();
        config.put("database", "cockroach");
        config.put("schema", "sales");
        return config;
    }

    private static synchronized void fill() {
        if (filled) {
            return;
        }
        PostgresServer server = PostgresServer.get();
        server.run("postgres", "create database cockroach owner app");
        server.run(
                "cockroach",
                "alter view information_schema.columns rename to columns_of_postgres",
                """
                create view information_schema.columns as
                select c.*,
                       upper(c.data_type) as crdb_sql_type,
                       case c.column_name when 'rowid' then 'YES' else 'NO' end as is_hidden
                from information_schema.columns_of_postgres c""",
                "grant select on information_schema.columns to public",
                "create schema crdb_internal",
                "create table crdb_internal.tables (a int)",
                "grant all on schema crdb_internal to public",
                "grant all on crdb_internal.tables to public",
                "set role app",
                "create schema sales",
                "create type sales.mood as enum ('good', 'bad')",
                "create table sales.orders (id bigint, region text, felt sales.mood, tags text[], primary key (region, id))",
                "comment on table sales.orders is 'All orders'",
                "comment on column sales.orders.tags is 'Free words'",
                "create table sales.keyless (note text, rowid bigint primary key)",
                "create view sales.big as select id from sales.orders",
                "create schema other",
                "create table other.elsewhere (a int)");
        filled = true;
    }

    @Override
    public TableSchema knownTable() {
        return new TableSchema(
                null,
                "sales",
                "orders",
                TableType.TABLE,
                "All orders",
                List.of(
                        new ColumnSchema("id", "BIGINT", CanonicalType.INTEGER, false, null),
                        new ColumnSchema("region", "TEXT", CanonicalType.TEXT, false, null),
                        new ColumnSchema("felt", "USER-DEFINED", CanonicalType.TEXT, true, null),
                        new ColumnSchema("tags", "ARRAY", CanonicalType.ARRAY, true, "Free words")),
                List.of("region", "id"));
    }
}
