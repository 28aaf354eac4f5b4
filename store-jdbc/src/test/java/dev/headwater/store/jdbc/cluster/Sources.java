package dev.headwater.store.jdbc.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * What all data sources of a cluster test are: a server that hears over a connection what is done to which of them, answers,
 * and notes when the same is done to one twice at the same time. A killed node's connections end with it.
 */
final class Sources implements AutoCloseable {

    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "sources");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, AtomicInteger> running = new ConcurrentHashMap<>();

    final List<String> twiceAtOnce = new CopyOnWriteArrayList<>();
    final LongAdder syncs = new LongAdder();
    final LongAdder checks = new LongAdder();

    Sources() {
        try {
            listener = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::acceptAll);
    }

    int port() {
        return listener.getLocalPort();
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                // closed
            }
        }
    }

    /** One line says what is done and to which source; the end of the connection, that it is done. */
    private void serve(Socket socket) {
        try (socket;
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            String what = in.readLine();
            if (what == null) {
                return;
            }
            AtomicInteger now = running.computeIfAbsent(what, absent -> new AtomicInteger());
            try {
                if (now.incrementAndGet() > 1) {
                    twiceAtOnce.add(what);
                }
                (what.startsWith("S ") ? syncs : checks).increment();
                socket.getOutputStream().write('\n');
                socket.getOutputStream().flush();
                String end = in.readLine();
                if (end != null) {
                    twiceAtOnce.add("not understood: " + end);
                }
            } finally {
                now.decrementAndGet();
            }
        } catch (IOException e) {
            // the node was killed
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }
}
