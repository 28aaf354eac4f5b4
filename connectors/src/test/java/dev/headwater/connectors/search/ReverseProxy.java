package dev.headwater.connectors.search;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.headwater.connectors.TestCertificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.Executors;

/** What some put in front of a search server: it serves without TLS and under paths, and passes requests on over TLS. */
final class ReverseProxy {

    /** Where it serves besides at the root. */
    static final String PATH = "/behind";

    /** Where everybody is {@link SearchUsers#APP}. */
    static final String OPEN_PATH = "/open";

    private final int enginePort;
    private final HttpServer server;
    private final HttpClient client;

    ReverseProxy(int enginePort) {
        this.enginePort = enginePort;
        this.client = HttpClient.newHttpClient();
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::serve);
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "reverse-proxy");
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
            String path = exchange.getRequestURI().toString();
            String login = exchange.getRequestHeaders().getFirst("Authorization");
            if (path.startsWith(OPEN_PATH + "/")) {
                path = path.substring(OPEN_PATH.length());
                login = SearchProcess.basic(SearchUsers.APP);
            } else if (path.startsWith(PATH + "/")) {
                path = path.substring(PATH.length());
            }
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create("https://" + TestCertificates.SERVER_NAME + ":" + enginePort + path))
                    .method(
                            exchange.getRequestMethod(),
                            HttpRequest.BodyPublishers.ofByteArray(
                                    exchange.getRequestBody().readAllBytes()));
            if (login != null) {
                request.header("Authorization", login);
            }
            HttpResponse<byte[]> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
