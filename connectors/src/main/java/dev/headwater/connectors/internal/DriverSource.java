package dev.headwater.connectors.internal;

import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ConnectorException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a pool gets its connections: each call logs in anew. What it throws holds no secret, since pools log it and hand
 * it on; the cause is the {@link ConnectorException} that says why. Safe for use by many threads.
 */
final class DriverSource extends BareDataSource implements AutoCloseable {

    private final DriverKind kind;
    private final Login login;
    private final JdbcDialer dialer;
    private final Set<Cancellation> loggingIn = new HashSet<>();
    private final Rejections rejections = new Rejections();
    private @Nullable Connection first;
    private @Nullable Connection ready;
    private boolean closed;

    DriverSource(DriverKind kind, Login login, JdbcDialer dialer) {
        this.kind = kind;
        this.login = login;
        this.dialer = dialer;
    }

    /** {@return whether its connections are read-only from the start} */
    boolean readOnly() {
        return kind.readOnly(login);
    }

    /** {@return whether a new source of the same login sees all that connections of this one see} */
    boolean reopens() {
        return !kind.sharesFirstConnection(login);
    }

    /** {@return what came of the logins so far} */
    Rejections rejections() {
        return rejections;
    }

    /** Logs in now, on this thread; what comes of it is there for the next {@link #getConnection}. */
    void prepare() throws SQLException {
        Connection prepared = takeReady();
        keep(prepared == null ? logIn() : prepared);
    }

    private synchronized void keep(Connection connection) {
        if (closed) {
            JdbcSession.closeQuietly(connection);
        } else {
            ready = connection;
        }
    }

    private synchronized @Nullable Connection takeReady() {
        Connection taken = ready;
        ready = null;
        return taken;
    }

    /** Closes what was prepared, if nobody came for it. */
    void dropUnused() {
        Connection unused = takeReady();
        if (unused != null) {
            JdbcSession.closeQuietly(unused);
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection prepared = takeReady();
        return prepared == null ? logIn() : prepared;
    }

    private Connection logIn() throws SQLException {
        rejections.refuseIfRejected();
        Cancellation cancellation = new Cancellation();
        begin(cancellation);
        try {
            Connection connection = kind.sharesFirstConnection(login) ? sibling(cancellation) : connect(cancellation);
            rejections.succeeded();
            return connection;
        } catch (ConnectorException e) {
            rejections.failed(e);
            throw new SQLException(e.getMessage(), e);
        } finally {
            end(cancellation);
        }
    }

    private Connection connect(Cancellation cancellation) {
        return dialer.connect(login.properties(), cancellation);
    }

    private synchronized Connection sibling(Cancellation cancellation) throws SQLException {
        if (first == null) {
            first = connect(cancellation);
        }
        return kind.sibling(first);
    }

    private synchronized void begin(Cancellation cancellation) throws SQLException {
        if (closed) {
            throw new SQLException("this pool is closed");
        }
        loggingIn.add(cancellation);
    }

    private synchronized void end(Cancellation cancellation) {
        loggingIn.remove(cancellation);
    }

    /** Breaks off logins under way, and refuses new ones. Connections that were made go on. */
    synchronized void stop() {
        closed = true;
        loggingIn.forEach(Cancellation::cancel);
    }

    /** Closes what connections are made from. */
    @Override
    public void close() {
        dropUnused();
        closeFirst();
        dialer.close();
    }

    private synchronized void closeFirst() {
        if (first != null) {
            JdbcSession.closeQuietly(first);
            first = null;
        }
    }

    /** {@return a second: for so long a closing pool waits for logins under way, and those are broken off before} */
    @Override
    public int getLoginTimeout() {
        return 1;
    }

    /** Does nothing: the time of a login is that of the target. */
    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public String toString() {
        return "DriverSource[" + kind.id() + "]";
    }
}
