package dev.headwater.core.internal;

import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A JDBC data source that a host can keep: each connection comes from the pool that is current then. */
public final class FollowingDataSource implements DataSource {

    private final Supplier<DataSource> current;
    private final BooleanSupplier refreshCredentials;

    /**
     * @param current gives the pool of this moment
     * @param refreshCredentials looks for other credentials after a login was rejected, and says whether there are any
     */
    public FollowingDataSource(Supplier<DataSource> current, BooleanSupplier refreshCredentials) {
        this.current = current;
        this.refreshCredentials = refreshCredentials;
    }

    @Override
    public Connection getConnection() throws SQLException {
        DataSource pool = current.get();
        try {
            return pool.getConnection();
        } catch (SQLException e) {
            boolean others = rejected(e) && refreshCredentials.getAsBoolean();
            DataSource now = current.get();
            if (now == pool && !others) {
                throw e;
            }
            // The pool was replaced, for other credentials or because its data source changed between the two calls.
            return now.getConnection();
        }
    }

    private static boolean rejected(SQLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectorException e) {
                return e.failure() == FailureCode.WRONG_CREDENTIALS;
            }
        }
        return false;
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("credentials come from the registry");
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        throw new SQLFeatureNotSupportedException("logs go through SLF4J");
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        throw new SQLFeatureNotSupportedException("logs go through SLF4J");
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        throw new SQLFeatureNotSupportedException("timeouts come from the registry");
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return current.get().getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("logs go through SLF4J");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.isInstance(this) ? type.cast(this) : current.get().unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this) || current.get().isWrapperFor(type);
    }
}
