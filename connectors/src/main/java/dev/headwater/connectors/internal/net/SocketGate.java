package dev.headwater.connectors.internal.net;

import dev.headwater.spi.Cancellation;
import dev.headwater.spi.NetworkPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes the sockets of one connection of a driver. It resolves the host itself, asks the network policy with each address
 * just before it connects to that very address, and tries the next address where one does not answer. Drivers find it
 * through {@link GatedSocketFactory} by its token, for as long as it is {@link #close() open}.
 */
public final class SocketGate implements AutoCloseable {

    private static final Map<String, SocketGate> OPEN = new ConcurrentHashMap<>();

    private final String token = UUID.randomUUID().toString();
    private final Endpoint endpoint;
    private final NetworkPolicy policy;
    private final Duration timeout;
    private final Cancellation cancellation;
    private volatile @Nullable Deadline loginDeadline;

    private SocketGate(Endpoint endpoint, NetworkPolicy policy, Duration timeout, Cancellation cancellation) {
        this.endpoint = endpoint;
        this.policy = policy;
        this.timeout = timeout;
        this.cancellation = cancellation;
        this.loginDeadline = Deadline.in(timeout);
    }

    /**
     * Opens a gate; the time of the login starts now.
     *
     * @param timeout how long the login may take, and each connect after it
     * @param cancellation closes every socket that the gate made
     */
    public static SocketGate open(
            Endpoint endpoint, NetworkPolicy policy, Duration timeout, Cancellation cancellation) {
        SocketGate gate = new SocketGate(endpoint, policy, timeout, cancellation);
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
    }

    @Nullable
    Deadline loginDeadline() {
        return loginDeadline;
    }

    /**
     * Connects to the first address of the host that is allowed and answers. Each address gets its share of the time.
     *
     * @throws DestinationRefusedException if no address is allowed
     * @throws IOException if none answers; the failure of the last one
     */
    public Socket connect() throws IOException {
        Deadline login = loginDeadline;
        Deadline deadline = login == null ? Deadline.in(timeout) : login;
        InetAddress[] addresses = InetAddress.getAllByName(endpoint.host());
        IOException failure = new DestinationRefusedException(endpoint);
        for (int i = 0; i < addresses.length; i++) {
            if (cancellation.cancelled()) {
                throw new SocketException("cancelled");
            }
            if (!policy.allows(endpoint.host(), addresses[i], endpoint.port())) {
                continue;
            }
            int share = Math.max(1, deadline.remainingMillis() / (addresses.length - i));
            try {
                return GatedSocket.connect(
                        this, cancellation, new InetSocketAddress(addresses[i], endpoint.port()), share);
            } catch (IOException e) {
                failure = e;
            }
        }
        throw failure;
    }

    /** Forgets the token. Sockets, and the factory that found the gate, go on. */
    @Override
    public void close() {
        OPEN.remove(token);
    }
}
