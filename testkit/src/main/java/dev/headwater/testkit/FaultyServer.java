package dev.headwater.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP server that misbehaves, on a free port of the loopback interface. It shows what a connector does when its data
 * source hangs, resets, lies or is slow, and it counts connections, so that a test can see whether one was left behind.
 *
 * <p>Safe for use by many threads. Its threads are daemons and end with {@link #close()}.
 */
public final class FaultyServer implements AutoCloseable {

    private static final int GREETING_MILLIS = 500;

    private final ServerSocket listener;
    private final Behaviour behaviour;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean frozen;

    private FaultyServer(Behaviour behaviour) {
        this.behaviour = behaviour;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start("accept", this::acceptAll);
    }

    /** A server that accepts, reads what comes, and never answers. */
    public static FaultyServer blackHole() {
        return new FaultyServer((server, socket) -> drain(socket));
    }

    /**
     * A server that resets each connection when the first byte arrives; if none does, since the client waits for a greeting,
     * after half a second.
     */
    public static FaultyServer resetting() {
        return new FaultyServer((server, socket) -> {
            awaitClient(socket);
            reset(socket);
        });
    }

    /**
     * A server that answers whatever it is asked with the same bytes, and then ends its side of the connection. If nothing
     * is asked, since the client waits for a greeting, the bytes come after half a second.
     */
    public static FaultyServer answering(byte[] answer) {
        byte[] bytes = answer.clone();
        return new FaultyServer((server, socket) -> {
            awaitClient(socket);
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
            drain(socket);
        });
    }

    /** A server that sends bytes one by one, with a pause after each, and begins anew when they are sent. */
    public static FaultyServer dripping(byte[] drops, Duration pause) {
        byte[] bytes = drops.clone();
        return new FaultyServer((server, socket) -> {
            OutputStream out = socket.getOutputStream();
            int sent = 0;
            do {
                out.write(bytes[sent++ % bytes.length]);
            } while (!server.closed.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        });
    }

    /** A server that passes everything on to another and back, until {@link #cut()} or {@link #freeze()}. */
    public static FaultyServer inFrontOf(InetSocketAddress upstream) {
        return new FaultyServer((server, socket) -> {
            try (Socket other = new Socket(upstream.getAddress(), upstream.getPort())) {
                start("pass", () -> {
                    server.pass(other, socket);
                    closeQuietly(socket);
                });
                server.pass(socket, other);
            }
        });
    }

    /** {@return the port on the loopback interface} */
    public int port() {
        return listener.getLocalPort();
    }

    /** {@return how many connections were accepted so far} */
    public int accepted() {
        return accepted.get();
    }

    /** {@return how many connections are open now, as far as this side has noticed} */
    public int open() {
        return open.size();
    }

    /** Resets all connections that are open now. */
    public void cut() {
        open.forEach(FaultyServer::reset);
    }

    /** Passes nothing on any more and keeps all connections open, as a network does that drops every packet. */
    public void freeze() {
        frozen = true;
    }

    /** Stops listening and resets what is open. */
    @Override
    public void close() {
        closed.countDown();
        closeQuietly(listener);
        cut();
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                accepted.incrementAndGet();
                open.add(socket);
                start("serve", () -> serve(socket));
            } catch (IOException e) {
                // closed, or the peer went away first
            }
        }
    }

    private void serve(Socket socket) {
        try {
            behaviour.serve(this, socket);
        } catch (IOException e) {
            // the peer has closed, which is how each of these connections ends
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closeQuietly(socket);
            open.remove(socket);
        }
    }

    private static void start(String what, Runnable work) {
        Thread thread = new Thread(work, "faulty-server-" + what);
        thread.setDaemon(true);
        thread.start();
    }

    private static void drain(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[8_192];
        int read;
        do {
            read = in.read(buffer);
        } while (read >= 0);
    }

    private void pass(Socket from, Socket to) {
        byte[] buffer = new byte[8_192];
        try {
            int read;
            while ((read = from.getInputStream().read(buffer)) >= 0) {
                if (!frozen) {
                    to.getOutputStream().write(buffer, 0, read);
                }
            }
            to.shutdownOutput();
        } catch (IOException e) {
            // one of the two has closed
        }
    }

    private static void awaitClient(Socket socket) throws IOException {
        socket.setSoTimeout(GREETING_MILLIS);
        try {
            int ignored = socket.getInputStream().read();
        } catch (SocketTimeoutException e) {
            // the client waits for the server to begin
        }
        socket.setSoTimeout(0);
    }

    /** Closes with a TCP reset instead of an orderly end. */
    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // closed already
        }
        closeQuietly(socket);
    }

    private static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            // nothing is left to close
        }
    }

    private interface Behaviour {
        void serve(FaultyServer server, Socket socket) throws IOException, InterruptedException;
    }
}
