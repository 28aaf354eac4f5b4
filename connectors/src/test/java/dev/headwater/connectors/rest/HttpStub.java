package dev.headwater.connectors.rest;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server on the loopback interface that answers as a function says: the ground of the stubs of vendors' APIs. It
 * ends with the JVM, or when it is closed.
 */
public final class HttpStub implements AutoCloseable {

    /** What a stub answers. */
    public record Reply(int status, String body, Map<String, String> headers) {

        public static Reply of(int status, String body) {
            return new Reply(status, body, Map.of("Content-Type", "application/json"));
        }

        public static Reply json(String body) {
            return of(200, body);
        }
    }

    /** What a stub was asked; the path is encoded, as it came. */
    public record Asked(
            String method, String path, Map<String, String> query, Map<String, String> headers, String body) {

        public String header(String name) {
            return headers.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), "");
        }

        public JsonObject json() {
            return JsonParser.parseString(body).getAsJsonObject();
        }

        public Map<String, String> form() {
            return parameters(body);
        }

        public String param(String name) {
            return query.getOrDefault(name, "");
        }
    }

    /** Answers a request. */
    @FunctionalInterface
    public interface Answers {
        Reply to(Asked asked) throws Exception;
    }

    private final HttpServer server;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final boolean tls;
    private volatile @Nullable Answers instead;

    public HttpStub(Answers answers) {
        this(answers, null);
    }

    /** @param tls speaks HTTPS with this, or null for HTTP */
    public HttpStub(Answers answers, @Nullable SSLContext tls) {
        this.tls = tls != null;
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            if (tls == null) {
                server = HttpServer.create(address, 0);
            } else {
                HttpsServer https = HttpsServer.create(address, 0);
                https.setHttpsConfigurator(new HttpsConfigurator(tls));
                server = https;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> serve(exchange, answers));
        server.start();
    }

    /** Answers so from now on; null for as before. */
    public void instead(@Nullable Answers other) {
        instead = other;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String url() {
        return (tls ? "https://localhost:" : "http://127.0.0.1:") + port();
    }

    /** {@return what was asked so far} */
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    public void forget() {
        asked.clear();
    }

    private void serve(HttpExchange exchange, Answers answers) throws IOException {
        Reply reply;
        try (exchange) {
            try {
                Asked request = request(exchange);
                asked.add(request);
                Answers current = instead;
                reply = (current == null ? answers : current).to(request);
            } catch (Exception | AssertionError e) {
                reply = Reply.of(599, "the stub failed: " + e);
            }
            reply.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static Asked request(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) ->
                        headers.put(name.toLowerCase(java.util.Locale.ROOT), String.join(",", values)));
        String query = exchange.getRequestURI().getRawQuery();
        return new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                query == null ? Map.of() : parameters(query),
                headers,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : text.split("&")) {
            String[] parts = pair.split("=", 2);
            parameters.put(decoded(parts[0]), parts.length == 1 ? "" : decoded(parts[1]));
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** {@return the text as it stands in JSON, quotes included} */
    public static String quoted(@Nullable String text) {
        return text == null ? "null" : new com.google.gson.JsonPrimitive(text).toString();
    }

    /** {@return the JSON of the text} */
    public static JsonElement json(String text) {
        return JsonParser.parseString(text);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
