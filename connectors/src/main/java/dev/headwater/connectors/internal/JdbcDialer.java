package dev.headwater.connectors.internal;

import dev.headwater.connectors.internal.net.Endpoint;
import dev.headwater.connectors.internal.net.GateProxy;
import dev.headwater.connectors.internal.net.Passage;
import dev.headwater.connectors.internal.net.SocketGate;
import dev.headwater.connectors.internal.ssh.Passages;
import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.SecretValue;
import java.io.IOException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Logs in by calling a driver, with sockets that the policy, the deadline and the canceller hold. Made for one session or
 * one pool, and closed when all its connections are.
 */
final class JdbcDialer implements AutoCloseable {

    private final DriverKind kind;
    private final Login login;
    private final ConnectionTarget target;
    private final Passage passage;
    private final Driver driver;
    private @Nullable GateProxy proxy;

    /** @throws ConnectorException with {@link FailureCode#DRIVER_MISSING} if there is no driver */
    JdbcDialer(DriverKind kind, Login login, ConnectionTarget target) {
        this.kind = kind;
        this.login = login;
        this.target = target;
        this.passage = Passages.of(target);
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
            return connect(properties, "open the database", cancellation, null);
        }
        List<String> tokens = addToken(properties, cancellation);
        try {
            return connect(properties, endpoint, cancellation);
        } catch (ConnectorException e) {
            throw without(tokens, e);
        }
    }

    /** {@return what was added, which is not for messages} */
    private List<String> addToken(Properties properties, Cancellation cancellation) {
        Set<Object> before = new HashSet<>(properties.values());
        kind.addToken(
                properties,
                login,
                new ConnectionTarget(
                        target.kind(),
                        target.config(),
                        target.policy(),
                        target.hostKeys(),
                        target.timeout(),
                        cancellation));
        return properties.values().stream()
                .filter(value -> !before.contains(value))
                .map(String::valueOf)
                .toList();
    }

    private static ConnectorException without(List<String> tokens, ConnectorException failure) {
        String message = String.valueOf(failure.getMessage());
        String shown = message;
        for (String token : tokens) {
            shown = shown.replace(token, SecretValue.HIDDEN);
        }
        return shown.equals(message) ? failure : new ConnectorException(failure.failure(), shown, failure.hint());
    }

    private Connection connect(Properties properties, Endpoint endpoint, Cancellation cancellation) {
        String doing = "log in to " + endpoint;
        if (kind.proxied()) {
            return connectProxied(properties, endpoint, doing, cancellation);
        }
        try (SocketGate gate = SocketGate.open(endpoint, passage.with(cancellation))) {
            kind.useSocketFactory(properties, gate.token());
            try {
                Connection connection = connect(properties, doing, cancellation, gate::failure);
                gate.loggedIn();
                return connection;
            } catch (ConnectorException e) {
                gate.abandon();
                throw e;
            }
        }
    }

    /** One login at a time, so that the proxy knows whose deadline it keeps. */
    private synchronized Connection connectProxied(
            Properties properties, Endpoint endpoint, String doing, Cancellation cancellation) {
        GateProxy through = proxy(endpoint);
        // What breaks this login off may break off the others of the pool: it closes.
        try (Cancellation.Registration registration = cancellation.onCancel(through::close)) {
            kind.useProxy(properties, through);
            through.loggingIn();
            Connection connection = kind.sleepsBetweenTries()
                    ? LoginAside.run(
                            () -> connect(properties, doing, cancellation, through::failure),
                            doing,
                            target.timeout(),
                            cancellation)
                    : connect(properties, doing, cancellation, through::failure);
            through.loggedIn();
            return connection;
        }
    }

    private synchronized GateProxy proxy(Endpoint endpoint) {
        if (proxy == null) {
            try {
                proxy = kind.proxyLogin() ? GateProxy.guarded(passage) : GateProxy.open(passage);
                if (passage.tunnel() != null) {
                    proxy.onlyTo(endpoint);
                }
            } catch (IOException e) {
                throw Failures.translate(kind, target.config(), target.cancellation(), "open a proxy", e);
            }
        }
        return proxy;
    }

    private Connection connect(
            Properties properties, String doing, Cancellation cancellation, @Nullable SocketFailure sockets) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // A driver of a parent class loader finds the socket factory through the context class loader.
        thread.setContextClassLoader(JdbcDialer.class.getClassLoader());
        try {
            Connection connection = driver.connect(login.url(), properties);
            if (connection == null) {
                throw new SQLException("the driver does not take its URL");
            }
            confirm(connection);
            return connection;
        } catch (SQLException | RuntimeException | OutOfMemoryError e) {
            // A length in what a stranger answers can make a driver ask for more memory than there is.
            IOException socketFailure = sockets == null ? null : sockets.last();
            // What kept a socket from connecting says more than what each driver makes of it.
            Throwable cause = socketFailure == null ? e : socketFailure;
            throw Failures.translate(kind, target.config(), cancellation, doing, asSqlException(cause));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void confirm(Connection connection) throws SQLException {
        try {
            kind.confirm(connection, target.config());
        } catch (SQLException | RuntimeException | OutOfMemoryError e) {
            JdbcSession.closeQuietly(connection);
            throw e;
        }
    }

    /** For kinds to diagnose: a driver may stumble over what a stranger answers. */
    private static Throwable asSqlException(Throwable cause) {
        boolean stumbled = cause instanceof RuntimeException
                && !(cause instanceof ConnectorException)
                && Failures.chain(cause).stream().noneMatch(IOException.class::isInstance);
        return stumbled ? new SQLException("the driver failed", cause) : cause;
    }

    /** Ends the proxy, if there is one, and with it its connections. Tunnels end with their connections. */
    @Override
    public synchronized void close() {
        if (proxy != null) {
            proxy.close();
            kind.forgetProxy(proxy);
        }
    }

    @FunctionalInterface
    private interface SocketFailure {
        @Nullable
        IOException last();
    }
}
