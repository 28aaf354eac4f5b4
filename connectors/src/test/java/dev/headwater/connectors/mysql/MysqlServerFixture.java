package dev.headwater.connectors.mysql;

import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.util.List;
import java.util.Map;

/** The tables of {@link MysqlFixture} on a real MySQL. */
final class MysqlServerFixture extends MysqlFixture {

    private static final String DATABASE = "shop_contract";
    private static boolean filled;

    MysqlServerFixture(String kind) {
        super(kind);
    }

    @Override
    public Map<String, Object> workingConfig() {
        fill();
        Map<String, Object> config = MysqlServer.get().config();
        config.put("database", DATABASE);
        return config;
    }

    private static synchronized void fill() {
        if (filled) {
            return;
        }
        MysqlServer.get()
                .run(
                        "create database " + DATABASE,
                        "use " + DATABASE,
                        "create table a (id int primary key, note varchar(20))",
                        "create table b (id int)");
        filled = true;
    }

    @Override
    public TableSchema knownTable() {
        return new TableSchema(
                null,
                DATABASE,
                "a",
                TableType.TABLE,
                null,
                List.of(
                        new ColumnSchema("id", "int", CanonicalType.INTEGER, false, null),
                        new ColumnSchema("note", "varchar(20)", CanonicalType.TEXT, true, null)),
                List.of("id"));
    }
}
