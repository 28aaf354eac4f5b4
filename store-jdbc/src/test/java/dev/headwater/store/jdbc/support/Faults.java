package dev.headwater.store.jdbc.support;

import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A data source that fails at the nth JDBC call from {@link #arm} on, whatever call that is. */
public final class Faults implements DataSource {

    /** When the call fails. */
    public enum When {
        /** Instead of being done. */
        BEFORE,
        /** After it was done: the answer was lost. */
        AFTER,
        /** Instead of being done, and so does every later one: the database is away. */
        FROM_THEN_ON
    }

    /** What the faults say; it must not come out of a store. */
    public static final String PLANTED = "planted-in-driver-message";

    private final DataSource real;
    private When when = When.BEFORE;
    private int countdown = -1;
    private boolean away;
    private boolean fired;
    private int open;

    public Faults(DataSource real) {
        this.real = real;
    }

    /** Lets the call of that number fail, counted from 1. */
    public void arm(When mode, int call) {
        when = mode;
        countdown = call;
        away = false;
        fired = false;
    }

    /** Lets no further call fail. {@return whether one did} */
    public boolean disarm() {
        countdown = -1;
        away = false;
        return fired;
    }

    /** {@return how many connections were handed out and not closed} */
    public int open() {
        return open;
    }

    private boolean failsNow() {
        if (countdown > 0 && --countdown == 0) {
            fired = true;
            away = when == When.FROM_THEN_ON;
            return true;
        }
        return away;
    }

    private static SQLException fault() {
        return new SQLException(PLANTED, "08006");
    }

    @Override
    public Connection getConnection() throws SQLException {
        boolean fails = failsNow();
        if (fails) {
            throw fault();
        }
        Connection connection = real.getConnection();
        open++;
        return wrap(Connection.class, connection);
    }

    private <T> T wrap(Class<T> type, T target) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            boolean closing = method.getName().equals("close");
            boolean wasOpen = closing && target instanceof Connection connection && !connection.isClosed();
            boolean fails = method.getDeclaringClass() != Object.class && failsNow();
            // even a connection that fails to close is gone
            if (fails && when != When.AFTER && !closing) {
                throw fault();
            }
            Object result;
            try {
                result = method.invoke(target, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
            if (wasOpen) {
                open--;
            }
            if (fails) {
                throw fault();
            }
            return wrapped(result);
        };
        return type.cast(Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {type}, handler));
    }

    private Object wrapped(Object result) {
        if (result instanceof CallableStatement) {
            return result;
        }
        if (result instanceof PreparedStatement statement) {
            return wrap(PreparedStatement.class, statement);
        }
        if (result instanceof Statement statement) {
            return wrap(Statement.class, statement);
        }
        return result instanceof ResultSet rows ? wrap(ResultSet.class, rows) : result;
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public PrintWriter getLogWriter() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setLoginTimeout(int seconds) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
