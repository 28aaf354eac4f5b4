package dev.headwater.store.jdbc.internal;

import dev.headwater.spi.StoreException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** The dialects, and how to tell which one a database speaks. */
final class Dialects {

    private static final int H2_DEADLOCK = 40001;
    private static final int H2_CONCURRENT_UPDATE = 90131;
    private static final int MYSQL_DEADLOCK = 1213;
    /** MariaDB, with {@code innodb_snapshot_isolation}: the row was changed since it was read. */
    private static final int MARIADB_RECORD_CHANGED = 1020;

    /** How much longer than a statement may run a driver waits for an answer of the network. */
    private static final Duration NETWORK_SLACK = Duration.ofSeconds(10);

    private static final String NEW_TASK =
            "(task_name, task_instance, execution_time, picked, consecutive_failures, version)"
                    + " VALUES (?, ?, ?, FALSE, 0, 1)";

    private Dialects() {}

    static Dialect of(Connection connection) throws SQLException {
        DatabaseMetaData database = connection.getMetaData();
        String product = database.getDatabaseProductName();
        // Connector/J calls MariaDB "MySQL"; the version tells.
        String all = (product + " " + database.getDatabaseProductVersion()).toLowerCase(Locale.ROOT);
        if (product.equals("H2")) {
            return new H2();
        }
        if (product.equals("PostgreSQL")) {
            return new PostgreSql();
        }
        if (all.contains("mariadb")) {
            return new MySql("utf8mb4_nopad_bin");
        }
        if (all.contains("mysql")) {
            return new MySql("utf8mb4_0900_bin");
        }
        throw new StoreException(
                "the store works on H2, PostgreSQL, MariaDB and MySQL; this database calls itself " + product);
    }

    /** The dialect of the database behind a JDBC URL, as far as a pool must know it before there is a connection. */
    static Dialect ofUrl(String url) {
        if (url.startsWith("jdbc:postgresql:")) {
            return new PostgreSql();
        }
        return url.startsWith("jdbc:mariadb:") || url.startsWith("jdbc:mysql:") ? new MySql("") : new H2();
    }

    private record H2() implements Dialect {

        @Override
        public String migrations() {
            return "h2";
        }

        /** By default H2 writes a commit to the disk up to half a second later, and loses it if the process is killed. */
        @Override
        public void makeDurable(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET WRITE_DELAY 0");
            }
        }

        @Override
        public String oneWriter(Connection connection) throws SQLException {
            return connection.getMetaData().getURL();
        }

        /** H2 would give up after the session's lock timeout, which is a second or two. */
        @Override
        public String forUpdate(Duration wait) {
            return "FOR UPDATE WAIT " + wait.toSeconds();
        }

        /** H2 has neither ON CONFLICT nor INSERT IGNORE. */
        @Override
        public String insertTask() {
            return "MERGE INTO hw_task t USING (SELECT CAST(? AS VARCHAR) AS n, CAST(? AS VARCHAR) AS i,"
                    + " CAST(? AS BIGINT) AS e) s ON t.task_name = s.n AND t.task_instance = s.i"
                    + " WHEN NOT MATCHED THEN INSERT (task_name, task_instance, execution_time, picked,"
                    + " consecutive_failures, version) VALUES (s.n, s.i, s.e, FALSE, 0, 1)";
        }

        @Override
        public boolean undone(SQLException problem) {
            return problem.getErrorCode() == H2_DEADLOCK || problem.getErrorCode() == H2_CONCURRENT_UPDATE;
        }
    }

    private record PostgreSql() implements Dialect {

        @Override
        public String migrations() {
            return "postgresql";
        }

        @Override
        public Map<String, String> driverProperties(Duration queryTimeout) {
            return Map.of(
                    "socketTimeout",
                    Long.toString(queryTimeout.plus(NETWORK_SLACK).toSeconds()),
                    "tcpKeepAlive",
                    "true",
                    "ApplicationName",
                    "headwater");
        }

        /** The server's own timeout: the driver's takes a timer per statement, which costs as much as a short statement does. */
        @Override
        public String beginSession(Duration queryTimeout) {
            return "SET statement_timeout = " + queryTimeout.toMillis();
        }

        @Override
        public boolean endsLongStatements(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SHOW statement_timeout")) {
                return rows.next() && !rows.getString(1).equals("0");
            }
        }

        @Override
        public String insertTask() {
            return "INSERT INTO hw_task " + NEW_TASK + " ON CONFLICT DO NOTHING";
        }

        /** Serialization failure and deadlock: "Serialization Failure Handling" in the PostgreSQL manual. */
        @Override
        public boolean undone(SQLException problem) {
            return "40001".equals(problem.getSQLState()) || "40P01".equals(problem.getSQLState());
        }
    }

    /** @param collation a binary collation for which trailing spaces count */
    private record MySql(String collation) implements Dialect {

        @Override
        public String migrations() {
            return "mysql";
        }

        @Override
        public Map<String, String> placeholders() {
            return Map.of("collation", collation);
        }

        @Override
        public Map<String, String> driverProperties(Duration queryTimeout) {
            return Map.of(
                    "socketTimeout",
                    Long.toString(queryTimeout.plus(NETWORK_SLACK).toMillis()));
        }

        @Override
        public String insertTask() {
            return "INSERT IGNORE INTO hw_task " + NEW_TASK;
        }

        @Override
        public boolean undone(SQLException problem) {
            return problem.getErrorCode() == MYSQL_DEADLOCK || problem.getErrorCode() == MARIADB_RECORD_CHANGED;
        }
    }
}
