package dev.headwater.store.jdbc.internal;

import dev.headwater.spi.StoreException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** One statement run for a number of rows that is known before, in as few round trips as can be. */
final class Batch implements AutoCloseable {

    /** Rows per round trip: enough to make round trips rare, few enough for any server's limits. */
    private static final int ROWS = 500;

    private final @Nullable PreparedStatement statement;
    private final int rows;
    private int given;
    private int waiting;

    /** @param rows how many there will be; none, and the statement is not even prepared */
    Batch(Database database, Handle handle, String sql, int rows) throws SQLException {
        this.statement = rows == 0 ? null : database.prepare(handle, sql);
        this.rows = rows;
    }

    /** Runs the statement for a row, now or together with later ones. Each must touch just one row of the table. */
    void row(Object... values) throws SQLException {
        if (statement == null) {
            throw new IllegalStateException("no rows were announced");
        }
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof Long number) {
                statement.setLong(i + 1, number);
            } else {
                statement.setString(i + 1, (String) values[i]);
            }
        }
        given++;
        if (rows == 1) {
            check(statement.executeUpdate());
            return;
        }
        statement.addBatch();
        waiting++;
        if (waiting == ROWS || given == rows) {
            for (int count : statement.executeBatch()) {
                check(count);
            }
            waiting = 0;
        }
    }

    private static void check(int count) {
        if (count != 1 && count != Statement.SUCCESS_NO_INFO) {
            throw new StoreException("a statement that should write one row wrote " + count
                    + ": something else than the store writes to its tables");
        }
    }

    @Override
    public void close() throws SQLException {
        if (statement != null) {
            statement.close();
        }
    }
}
