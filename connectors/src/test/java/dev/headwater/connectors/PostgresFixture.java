package dev.headwater.connectors;

import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.util.List;
import java.util.Map;

/** A database of its own on the PostgreSQL server of the tests. */
public final class PostgresFixture implements KindFixture {

    private static boolean filled;

    @Override
    public String kind() {
        return "postgresql";
    }

    @Override
    public Map<String, Object> workingConfig() {
        fill();
        Map<String, Object> config = PostgresServer.get().config();
        config.put("database", "contract");
        return config;
    }

    private static synchronized void fill() {
        if (filled) {
            return;
        }
        PostgresServer.get().run("postgres", "drop database if exists contract", "create database contract owner app");
        PostgresServer.get()
                .run(
                        "contract",
                        "set role app",
                        "create schema s",
                        "create table s.a (id int primary key, note text)",
                        "create table s.b ()");
        filled = true;
    }

    @Override
    public TableSchema knownTable() {
        return new TableSchema(
                null,
                "s",
                "a",
                TableType.TABLE,
                null,
                List.of(
                        new ColumnSchema("id", "integer", CanonicalType.INTEGER, false, null),
                        new ColumnSchema("note", "text", CanonicalType.TEXT, true, null)),
                List.of("id"));
    }
}
