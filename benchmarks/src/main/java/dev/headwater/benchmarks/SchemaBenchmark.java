package dev.headwater.benchmarks;

import dev.headwater.connectors.Connectors;
import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.NetworkPolicy;
import dev.headwater.spi.ResolvedConfig;
import dev.headwater.spi.TableList;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Reading the schema of a PostgreSQL with 10,000 tables of 20 columns, in a session that stands. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init")
public class SchemaBenchmark {

    private static final int TABLES = 10_000;
    private static final int COLUMNS = 20;
    private static final int BATCH = 500;
    private static final String DATABASE = "many_tables";

    private Postgres postgres;
    private ConnectorSession session;
    private Connection connection;

    /** Makes the tables and logs in. */
    @Setup
    public void open() throws SQLException {
        postgres = Postgres.connect();
        connection = DriverManager.getConnection(postgres.database(DATABASE));
        fill();
        session = Connectors.postgresql()
                .open(new ConnectionTarget(
                        "postgresql",
                        ResolvedConfig.of(Map.of(
                                "host",
                                "127.0.0.1",
                                "port",
                                (long) postgres.port(),
                                "database",
                                DATABASE,
                                "username",
                                "postgres",
                                "ssl.enabled",
                                false)),
                        NetworkPolicy.refuseLinkLocal(),
                        Duration.ofMinutes(5),
                        new Cancellation()));
    }

    /** In batches, since a transaction keeps a lock for each table that it makes. */
    private void fill() throws SQLException {
        StringBuilder columns = new StringBuilder("id bigint primary key");
        for (int i = 1; i < COLUMNS; i++) {
            columns.append(", c").append(i).append(" text");
        }
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery("SELECT 1 FROM pg_class WHERE relname = 't" + TABLES + "'")) {
                if (rows.next()) {
                    return;
                }
            }
            for (int from = 1; from <= TABLES; from += BATCH) {
                statement.execute("DO $$ BEGIN FOR i IN " + from + ".." + (from + BATCH - 1)
                        + " LOOP EXECUTE format('CREATE TABLE t%s (" + columns + ")', i); END LOOP; END $$");
            }
            statement.execute("ANALYZE");
        }
    }

    /** Logs out. */
    @TearDown(Level.Trial)
    public void close() throws SQLException {
        session.close();
        connection.close();
        postgres.close();
    }

    /** Tables, columns, types, keys and comments. */
    @Benchmark
    @Compared(
            with = {"databaseMetaData"},
            atMostTimes = 1.2)
    public TableList readTables() {
        return session.readTables(TABLES, read -> {});
    }

    /** The same but for keys, by the two calls of plain JDBC that give it; keys would take one more for each table. */
    @Benchmark
    public Map<String, List<String>> databaseMetaData() throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        Map<String, List<String>> tables = new LinkedHashMap<>();
        try (ResultSet rows = metaData.getTables(null, "public", "%", new String[] {"TABLE", "VIEW"})) {
            while (rows.next()) {
                tables.put(rows.getString("TABLE_NAME"), new ArrayList<>());
            }
        }
        try (ResultSet rows = metaData.getColumns(null, "public", "%", "%")) {
            while (rows.next()) {
                List<String> columns = tables.get(rows.getString("TABLE_NAME"));
                if (columns != null) {
                    columns.add(rows.getString("COLUMN_NAME") + " " + rows.getString("TYPE_NAME") + " "
                            + rows.getInt("NULLABLE") + " " + rows.getString("REMARKS"));
                }
            }
        }
        return tables;
    }
}
