package dev.headwater.connectors;

import static dev.headwater.connectors.Targets.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.TableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** At 10,000 tables it is measured, by SchemaBenchmark. */
@DisplayName("Reading the schema of a PostgreSQL with many tables")
class PostgresManyTablesTest {

    private static final int MANY = 300;
    private static final int COLUMNS = 20;

    private static final PostgresServer SERVER = PostgresServer.get();

    private static void make(String database, int tables) {
        StringBuilder columns = new StringBuilder("id bigint primary key");
        for (int i = 1; i < COLUMNS; i++) {
            columns.append(", c").append(i).append(" text");
        }
        SERVER.run("postgres", "drop database if exists " + database, "create database " + database + " owner app");
        SERVER.run(
                database,
                "set role app",
                "create schema s",
                "do $$ begin for i in 1.." + tables + " loop execute format('create table s.t%s (" + columns
                        + ")', lpad(i::text, 6, '0')); end loop; end $$");
    }

    /** Reads, and counts what the driver asks the server to parse. */
    private static int statements(String database, int tables) {
        AtomicInteger parsed = new AtomicInteger();
        Handler counter = new Handler() {
            @Override
            public void publish(LogRecord record) {
                if (String.valueOf(record.getMessage()).contains("FE=> Parse(")) {
                    parsed.incrementAndGet();
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        counter.setLevel(Level.ALL);
        Logger driver = Logger.getLogger("org.postgresql");
        driver.setLevel(Level.ALL);
        driver.addHandler(counter);
        List<Integer> progress = new ArrayList<>();
        Map<String, Object> config = SERVER.config();
        config.put("database", database);
        try (ConnectorSession session = Connectors.postgresql().open(target("postgresql", config))) {
            parsed.set(0);
            TableList list = session.readTables(100_000, progress::add);
            assertThat(list.tables()).hasSize(tables).allSatisfy(table -> {
                assertThat(table.columns()).hasSize(COLUMNS);
                assertThat(table.primaryKey()).containsExactly("id");
            });
            assertThat(progress).isSorted().endsWith(tables);
            return parsed.get();
        } finally {
            driver.removeHandler(counter);
            driver.setLevel(null);
        }
    }

    @Test
    @DisplayName("takes as many statements as reading one with a single table")
    void statements() {
        make("few", 1);
        make("many", MANY);
        int few = statements("few", 1);
        assertThat(few).isPositive();
        assertThat(statements("many", MANY)).isEqualTo(few);
    }
}
