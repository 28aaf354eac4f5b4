package dev.headwater.connectors.search;

import dev.headwater.connectors.ServerProcess;
import dev.headwater.connectors.TestCertificates;
import dev.headwater.spi.SecretValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A real engine in a process of its own, and a stub of its security in front; one of each kind for all tests of the JVM. */
final class SearchProcess {

    private static SearchProcess elasticsearch;
    private static SearchProcess opensearch;

    private final int enginePort;
    private final SecurityFront front;

    private SearchProcess(String main, boolean opensearch) {
        enginePort = Integer.parseInt(ServerProcess.start(main, List.of("-Xmx512m"), List.of()));
        front = new SecurityFront(opensearch, enginePort);
    }

    static synchronized SearchProcess of(String kind) {
        if (kind.equals("opensearch")) {
            if (opensearch == null) {
                opensearch = new SearchProcess("dev.headwater.testservers.opensearch.OpenSearchServer", true);
            }
            return opensearch;
        }
        if (elasticsearch == null) {
            elasticsearch = new SearchProcess("dev.headwater.testservers.elasticsearch.ElasticsearchServer", false);
        }
        return elasticsearch;
    }

    int enginePort() {
        return enginePort;
    }

    SecurityFront front() {
        return front;
    }

    /** {@return a config that works, to which a test may add} */
    Map<String, Object> config() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("server_type", "self-managed");
        config.put("server_url", "https://" + TestCertificates.SERVER_NAME + ":" + front.tlsPort());
        config.put("username", SecurityFront.USER);
        config.put("password", SecretValue.of(SecurityFront.PASSWORD));
        return config;
    }

    /** Sends a request to the engine itself. */
    void send(String method, String path, String json) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + enginePort + path))
                .method(method, HttpRequest.BodyPublishers.ofString(json))
                .header("Content-Type", "application/json")
                .build();
        try {
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(answer.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
