package dev.headwater.connectors.internal;

import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.TableList;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A login through a JDBC connection of its own. */
final class JdbcSession implements ConnectorSession {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcSession.class);

    private final JdbcKind kind;
    private final ConnectionTarget target;
    private final boolean networked;
    private final Connection connection;
    private final JdbcDialer dialer;

    /**
     * @param networked whether cancelling closes the connection's socket
     * @param dialer what made the connection, for this session alone
     */
    JdbcSession(JdbcKind kind, ConnectionTarget target, boolean networked, Connection connection, JdbcDialer dialer) {
        this.kind = kind;
        this.target = target;
        this.networked = networked;
        this.connection = connection;
        this.dialer = dialer;
    }

    @Override
    public String probe() {
        return run("read the version", kind.probeSql(), statement -> {
            try (ResultSet rows = statement.executeQuery()) {
                return Failures.line(rows.next() ? String.valueOf(rows.getString(1)) : "no answer", target.config());
            }
        });
    }

    @Override
    public TableList readTables(int maxTables, IntConsumer progress) {
        if (maxTables < 1) {
            throw new IllegalArgumentException("maxTables must be at least 1, is " + maxTables);
        }
        // One more than asked for tells whether there are more.
        JdbcKind.CatalogQuery query = kind.catalogQuery(target.config(), maxTables + 1L);
        return run("read the tables", query.sql(), statement -> {
            for (int i = 0; i < query.parameters().size(); i++) {
                statement.setObject(i + 1, query.parameters().get(i));
            }
            return new CatalogReader(kind, maxTables, progress).read(statement);
        });
    }

    private <T> T run(String doing, String sql, Work<T> work) {
        try {
            if (kind.streamsInTransactions()) {
                connection.setAutoCommit(false);
            }
            try (PreparedStatement statement = connection.prepareStatement(sql);
                    Cancellation.Registration registration = cancelWith(statement)) {
                return work.with(statement);
            } finally {
                rollBack();
            }
        } catch (SQLException | RuntimeException | OutOfMemoryError e) {
            throw Failures.translate(kind, target.config(), target.cancellation(), doing, e);
        }
    }

    private Cancellation.Registration cancelWith(PreparedStatement statement) {
        Failures.refuseCancelled(target);
        // Over a network, cancelling a statement takes a connection of its own and waits; closing the socket does not.
        return networked ? () -> {} : target.cancellation().onCancel(() -> cancel(statement));
    }

    private static void cancel(PreparedStatement statement) {
        try {
            statement.cancel();
        } catch (SQLException e) {
            LOG.debug(
                    "a statement did not take its cancellation: {}",
                    e.getClass().getName());
        }
    }

    private void rollBack() {
        try {
            if (kind.streamsInTransactions() && !connection.isClosed()) {
                connection.rollback();
            }
        } catch (SQLException e) {
            // The connection is broken, and why is what the work itself has thrown.
            LOG.debug("a session did not roll back: {}", e.getClass().getName());
        }
    }

    @Override
    public void close() {
        closeQuietly(connection);
        dialer.close();
    }

    static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException | RuntimeException e) {
            // Its message may hold a secret, so only its name is told.
            LOG.debug("a connection did not close in order: {}", e.getClass().getName());
        }
    }

    private interface Work<T> {
        T with(PreparedStatement statement) throws SQLException;
    }
}
