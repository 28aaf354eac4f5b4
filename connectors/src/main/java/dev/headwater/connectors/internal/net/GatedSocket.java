package dev.headwater.connectors.internal.net;

import dev.headwater.spi.Cancellation;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * A socket that connects only where the policy allows, if need be through a tunnel; that closes when its work is
 * cancelled, which frees a thread that is stuck in it; and whose reads end at the deadline of the login. TLS is layered
 * over it, so all of this holds for TLS as well.
 */
final class GatedSocket extends Socket {

    private final Passage passage;
    private final ReadLimit limit;
    private Cancellation.@Nullable Registration registration;
    private volatile Tunnel.@Nullable Lead lead;
    private @Nullable InputStream input;

    GatedSocket(Passage passage, ReadLimit limit) {
        this.passage = passage;
        this.limit = limit;
    }

    @Override
    public void connect(SocketAddress to) throws IOException {
        connect(to, 0);
    }

    /** @param timeoutMillis 0 for the time that the passage allows */
    @Override
    public void connect(SocketAddress to, int timeoutMillis) throws IOException {
        if (!(to instanceof InetSocketAddress address)) {
            throw new SocketException("not an address of the internet");
        }
        register();
        try {
            Deadline deadline = Deadline.in(passage.timeout());
            int allowed = deadline.remainingMillis();
            connect(address, timeoutMillis == 0 ? allowed : Math.min(allowed, timeoutMillis), passage.tunnel());
        } catch (IOException | RuntimeException e) {
            close();
            if (e instanceof IOException failure) {
                limit.failed(failure);
            }
            throw e;
        }
    }

    private synchronized void register() {
        if (registration == null) {
            registration = passage.cancellation().onCancel(this::closeNow);
        }
    }

    private void connect(InetSocketAddress to, int millis, @Nullable Tunnel tunnel) throws IOException {
        if (tunnel != null) {
            connectThrough(tunnel, to.getHostString(), to.getPort(), Deadline.inMillis(millis));
            return;
        }
        InetAddress address = to.getAddress();
        if (address == null) {
            throw new UnknownHostException(to.getHostString());
        }
        if (!passage.policy().allows(to.getHostString(), address, to.getPort())) {
            throw new DestinationRefusedException(to.getHostString() + ":" + to.getPort());
        }
        super.connect(to, millis);
    }

    /** Connects to a near end of its own, so that drivers have a real socket, and nobody else gets into the tunnel. */
    private void connectThrough(Tunnel tunnel, String host, int port, Deadline deadline) throws IOException {
        Tunnel.Lead opened = tunnel.lead(host, port, passage, deadline);
        lead = opened;
        try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            super.connect(door.getLocalSocketAddress(), deadline.remainingMillis());
            door.setSoTimeout(deadline.remainingMillis());
            Socket nearEnd = door.accept();
            while (nearEnd.getPort() != getLocalPort()) {
                nearEnd.close();
                nearEnd = door.accept();
            }
            opened.join(nearEnd);
        }
        if (passage.cancellation().cancelled()) {
            opened.close();
        }
    }

    private void closeNow() {
        try {
            super.close();
        } catch (IOException e) {
            // A socket that does not close cannot be closed in another way.
        }
        endLead();
    }

    private void endLead() {
        Tunnel.Lead ending = lead;
        if (ending != null) {
            ending.close();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (registration != null) {
            registration.close();
        }
        try {
            super.close();
        } finally {
            endLead();
        }
    }

    @Override
    public synchronized InputStream getInputStream() throws IOException {
        if (input == null) {
            input = new DeadlineInputStream(super.getInputStream());
        }
        return input;
    }

    /** Bounds each read by what is left of the login; once logged in, reads as the driver asks. */
    private final class DeadlineInputStream extends FilterInputStream {

        DeadlineInputStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            Deadline deadline = limit.deadline();
            if (deadline == null) {
                return in.read(buffer, offset, length);
            }
            int left = timeLeft(deadline);
            int asked = getSoTimeout();
            try {
                setSoTimeout(asked == 0 ? left : Math.min(asked, left));
                return in.read(buffer, offset, length);
            } catch (SocketTimeoutException e) {
                limit.failed(e);
                throw e;
            } finally {
                restore(asked);
            }
        }

        /** Once the time is up, fails in another way than by a timeout, after which some drivers try again, for ever. */
        private int timeLeft(Deadline deadline) throws IOException {
            try {
                return deadline.remainingMillis();
            } catch (SocketTimeoutException e) {
                limit.failed(e);
                throw new IOException(e.getMessage(), e);
            }
        }

        private void restore(int timeout) {
            try {
                setSoTimeout(timeout);
            } catch (SocketException e) {
                // closed meanwhile: there is nothing left to restore
            }
        }
    }
}
