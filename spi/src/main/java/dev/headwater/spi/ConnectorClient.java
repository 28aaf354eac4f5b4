package dev.headwater.spi;

import java.util.Optional;

/** A live client of a data source, such as a pool. Safe for use by many threads. */
public interface ConnectorClient extends AutoCloseable {

    /** {@return what a host works with: a {@link javax.sql.DataSource} for kinds with JDBC, else the native client} */
    Object client();

    /** {@return how many connections are in use now; 0 where that is not known} */
    int inUse();

    /** {@return what it is doing now} Does not block. */
    default ClientState state() {
        return new ClientState(0, inUse(), 0, Optional.empty());
    }

    /** Lets idle connections go and gives out no more; connections in use go on. Followed by {@link #close()}. */
    void retire();

    /** Ends it, connections in use included. Never throws. */
    @Override
    void close();
}
