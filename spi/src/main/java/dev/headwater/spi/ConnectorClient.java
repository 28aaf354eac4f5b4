package dev.headwater.spi;

import java.util.Optional;

/** A live client of a data source, such as a pool. Safe for use by many threads. */
public interface ConnectorClient extends AutoCloseable {

    /** {@return what a host works with: a {@link javax.sql.DataSource} for kinds with JDBC, else the native client} */
    Object client();

    /** {@return how many connections are in use now or are being got; 0 where that is not known} */
    int inUse();

    /** {@return what it is doing now} Does not block. */
    default ClientState state() {
        return new ClientState(0, inUse(), 0, Optional.empty());
    }

    /**
     * {@return whether it may be closed while nobody uses it and made again at the next use, without anybody noticing} That is so
     * of a pool, which is asked for each connection; and not of a native client, which hosts hold, or where something ends with the
     * client, such as a database in memory. Then {@link #inUse} tells all use, and stays at 0 once it is so after {@link #retire}.
     */
    default boolean mayCloseWhenUnused() {
        return false;
    }

    /** Lets idle connections go and gives out no more; connections in use go on. Followed by {@link #close()}. */
    void retire();

    /** Ends it, connections in use included. Never throws. */
    @Override
    void close();
}
