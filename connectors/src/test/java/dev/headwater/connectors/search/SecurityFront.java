package dev.headwater.connectors.search;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
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
import java.util.Base64;
import java.util.concurrent.Executors;

/**
 * A stub of the security that Elasticsearch and OpenSearch have in products of their own: it serves TLS and Basic logins,
 * answers refusals in the words of the one or the other, and passes on what it lets through to a real engine.
 */
final class SecurityFront {

    static final String USER = "app";
    static final String PASSWORD = "correct horse: battery staple ä";

    /** A user that may log in and read nothing. */
    static final String STRANGER = "stranger";

    private final boolean opensearch;
    private final int enginePort;
    private final HttpServer secured;
    private final HttpServer plain;
    private final HttpClient client;

    SecurityFront(boolean opensearch, int enginePort) {
        this.opensearch = opensearch;
        this.enginePort = enginePort;
        try {
            InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            HttpsServer https = HttpsServer.create(anyPort, 0);
            https.setHttpsConfigurator(
                    new HttpsConfigurator(TestCertificates.trusted().serverContext()));
            this.secured = started(https);
            this.plain = started(HttpServer.create(anyPort, 0));
            // Not before the JVM was told whom to trust: the first client settles that for good.
            this.client = HttpClient.newHttpClient();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpServer started(HttpServer server) {
        server.createContext("/", this::serve);
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "security-front");
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
        return server;
    }

    int tlsPort() {
        return secured.getAddress().getPort();
    }

    int plainPort() {
        return plain.getAddress().getPort();
    }

    private static String basic(String user) {
        byte[] both = (user + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String given = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            String path = exchange.getRequestURI().getPath();
            if (path.startsWith("/behind/")) {
                path = path.substring("/behind".length());
            }
            if (given.equals(basic(STRANGER))) {
                answer(exchange, 403, forbidden());
            } else if (!given.equals(basic(USER))) {
                answer(exchange, 401, unauthorized());
            } else {
                pass(exchange, path);
            }
        }
    }

    private String unauthorized() {
        return opensearch
                ? "Unauthorized"
                : "{\"error\":{\"root_cause\":[],\"type\":\"security_exception\",\"reason\":"
                        + "\"unable to authenticate user [app] for REST request [/]\"},\"status\":401}";
    }

    private String forbidden() {
        String reason = opensearch
                ? "no permissions for [indices:data/read/search] and User [name=stranger]"
                : "action [indices:data/read/search] is unauthorized for user [stranger]";
        return "{\"error\":{\"type\":\"security_exception\",\"reason\":\"" + reason + "\"},\"status\":403}";
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
