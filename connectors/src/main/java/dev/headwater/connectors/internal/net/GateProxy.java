package dev.headwater.connectors.internal.net;

import dev.headwater.spi.Cancellation;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A proxy on a free port of 127.0.0.1, for drivers that take a proxy and no socket factory. It speaks SOCKS5 and HTTP
 * (CONNECT, and requests with a whole URL), told apart by the first byte; resolves names itself, and connects as its
 * passage allows. Each connection takes two daemon threads while it is open.
 *
 * <p>Safe for use by many threads.
 */
public final class GateProxy implements ReadLimit, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GateProxy.class);

    private static final int MAX_CONNECTIONS = 200;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Passage passage;
    private final @Nullable ProxyUser user;
    private final ServerSocket listener;
    private final String name = "headwater-proxy-" + NUMBER.incrementAndGet();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Semaphore free = new Semaphore(MAX_CONNECTIONS);
    private volatile @Nullable Endpoint only;
    private volatile @Nullable Deadline loginDeadline;
    private volatile @Nullable IOException failure;
    private volatile Cancellation.@Nullable Registration registration;
    private volatile boolean closed;

    private GateProxy(Passage passage, @Nullable ProxyUser user) throws IOException {
        this.passage = passage;
        this.user = user;
        this.listener = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    }

    /** Who may use a proxy: other processes of the machine could find its port. */
    public record ProxyUser(String name, String password) {

        static ProxyUser random() {
            SecureRandom random = new SecureRandom();
            byte[] password = new byte[16];
            random.nextBytes(password);
            return new ProxyUser("headwater", HexFormat.of().formatHex(password));
        }

        @Override
        public String toString() {
            return "ProxyUser";
        }
    }

    /** A proxy for drivers that cannot log in to one. */
    public static GateProxy open(Passage passage) throws IOException {
        return started(new GateProxy(passage, null));
    }

    /** A proxy that asks for its {@link #user()}. */
    public static GateProxy guarded(Passage passage) throws IOException {
        return started(new GateProxy(passage, ProxyUser.random()));
    }

    private static GateProxy started(GateProxy proxy) {
        proxy.start("accept", proxy::acceptAll);
        proxy.registration = proxy.passage.cancellation().onCancel(proxy::stop);
        return proxy;
    }

    /** From now on leads to one destination alone: what is behind a tunnel is not for others on this machine. */
    public void onlyTo(Endpoint destination) {
        only = destination;
    }

    public String host() {
        return "127.0.0.1";
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** {@return who may use it, or null if nobody is asked} */
    public @Nullable ProxyUser user() {
        return user;
    }

    /** A login begins: until {@link #loggedIn} nothing is waited for beyond the passage's timeout from now. */
    public void loggingIn() {
        failure = null;
        loginDeadline = Deadline.in(passage.timeout());
    }

    public void loggedIn() {
        loginDeadline = null;
    }

    @Override
    public @Nullable Deadline deadline() {
        return loginDeadline;
    }

    @Override
    public void failed(IOException why) {
        failure = why;
    }

    /** {@return why a destination could not be reached or did not answer in time, since the last login began; or null} */
    public @Nullable IOException failure() {
        return failure;
    }

    private void start(String what, Runnable work) {
        Thread thread = new Thread(work, name + "-" + what);
        thread.setDaemon(true);
        thread.start();
    }

    private void acceptAll() {
        while (!closed) {
            try {
                Socket near = listener.accept();
                if (free.tryAcquire()) {
                    open.add(near);
                    start("serve", () -> serve(near));
                } else {
                    closeQuietly(near);
                }
            } catch (IOException e) {
                // closed, or the driver went away first
            }
        }
    }

    private void serve(Socket near) {
        try (near) {
            if (closed) {
                return;
            }
            near.setTcpNoDelay(true);
            near.setSoTimeout(Deadline.in(passage.timeout()).remainingMillis());
            ProxyRequest request = ProxyRequest.read(near, user);
            if (request == null) {
                return;
            }
            try (Socket far = connect(request, near.getOutputStream())) {
                open.add(far);
                try {
                    pipe(near, far, request);
                } finally {
                    open.remove(far);
                }
            }
        } catch (IOException e) {
            LOG.trace("{}: a connection ended: {}", name, e.getClass().getName());
        } finally {
            open.remove(near);
            free.release();
        }
    }

    private Socket connect(ProxyRequest request, OutputStream answer) throws IOException {
        try {
            Endpoint allowed = only;
            if (allowed != null && !allowed.equals(request.destination())) {
                throw new DestinationRefusedException(request.destination() + " through the tunnel to " + allowed);
            }
            Socket far = passage.connect(request.destination(), this);
            far.setTcpNoDelay(true);
            failure = null;
            return far;
        } catch (IOException e) {
            failure = e;
            request.refuse(answer, e);
            throw e;
        }
    }

    private void pipe(Socket near, Socket far, ProxyRequest request) throws IOException {
        near.setSoTimeout(0);
        request.accept(near.getOutputStream());
        start("answer", () -> {
            copyAnswers(far, near);
            closeQuietly(near);
            closeQuietly(far);
        });
        if (closed) {
            return;
        }
        request.relay(near.getInputStream(), far.getOutputStream());
    }

    private void copyAnswers(Socket far, Socket near) {
        try {
            byte[] buffer = new byte[16_384];
            int read = 0;
            while (read >= 0) {
                read = readPatiently(far, buffer);
                if (read > 0) {
                    near.getOutputStream().write(buffer, 0, read);
                }
            }
        } catch (IOException e) {
            LOG.trace("{}: a connection broke: {}", name, e.getClass().getName());
            reset(near);
        }
    }

    /** A read that began during a login and outlasts it waits on. */
    private int readPatiently(Socket far, byte[] buffer) throws IOException {
        while (true) {
            try {
                return far.getInputStream().read(buffer, 0, buffer.length);
            } catch (SocketTimeoutException e) {
                if (loginDeadline != null || closed) {
                    throw e;
                }
            }
        }
    }

    /** Closes the port and all connections, which ends the threads. */
    @Override
    public void close() {
        Cancellation.Registration registered = registration;
        if (registered != null) {
            registered.close();
        }
        stop();
    }

    private void stop() {
        closed = true;
        try {
            listener.close();
        } catch (IOException e) {
            LOG.debug("{} did not close in order: {}", name, e.getClass().getName());
        }
        open.forEach(GateProxy::closeQuietly);
    }

    /** Lets the driver see that the connection broke, and did not just end. */
    private static void reset(Socket near) {
        try {
            near.setSoLinger(true, 0);
        } catch (IOException e) {
            LOG.trace("a socket is closed already: {}", e.getClass().getName());
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.trace("a socket did not close in order: {}", e.getClass().getName());
        }
    }
}
