package dev.headwater.connectors.internal.ssh;

import com.jcraft.jsch.Channel;
import com.jcraft.jsch.Session;
import dev.headwater.connectors.internal.net.Tunnel;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection through an SSH server, with the login that it has for itself. */
final class SshLead implements Tunnel.Lead {

    private static final Logger LOG = LoggerFactory.getLogger(SshLead.class);

    private final BastionSocket bastion;
    private final ToNearEnd toNearEnd = new ToNearEnd();
    private volatile @Nullable Session session;
    private volatile @Nullable Channel channel;

    SshLead(BastionSocket bastion) {
        this.bastion = bastion;
    }

    void over(Session opened) {
        session = opened;
    }

    void over(Channel opened) {
        channel = opened;
    }

    /** {@return where what comes from the destination goes; it waits for {@link #join}} */
    OutputStream toNearEnd() {
        return toNearEnd;
    }

    @Override
    public void join(Socket nearEnd) throws IOException {
        Channel opened = channel;
        if (opened == null) {
            throw new IOException("the tunnel is not open");
        }
        nearEnd.setTcpNoDelay(true);
        OutputStream toDestination = opened.getOutputStream();
        toNearEnd.join(nearEnd);
        Thread pump = new Thread(() -> pump(nearEnd, toDestination), "headwater-ssh-send");
        pump.setDaemon(true);
        pump.start();
    }

    private void pump(Socket nearEnd, OutputStream toDestination) {
        try (nearEnd) {
            InputStream fromNearEnd = nearEnd.getInputStream();
            byte[] buffer = new byte[16_384];
            int read;
            while ((read = fromNearEnd.read(buffer)) >= 0) {
                toDestination.write(buffer, 0, read);
                // JSch keeps what was written until then.
                toDestination.flush();
            }
        } catch (IOException e) {
            LOG.trace("a tunnel ended: {}", e.getClass().getName());
        } finally {
            close();
        }
    }

    /** Closes the socket first: all that could wait for the SSH server ends with it. */
    @Override
    public void close() {
        try {
            bastion.close();
        } catch (IOException e) {
            LOG.trace("a socket did not close in order: {}", e.getClass().getName());
        }
        toNearEnd.close();
        Session ending = session;
        if (ending != null) {
            ending.disconnect();
        }
        Channel opening = channel;
        if (opening != null) {
            // Who waits for it to open looks again whether the session is still there.
            synchronized (opening) {
                opening.notifyAll();
            }
        }
    }

    /** Runs on the thread that reads from the SSH server, which has nothing else to do. */
    private static final class ToNearEnd extends OutputStream {

        private final CountDownLatch joined = new CountDownLatch(1);
        private volatile @Nullable Socket nearEnd;

        void join(Socket socket) {
            nearEnd = socket;
            joined.countDown();
        }

        private Socket joined() throws IOException {
            try {
                joined.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
            Socket socket = nearEnd;
            if (socket == null) {
                throw new IOException("the tunnel is closed");
            }
            return socket;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            joined().getOutputStream().write(bytes, offset, length);
        }

        /** The destination sends no more, or the tunnel broke. */
        @Override
        public void close() {
            joined.countDown();
            Socket socket = nearEnd;
            if (socket == null) {
                return;
            }
            try {
                socket.shutdownOutput();
            } catch (IOException e) {
                LOG.trace("a near end was closed before: {}", e.getClass().getName());
            }
        }
    }
}
