package dev.headwater.spi;

import java.util.Set;

/**
 * Knows how to use data sources of some kinds. Drivers and clients are loaded when they are first needed, so that a
 * connector whose driver is missing can be registered all the same.
 *
 * <p>All methods may be called by many threads at once. All but {@link #kinds} block on I/O, register with the target's
 * {@link Cancellation} whatever breaks them off, and leave nothing open when they throw. They throw
 * {@link ConnectorException} with the most precise {@link FailureCode} and a redacted message.
 */
public interface Connector {

    /** {@return the ids of the kinds that it serves} */
    Set<String> kinds();

    /**
     * Reaches the data source without credentials: resolves its host, passes the network policy, connects, closes. For a
     * source without a network, checks that what it names is there.
     *
     * @throws ConnectorException if it cannot be reached
     */
    void reach(ConnectionTarget target);

    /**
     * Logs in.
     *
     * @return a session, which the caller closes
     * @throws ConnectorException if that fails
     */
    ConnectorSession open(ConnectionTarget target);

    /**
     * Makes what a host works with: a {@link javax.sql.DataSource} over a pool, or the native client.
     *
     * @param target its timeout is that of getting one connection
     * @param settings how large, and under which name
     * @throws ConnectorException if the client cannot be made. Whether the source can be reached may show only in use.
     */
    ConnectorClient client(ConnectionTarget target, ClientSettings settings);
}
