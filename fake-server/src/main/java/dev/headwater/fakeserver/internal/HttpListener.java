package dev.headwater.fakeserver.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequestInterceptor;
import org.apache.hc.core5.http.HttpResponseInterceptor;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.impl.io.HttpService;
import org.apache.hc.core5.http.io.HttpServerRequestHandler;
import org.apache.hc.core5.http.io.support.BasicHttpServerExpectationDecorator;
import org.apache.hc.core5.http.protocol.DefaultHttpProcessor;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.http.protocol.ResponseConformance;
import org.apache.hc.core5.http.protocol.ResponseContent;

/**
 * A port of the loopback interface, and the connections to it. Each connection has a thread, which reads a request, has it
 * answered, and reads the next: no request is handed from thread to thread, which is what costs most in a small answer.
 */
final class HttpListener implements AutoCloseable {

    private static final Http1Config LIMITS =
            Http1Config.custom().setMaxLineLength(65_536).setMaxHeaderCount(200).build();

    private final ServerSocket server;
    private final HttpService service;
    private final ExecutorService threads = Threads.forConnections();
    private final Thread acceptor;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /**
     * Starts to listen.
     *
     * @param port 0 for a free one
     * @param handler answers; what it throws ends the connection
     * @throws UncheckedIOException if the port is taken
     */
    HttpListener(int port, HttpServerRequestHandler handler, ResponseHead head) {
        service = new HttpService(
                new DefaultHttpProcessor(
                        new HttpRequestInterceptor[0],
                        new HttpResponseInterceptor[] {ResponseConformance.INSTANCE, ResponseContent.INSTANCE, head}),
                new BasicHttpServerExpectationDecorator(handler),
                LIMITS,
                null,
                null);
        try {
            server = new ServerSocket(port, 0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            threads.shutdownNow();
            throw new UncheckedIOException("cannot listen on port " + port, e);
        }
        acceptor = Threads.daemon(this::accept);
        acceptor.start();
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            // made before there is a client: the first one takes as long as an answer
            DefaultBHttpServerConnection connection = new DefaultBHttpServerConnection("http", LIMITS);
            try {
                Socket socket = server.accept();
                open.add(socket);
                start(socket, connection);
            } catch (IOException e) {
                // closed, or a client that was gone at once
            }
        }
    }

    private void start(Socket socket, DefaultBHttpServerConnection connection) {
        try {
            threads.execute(() -> serve(socket, connection));
        } catch (RejectedExecutionException e) {
            // the server was closed meanwhile
            close(socket);
        }
    }

    private void serve(Socket socket, DefaultBHttpServerConnection connection) {
        try (socket;
                connection) {
            socket.setTcpNoDelay(true);
            connection.bind(socket);
            while (connection.isOpen() && !server.isClosed()) {
                service.handleRequest(connection, HttpCoreContext.create());
            }
        } catch (IOException | HttpException e) {
            ServerLog.LOG.debug("a connection ended: {}", e.getClass().getName());
        } catch (RuntimeException | StackOverflowError e) {
            ServerLog.LOG.warn("the fake server failed: {}", e.getClass().getName());
        } finally {
            open.remove(socket);
        }
    }

    /** Stops at once; calls under way lose their connections. The port is free again afterwards. */
    @Override
    public void close() {
        close(server);
        open.forEach(HttpListener::close);
        threads.shutdownNow();
        try {
            // the port is taken as long as a thread waits at it
            acceptor.join(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            ServerLog.LOG.debug("cannot close a socket: {}", e.getClass().getName());
        }
    }
}
