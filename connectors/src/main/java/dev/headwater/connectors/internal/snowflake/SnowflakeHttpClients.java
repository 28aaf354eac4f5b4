package dev.headwater.connectors.internal.snowflake;

import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The driver keeps an HTTP client with a thread of its own for each proxy, for as long as the JVM lives. Each session and pool
 * here has a proxy of its own, so their clients have to end with them. The driver has no way to say so; this looks into its
 * internals, and leaves the client where it is if they look different from what is known.
 */
final class SnowflakeHttpClients {

    private static final Logger LOG = LoggerFactory.getLogger(SnowflakeHttpClients.class);

    private static final String HTTP_UTIL = "net.snowflake.client.internal.core.HttpUtil";

    private SnowflakeHttpClients() {}

    /** Ends the clients of one proxy. */
    static void end(String host, int port) {
        for (String field : new String[] {"httpClient", "httpClientWithoutDecompression"}) {
            try {
                Field clients = Class.forName(HTTP_UTIL, false, SnowflakeHttpClients.class.getClassLoader())
                        .getDeclaredField(field);
                clients.setAccessible(true);
                end((Map<?, ?>) clients.get(null), host, port);
            } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
                LOG.warn(
                        "Snowflake's driver keeps an HTTP client of a connection that has ended: {}",
                        e.getClass().getName());
            }
        }
    }

    private static void end(Map<?, ?> clients, String host, int port) throws ReflectiveOperationException {
        for (Map.Entry<?, ?> client : List.copyOf(clients.entrySet())) {
            Object key = client.getKey();
            Object keyHost = key.getClass().getMethod("getProxyHost").invoke(key);
            Object keyPort = key.getClass().getMethod("getProxyPort").invoke(key);
            if (host.equals(keyHost) && Integer.valueOf(port).equals(keyPort)) {
                clients.remove(key);
                close(client.getValue());
            }
        }
    }

    private static void close(Object client) {
        try {
            if (client instanceof Closeable closeable) {
                closeable.close();
            }
        } catch (IOException e) {
            LOG.debug("an HTTP client did not close in order: {}", e.getClass().getName());
        }
    }
}
