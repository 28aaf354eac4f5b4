package dev.headwater.connectors.internal.net;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;

/** Leads connections through another machine. Safe for use by many threads. */
public interface Tunnel {

    /**
     * Connects to a destination, as seen from the other machine.
     *
     * @param host a name or an address
     * @param passage the way that this is a part of
     * @param deadline until when the lead must stand
     * @throws TunnelException if the other machine cannot be used, or cannot reach the destination
     */
    Lead lead(String host, int port, Passage passage, Deadline deadline) throws IOException;

    /** One connection through the tunnel. */
    interface Lead extends Closeable {

        /** Joins the near end with the connection: what one sends, the other gets, from now on. */
        void join(Socket nearEnd) throws IOException;

        /** Ends the connection, and what was needed for it alone. Never throws. */
        @Override
        void close();
    }
}
