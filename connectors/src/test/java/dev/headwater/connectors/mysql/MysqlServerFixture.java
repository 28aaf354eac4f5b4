package dev.headwater.connectors.mysql;

import dev.headwater.spi.TableSchema;
import java.util.Map;

/** The tables of {@link MysqlFixture} on a real MySQL. */
final class MysqlServerFixture extends MysqlFixture {

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
        if (!filled) {
            MysqlServer.get().run(TABLES);
            filled = true;
        }
    }

    @Override
    public TableSchema knownTable() {
        return notes("int");
    }
}
