package dev.headwater.store.jdbc.internal;

import dev.headwater.spi.StoreException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes store exceptions of what drivers, pools and Flyway throw. Drivers put values into their messages (PostgreSQL and
 * H2 repeat a value that is too long, or that breaks a unique index), so a message says what was tried, the classes,
 * the SQLState and the vendor's code, and nothing that anybody else wrote.
 */
final class Failures {

    private static final int DEEPEST = 16;

    private Failures() {}

    /** @param doing what was tried, to follow "could not" */
    static StoreException of(String doing, Throwable problem) {
        if (problem instanceof StoreException already) {
            return already;
        }
        List<String> classes = new ArrayList<>();
        Throwable deepest = problem;
        for (Throwable each = problem; each != null && classes.size() < DEEPEST; each = each.getCause()) {
            classes.add(each.getClass().getSimpleName());
            deepest = each;
        }
        SQLException sql = sql(problem);
        String state = sql == null ? "" : ", SQLState " + sql.getSQLState() + ", vendor code " + sql.getErrorCode();
        return new StoreException(
                "could not " + doing + ": " + String.join(", caused by ", classes) + state + hint(sql),
                new Withheld(deepest));
    }

    /** The SQLException that says most: the first in the chain with a SQLState. */
    static @Nullable SQLException sql(Throwable problem) {
        SQLException first = null;
        int depth = 0;
        for (Throwable each = problem; each != null && depth < DEEPEST; each = each.getCause(), depth++) {
            if (each instanceof SQLException sql) {
                // a batch keeps the server's own error in the chain of next exceptions
                SQLException next = sql.getNextException();
                if (sql.getSQLState() != null) {
                    return sql;
                }
                if (next != null && next.getSQLState() != null) {
                    return next;
                }
                first = first == null ? sql : first;
            }
        }
        return first;
    }

    /** Whether a unique index or another constraint refused a row. */
    static boolean constraint(Throwable problem) {
        SQLException sql = sql(problem);
        return sql != null && sql.getSQLState() != null && sql.getSQLState().startsWith("23");
    }

    private static String hint(@Nullable SQLException sql) {
        if (sql == null || sql.getSQLState() == null) {
            return "";
        }
        String state = sql.getSQLState();
        if (state.startsWith("08") || state.startsWith("57P")) {
            return " (the database cannot be reached or closed the connection)";
        }
        if (state.startsWith("28")) {
            return " (the database refused the user)";
        }
        return state.equals("57014") || state.equals("HYT00") ? " (it took too long)" : "";
    }

    /** Stands for a driver's exception: its class and stack, without its message. */
    private static final class Withheld extends Exception {

        private static final long serialVersionUID = 1L;

        Withheld(Throwable problem) {
            super(problem.getClass().getName() + " (message withheld, it may hold values)", null, false, true);
            setStackTrace(problem.getStackTrace());
        }
    }
}
