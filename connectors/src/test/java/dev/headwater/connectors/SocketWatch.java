package dev.headwater.connectors;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sees where the sockets of the JVM are about to connect, whoever made them: each {@link java.net.Socket} and each
 * {@link java.net.HttpURLConnection} asks the JVM's selector of proxies first. Not those of {@link java.nio.channels}.
 */
final class SocketWatch {

    private static final String GATE = "dev.headwater.connectors.internal.net.GatedSocket";
    private static final String TEST_SERVERS = "faulty-server-";

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1", "[::1]");

    private final Queue<String> seen = new ConcurrentLinkedQueue<>();
    private @Nullable ProxySelector before;

    void begin() {
        before = ProxySelector.getDefault();
        ProxySelector.setDefault(new Selector());
    }

    void end() {
        ProxySelector.setDefault(before);
    }

    /**
     * {@return where sockets went that are not the gate's, as {@code host:port}; those to the loopback interface only if they
     * went to one of the ports, since drivers get their sockets from proxies there}
     */
    List<String> past(int... ports) {
        return seen.stream()
                .filter(to ->
                        !LOOPBACK.contains(host(to)) || IntStream.of(ports).anyMatch(port -> to.endsWith(":" + port)))
                .toList();
    }

    private static String host(String to) {
        return to.substring(0, to.lastIndexOf(':'));
    }

    private final class Selector extends ProxySelector {

        @Override
        public List<Proxy> select(URI uri) {
            boolean ofTests = Thread.currentThread().getName().startsWith(TEST_SERVERS);
            boolean gated = Stream.of(new Throwable().getStackTrace())
                    .anyMatch(frame -> frame.getClassName().equals(GATE));
            if (!ofTests && !gated) {
                seen.add(uri.getHost() + ":" + uri.getPort());
            }
            return List.of(Proxy.NO_PROXY);
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException why) {}
    }
}
