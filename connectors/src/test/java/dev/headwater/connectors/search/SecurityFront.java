package dev.headwater.connectors.search;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.headwater.connectors.TestCertificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/**
 * A stub of OpenSearch's security, which is a product of its own: it serves TLS and Basic logins, and passes on what it lets
 * through to a real engine.
 */
final class SecurityFront {

    private static final String FORBIDDEN = "{\"error\":{\"type\":\"security_exception\",\"reason\":"
            + "\"no permissions for [indices:data/read/search] and User [name=stranger]\"},\"status\":403}";

    private final int enginePort;
    private final HttpsServer server;
    private final HttpClient client;

    SecurityFront(int enginePort) {
        this.enginePort = enginePort;
        try {
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setHttpsConfigurator(
                new HttpsConfigurator(TestCertificates.trusted().serverContext()));
        // Not before the JVM was told whom to trust: the first client settles that for good.
        client = HttpClient.newHttpClient();
        server.createContext("/", this::serve);
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "security-front");
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String given = exchange.getRequestHeaders().getFirst("Authorization");
            if (SearchProcess.basic(SearchProcess.USER).equals(given)) {
                pass(exchange, exchange.getRequestURI().getPath());
            } else if (SearchProcess.basic(SearchProcess.STRANGER).equals(given)) {
                answer(exchange, 403, FORBIDDEN);
            } else {
                answer(exchange, 401, "Unauthorized");
            }
        }
    }

    private void pass(HttpExchange exchange, String path) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        URI uri = URI.create("http://127.0.0.1:" + enginePort + path + (query == null ? "" : "?" + query));
        byte[] body = exchange.getRequestBody().readAllBytes();
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .method(
                        exchange.getRequestMethod(),
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (type != null) {
            request.header("Content-Type", type);
        }
        try {
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            answer(exchange, answer.statusCode(), answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
