package dev.headwater.connectors.internal;

import dev.headwater.connectors.internal.net.Endpoint;
import dev.headwater.connectors.internal.net.SocketGate;
import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;

/** Logs in by calling a driver, with sockets that the policy, the deadline and the canceller hold. */
final class JdbcDialer {

    private final JdbcKind kind;
    private final Login login;
    private final ConnectionTarget target;
    private final Driver driver;

    /** @throws ConnectorException with {@link FailureCode#DRIVER_MISSING} if there is no driver */
    JdbcDialer(JdbcKind kind, Login login, ConnectionTarget target) {
        this.kind = kind;
        this.login = login;
        this.target = target;
        this.driver = kind.driver().load();
    }

    /**
     * Logs in.
     *
     * @param properties those of the login, perhaps with some more; changed by this
     * @param cancellation closes the sockets of the connection, for as long as it lives
     * @throws ConnectorException if that fails
     */
    Connection connect(Properties properties, Cancellation cancellation) {
        Endpoint endpoint = login.endpoint();
        if (endpoint == null) {
            kind.checkPresence(login, target.config());
            return connect(properties, "open the database", cancellation);
        }
        try (SocketGate gate = SocketGate.open(endpoint, target.policy(), target.timeout(), cancellation)) {
            kind.useSocketFactory(properties, gate.token());
            Connection connection = connect(properties, "log in to " + endpoint, cancellation);
            gate.loggedIn();
            return connection;
        }
    }

    private Connection connect(Properties properties, String doing, Cancellation cancellation) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // A driver of a parent class loader finds the socket factory through the context class loader.
        thread.setContextClassLoader(JdbcDialer.class.getClassLoader());
        try {
            Connection connection = driver.connect(login.url(), properties);
            if (connection == null) {
                throw new SQLException("the driver does not take its URL");
            }
            return connection;
        } catch (SQLException | RuntimeException | OutOfMemoryError e) {
            // A length in what a stranger answers can make a driver ask for more memory than there is.
            throw Failures.translate(kind, target.config(), cancellation, doing, e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
