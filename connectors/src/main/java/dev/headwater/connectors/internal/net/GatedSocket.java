package dev.headwater.connectors.internal.net;

import dev.headwater.spi.Cancellation;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/**
 * A socket that closes when its work is cancelled, which frees a thread that is stuck in it, and whose reads end at the
 * deadline of the login. TLS is layered over it, so both hold for TLS as well.
 */
final class GatedSocket extends Socket {

    private final SocketGate gate;
    private final Cancellation.Registration registration;
    private @Nullable InputStream input;

    private GatedSocket(SocketGate gate, Cancellation cancellation) {
        this.gate = gate;
        this.registration = cancellation.onCancel(this::closeNow);
    }

    static GatedSocket connect(SocketGate gate, Cancellation cancellation, InetSocketAddress address, int timeoutMillis)
            throws IOException {
        GatedSocket socket = new GatedSocket(gate, cancellation);
        try {
            socket.connect(address, timeoutMillis);
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private void closeNow() {
        try {
            super.close();
        } catch (IOException e) {
            // A socket that does not close cannot be closed in another way.
        }
    }

    @Override
    public synchronized void close() throws IOException {
        registration.close();
        super.close();
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
            Deadline deadline = gate.loginDeadline();
            if (deadline == null) {
                return in.read(buffer, offset, length);
            }
            int asked = getSoTimeout();
            int left = deadline.remainingMillis();
            setSoTimeout(asked == 0 ? left : Math.min(asked, left));
            try {
                return in.read(buffer, offset, length);
            } finally {
                restore(asked);
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
