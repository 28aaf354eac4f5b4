package dev.headwater.store.jdbc.cluster;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The network between a node and its database, which can be cut and mended. */
final class Cable implements AutoCloseable {

    private final ServerSocket listener;
    private final int upstream;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    Cable(int upstream) {
        this.upstream = upstream;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::acceptAll);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Breaks all connections, and lets no new one through. */
    void cut() {
        cut = true;
        open.forEach(Cable::close);
    }

    void mend() {
        cut = false;
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                if (cut) {
                    close(socket);
                } else {
                    connect(socket);
                }
            } catch (IOException e) {
                // closed
            }
        }
    }

    private void connect(Socket socket) throws IOException {
        Socket other = new Socket(InetAddress.getLoopbackAddress(), upstream);
        open.add(socket);
        open.add(other);
        start(() -> pass(socket, other));
        start(() -> pass(other, socket));
    }

    private void pass(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // cut
        } finally {
            close(from);
            close(to);
            open.remove(from);
            open.remove(to);
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "cable");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            // closed before
        }
    }

    @Override
    public void close() {
        close(listener);
        cut();
    }
}
