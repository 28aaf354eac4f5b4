package dev.headwater.connectors.internal;

import dev.headwater.connectors.internal.net.GateProxy;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * How to log in by the JDBC driver of one kind: what a pool needs to know. Stateless, and safe for use by many threads.
 */
public interface DriverKind {

    /** {@return the id of the kind} */
    String id();

    /** {@return the driver} */
    JdbcDriver driver();

    /**
     * Says how to log in. Does no I/O.
     *
     * @throws ConnectorException with {@link FailureCode#INVALID_CONFIG} if the config cannot be used
     */
    Login login(ResolvedConfig config);

    /**
     * For a source without a network: checks, before each connect, that what the login names is there.
     *
     * @throws ConnectorException if it is not
     */
    default void checkPresence(Login login, ResolvedConfig config) {}

    /**
     * Tells the driver to take its sockets from {@link dev.headwater.connectors.internal.net.GatedSocketFactory}. Called
     * only for logins with an endpoint.
     *
     * @param token what the factory's constructor takes
     */
    default void useSocketFactory(Properties properties, String token) {}

    /**
     * {@return whether the driver takes no socket factory, and so gets its sockets from a proxy instead} Called only for
     * logins with an endpoint.
     */
    default boolean proxied() {
        return false;
    }

    /**
     * Tells a {@link #proxied} driver to make all its connections through a proxy, and to leave names to it. The proxy
     * speaks SOCKS5 and HTTP, and lives as long as the session or the pool.
     *
     * @param proxy where it listens, and as whom to log in to it, if {@link #proxyLogin} is true
     */
    default void useProxy(Properties properties, GateProxy proxy) {}

    /** {@return whether a {@link #proxied} driver tries a login again by itself, and sleeps before that} */
    default boolean sleepsBetweenTries() {
        return false;
    }

    /** Frees what the driver keeps of a proxy that is closed. Never throws. */
    default void forgetProxy(GateProxy proxy) {}

    /** {@return whether the driver can log in to a proxy; then others on the machine are kept out of it} */
    default boolean proxyLogin() {
        return false;
    }

    /**
     * Adds what a login needs that does not last, such as a token; called before each one. May block on the network, through
     * the target's policy and within its time.
     *
     * @throws ConnectorException if that cannot be had
     */
    default void addToken(Properties properties, Login login, ConnectionTarget target) {}

    /**
     * Asks the server something, where the driver connects and logs in only with the first query. Called for each new
     * connection, within the time of the login.
     *
     * @throws ConnectorException if the server's answer shows that the login is no good
     */
    default void confirm(Connection connection, ResolvedConfig config) throws SQLException {}

    /** {@return whether the login asks for connections that cannot write} */
    default boolean readOnly(Login login) {
        return false;
    }

    /**
     * {@return whether a pool has to make its connections from its first one by {@link #sibling}, because what is in
     * memory is seen only from there}
     */
    default boolean sharesFirstConnection(Login login) {
        return false;
    }

    /** Makes one more connection to what the first one sees. */
    default Connection sibling(Connection first) throws SQLException {
        throw new SQLFeatureNotSupportedException(id());
    }

    /** {@return what the driver's exception means, or null if it is for the engine to tell from its causes} */
    @Nullable
    Diagnosis diagnose(SQLException failure, ResolvedConfig config);

    /**
     * What a failure means.
     *
     * @param hint what to do, where that can be said better than the code's own hint does; or null
     */
    record Diagnosis(FailureCode code, @Nullable String hint) {

        public static Diagnosis of(FailureCode code) {
            return new Diagnosis(code, null);
        }
    }
}
