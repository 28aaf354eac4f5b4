package dev.headwater.connectors.internal.net;

import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.NetworkPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a piece of work gets onto the network. Immutable.
 *
 * @param policy where it may go
 * @param timeout how long a connect may take
 * @param cancellation closes every socket that was made
 * @param tunnel what leads to the destinations, or null if they are reached directly
 */
public record Passage(
        NetworkPolicy policy,
        Duration timeout,
        Cancellation cancellation,
        @Nullable Tunnel tunnel) {

    /** A direct way, for a target without a tunnel. */
    public static Passage direct(ConnectionTarget target) {
        return new Passage(target.policy(), target.timeout(), target.cancellation(), null);
    }

    /** {@return the same way, broken off by something else} */
    public Passage with(Cancellation other) {
        return new Passage(policy, timeout, other, tunnel);
    }

    /**
     * Connects to the first address that is allowed and answers. Each address gets its share of the time.
     *
     * @param limit bounds this and the reads that follow
     * @throws DestinationRefusedException if no address is allowed
     * @throws IOException if none answers; the failure of the last one
     */
    public Socket connect(Endpoint endpoint, ReadLimit limit) throws IOException {
        Deadline login = limit.deadline();
        Deadline deadline = login == null ? Deadline.in(timeout) : login;
        List<InetSocketAddress> addresses = resolve(endpoint);
        IOException failure = null;
        for (int i = 0; i < addresses.size(); i++) {
            if (cancellation.cancelled()) {
                throw new SocketException("cancelled");
            }
            int share = Math.max(1, deadline.remainingMillis() / (addresses.size() - i));
            try {
                GatedSocket socket = new GatedSocket(this, limit);
                socket.connect(addresses.get(i), share);
                return socket;
            } catch (DestinationRefusedException e) {
                // Why an address that is allowed failed says more.
                failure = failure == null ? e : failure;
            } catch (IOException e) {
                failure = e;
            }
        }
        throw failure == null ? new UnknownHostException(endpoint.host()) : failure;
    }

    private List<InetSocketAddress> resolve(Endpoint endpoint) throws UnknownHostException {
        if (tunnel != null) {
            // The name means what it means on the other side.
            return List.of(InetSocketAddress.createUnresolved(endpoint.host(), endpoint.port()));
        }
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (InetAddress address : InetAddress.getAllByName(endpoint.host())) {
            addresses.add(new InetSocketAddress(address, endpoint.port()));
        }
        return addresses;
    }

    /** {@return a socket that asks the policy when it is told where to connect} */
    public Socket socket() {
        return new GatedSocket(this, ReadLimit.NONE);
    }
}
