package dev.headwater.connectors.mysql;

import dev.headwater.connectors.KindFixture;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A database of its own on the MariaDB of the tests; for the relatives of MySQL too, of which no server can be had. */
public class MysqlFixture implements KindFixture {

    static final String DATABASE = "shop_contract";

    static final String[] TABLES = {
        "create database " + DATABASE,
        "use " + DATABASE,
        "create table a (id int primary key, note varchar(20))",
        "create table b (id int)"
    };

    private static boolean filled;

    private final String kind;

    public MysqlFixture() {
        this("mysql");
    }

    MysqlFixture(String kind) {
        this.kind = kind;
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public Map<String, Object> workingConfig() {
        fill();
        Map<String, Object> config = MariaDbServer.get().config();
        config.put("database", DATABASE);
        return config;
    }

    private static synchronized void fill() {
        if (filled) {
            return;
        }
        MariaDbServer.get().run(TABLES);
        filled = true;
    }

    @Override
    public TableSchema knownTable() {
        return notes("int(11)");
    }

    /** {@return the first of the tables} MySQL 8 and MariaDB write the native type of a number in two ways. */
    static TableSchema notes(String nativeInt) {
        return new TableSchema(
                null,
                DATABASE,
                "a",
                TableType.TABLE,
                null,
                List.of(
                        new ColumnSchema("id", nativeInt, CanonicalType.INTEGER, false, null),
                        new ColumnSchema("note", "varchar(20)", CanonicalType.TEXT, true, null)),
                List.of("id"));
    }

    @Override
    public Optional<Map<String, Object>> missingDatabase() {
        return Optional.of(Map.of("database", "shop_not_there"));
    }
}
