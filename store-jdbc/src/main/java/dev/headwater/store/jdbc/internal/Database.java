package dev.headwater.store.jdbc.internal;

import dev.headwater.spi.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connections, transactions, timeouts and errors of a store. */
public final class Database implements AutoCloseable {

    /** How often a transaction is tried that the database undoes because of others. */
    static final int ATTEMPTS = 4;

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    private final Jdbi jdbi;
    private final Dialect dialect;
    private final Writers writers;
    private final Duration queryTimeout;
    private final boolean setTimeout;
    private final boolean setIsolation;
    private final Runnable release;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Database(
            DataSource dataSource,
            Dialect dialect,
            Writers writers,
            Duration queryTimeout,
            boolean setTimeout,
            boolean autoCommit,
            boolean setIsolation,
            Runnable release) {
        this.dialect = dialect;
        this.writers = writers;
        this.queryTimeout = queryTimeout;
        this.setTimeout = setTimeout;
        this.setIsolation = setIsolation;
        this.release = release;
        this.jdbi = Jdbi.create(new AutoCommitting(dataSource, autoCommit));
        jdbi.getConfig(SqlStatements.class).setTemplateEngine((template, context) -> template);
        if (setTimeout) {
            jdbi.getConfig(SqlStatements.class).setQueryTimeout(seconds(queryTimeout));
        }
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(StatementExceptions.MessageRendering.NONE);
    }

    /**
     * Looks at the database once.
     *
     * @param release what to do at close
     */
    public static Database open(DataSource dataSource, Duration queryTimeout, Runnable release) {
        try (Connection connection = dataSource.getConnection()) {
            boolean setIsolation = connection.getTransactionIsolation() != Connection.TRANSACTION_READ_COMMITTED;
            boolean autoCommit = connection.getAutoCommit();
            Dialect dialect = Dialects.of(connection);
            dialect.makeDurable(connection);
            boolean setTimeout = !dialect.endsLongStatements(connection);
            Writers writers = Writers.of(dialect.oneWriter(connection), queryTimeout);
            return new Database(
                    dataSource, dialect, writers, queryTimeout, setTimeout, autoCommit, setIsolation, release);
        } catch (SQLException e) {
            throw Failures.of("connect to the database", e);
        }
    }

    /** {@return the data source, for others that write on their own: they take turns with this one where they have to} */
    public DataSource forOthers(DataSource dataSource) {
        return writers.guarded(dataSource);
    }

    Dialect dialect() {
        return dialect;
    }

    /** What ends a SELECT that locks its rows. */
    String forUpdate() {
        return dialect.forUpdate(queryTimeout);
    }

    /** Work on a connection. */
    interface Work<T> {
        T on(Handle handle) throws SQLException;
    }

    /** Does work that writes, in which each statement is a transaction of its own. */
    <T> T writes(String doing, Work<T> work) {
        return writers.write(() -> statements(doing, work));
    }

    /** Does work that reads, in which each statement is a transaction of its own. */
    <T> T statements(String doing, Work<T> work) {
        checkOpen();
        try {
            Handle handle = jdbi.open();
            try {
                return work.on(handle);
            } finally {
                close(handle);
            }
        } catch (SQLException | RuntimeException e) {
            throw failure(doing, e);
        }
    }

    /**
     * Does work in one transaction, and tries again a few times where the database undid it because of others.
     *
     * @param written asked if the connection breaks while it commits, which leaves open whether it did: the result if
     *     what was to be written is there. It must wait for the transaction in doubt to end, by locking what that one locked.
     */
    <T> T transaction(String doing, Work<T> work, Work<Optional<T>> written) {
        return writers.write(() -> attempts(doing, work, written));
    }

    private <T> T attempts(String doing, Work<T> work, Work<Optional<T>> written) {
        for (int attempt = 1; ; attempt++) {
            checkOpen();
            try {
                return once(work);
            } catch (CommitInDoubt doubt) {
                return settle(doing, doubt.problem, written);
            } catch (SQLException | RuntimeException e) {
                SQLException sql = Failures.sql(e);
                if (sql == null || !dialect.undone(sql) || attempt == ATTEMPTS) {
                    throw failure(doing, e);
                }
                LOG.debug("The database undid a transaction ({}), attempt {}", sql.getSQLState(), attempt);
            }
        }
    }

    private <T> T settle(String doing, SQLException problem, Work<Optional<T>> written) {
        Optional<T> result;
        try {
            result = once(written);
        } catch (SQLException | RuntimeException | CommitInDoubt e) {
            throw Failures.of(
                    doing + " for certain: the connection broke in the commit, and the database could not be asked"
                            + " whether it is done",
                    problem);
        }
        return result.orElseThrow(() -> Failures.of(doing, problem));
    }

    private <T> T once(Work<T> work) throws SQLException, CommitInDoubt {
        Handle handle = jdbi.open();
        try {
            Connection connection = handle.getConnection();
            int isolation = setIsolation ? connection.getTransactionIsolation() : Connection.TRANSACTION_READ_COMMITTED;
            if (setIsolation) {
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            }
            connection.setAutoCommit(false);
            T result;
            try {
                result = work.on(handle);
            } catch (SQLException | RuntimeException e) {
                restore(connection, isolation, true);
                throw e;
            }
            commit(connection, isolation);
            restore(connection, isolation, false);
            return result;
        } finally {
            close(handle);
        }
    }

    private void commit(Connection connection, int isolation) throws SQLException, CommitInDoubt {
        try {
            connection.commit();
        } catch (SQLException e) {
            restore(connection, isolation, true);
            if (dialect.undone(e)) {
                throw e;
            }
            throw new CommitInDoubt(e);
        }
    }

    /** What fails here changes nothing of the outcome; the pool finds out that the connection is of no more use. */
    private void restore(Connection connection, int isolation, boolean rollback) {
        try {
            if (rollback) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
            if (setIsolation) {
                connection.setTransactionIsolation(isolation);
            }
        } catch (SQLException e) {
            LOG.debug("A connection could not be restored ({})", e.getSQLState());
        }
    }

    private static void close(Handle handle) {
        try {
            handle.close();
        } catch (RuntimeException e) {
            LOG.debug("A connection could not be closed ({})", e.getClass().getName());
        }
    }

    /**
     * A statement in plain JDBC, with the store's timeout. H2 keeps the timeout with the connection, and to set it, even to
     * what it is, makes H2 plan all its statements anew.
     */
    PreparedStatement prepare(Handle handle, String sql) throws SQLException {
        PreparedStatement statement = handle.getConnection().prepareStatement(sql);
        if (setTimeout && statement.getQueryTimeout() != seconds(queryTimeout)) {
            statement.setQueryTimeout(seconds(queryTimeout));
        }
        return statement;
    }

    private static int seconds(Duration timeout) {
        return (int) Math.max(1, timeout.toSeconds());
    }

    /** Only what comes from the database is a store's failure; the rest is a mistake in the program and stays what it is. */
    private RuntimeException failure(String doing, Exception e) {
        if (e instanceof RuntimeException bug
                && Failures.sql(e) == null
                && !(e instanceof org.jdbi.v3.core.JdbiException)) {
            return bug;
        }
        return closed.get() ? new StoreException("the store is closed") : Failures.of(doing, e);
    }

    private void checkOpen() {
        if (closed.get()) {
            throw new StoreException("the store is closed");
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            release.run();
        }
    }

    /** The connection broke while it committed. */
    private static final class CommitInDoubt extends Exception {

        private static final long serialVersionUID = 1L;

        private final SQLException problem;

        CommitInDoubt(SQLException problem) {
            super(null, null, false, false);
            this.problem = problem;
        }
    }

    /** Hands out connections that commit each statement, and takes them back as they were. */
    private record AutoCommitting(DataSource dataSource, boolean wasAutoCommit) implements ConnectionFactory {

        @Override
        public Connection openConnection() throws SQLException {
            Connection connection = dataSource.getConnection();
            if (!wasAutoCommit) {
                try {
                    connection.setAutoCommit(true);
                } catch (SQLException e) {
                    connection.close();
                    throw e;
                }
            }
            return connection;
        }

        @Override
        public void closeConnection(Connection connection) throws SQLException {
            try {
                if (!wasAutoCommit) {
                    connection.setAutoCommit(false);
                }
            } finally {
                connection.close();
            }
        }
    }
}
