package dev.headwater.connectors.internal.net;

import java.io.IOException;
import java.net.Socket;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the sockets of one connection of a driver, all to the same endpoint, whatever the driver may have in mind. Drivers
 * find it through {@link GatedSocketFactory} by its token, for as long as it is {@link #close() open}.
 */
public final class SocketGate implements ReadLimit, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SocketGate.class);
    private static final Map<String, SocketGate> OPEN = new ConcurrentHashMap<>();

    private final String token = UUID.randomUUID().toString();
    private final Endpoint endpoint;
    private final Passage passage;
    private volatile @Nullable Deadline loginDeadline;
    private volatile @Nullable IOException failure;
    private final Queue<Socket> loggingIn = new ConcurrentLinkedQueue<>();

    private SocketGate(Endpoint endpoint, Passage passage) {
        this.endpoint = endpoint;
        this.passage = passage;
        this.loginDeadline = Deadline.in(passage.timeout());
    }

    /** Opens a gate; the time of the login starts now. */
    public static SocketGate open(Endpoint endpoint, Passage passage) {
        SocketGate gate = new SocketGate(endpoint, passage);
        OPEN.put(gate.token, gate);
        return gate;
    }

    /** {@return the open gate with the token, or null} */
    static @Nullable SocketGate find(String token) {
        return OPEN.get(token);
    }

    /** {@return what names the gate to its socket factory; no secret} */
    public String token() {
        return token;
    }

    /** The login is done: reads are no longer bounded by its deadline. */
    public void loggedIn() {
        loginDeadline = null;
        loggingIn.clear();
    }

    /** The login failed: closes the sockets that were made for it, which a driver that stumbles may leave open. */
    public void abandon() {
        for (Socket socket = loggingIn.poll(); socket != null; socket = loggingIn.poll()) {
            try {
                socket.close();
            } catch (IOException e) {
                LOG.trace("a socket did not close in order: {}", e.getClass().getName());
            }
        }
    }

    @Override
    public @Nullable Deadline deadline() {
        return loginDeadline;
    }

    @Override
    public void failed(IOException why) {
        failure = why;
    }

    /** {@return why the last socket could not be connected or was not answered in time; or null} */
    public @Nullable IOException failure() {
        return failure;
    }

    /**
     * Connects to the endpoint.
     *
     * @throws IOException see {@link Passage#connect}
     */
    public Socket connect() throws IOException {
        try {
            Socket socket = passage.connect(endpoint, this);
            failure = null;
            if (loginDeadline != null) {
                loggingIn.add(socket);
            }
            return socket;
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /** Forgets the token. Sockets, and the factory that found the gate, go on. */
    @Override
    public void close() {
        OPEN.remove(token);
    }
}
