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
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A search server with TLS and users, in a process of its own; one of each kind for all tests of the JVM. */
final class SearchProcess {

    /** Who may do everything with every index, and see what server it is. */
    static final String USER = "app";

    static final String PASSWORD = "correct horse: battery staple ä";

    /** Who may log in and do nothing. All users have the same password. */
    static final String STRANGER = "stranger";

    private static SearchProcess elasticsearch;
    private static SearchProcess opensearch;

    private final int port;
    private final ReverseProxy proxy;
    private final HttpClient client = HttpClient.newHttpClient();

    private SearchProcess(int port) {
        this.port = port;
        this.proxy = new ReverseProxy(port);
    }

    static synchronized SearchProcess of(String kind) {
        if (kind.equals("opensearch")) {
            if (opensearch == null) {
                opensearch = startOpenSearch();
            }
            return opensearch;
        }
        if (elasticsearch == null) {
            elasticsearch = startElasticsearch();
        }
        return elasticsearch;
    }

    private static SearchProcess startOpenSearch() {
        String enginePort = ServerProcess.start(
                "dev.headwater.testservers.opensearch.OpenSearchServer", List.of("-Xmx512m"), List.of());
        return new SearchProcess(new SecurityFront(Integer.parseInt(enginePort)).port());
    }

    private static SearchProcess startElasticsearch() {
        TestCertificates certificates = TestCertificates.trusted();
        String port = ServerProcess.start(
                "dev.headwater.testservers.elasticsearch.ElasticsearchServer",
                List.of("-Xmx512m"),
                List.of(
                        certificates.serverCertificate().toString(),
                        certificates.serverKey().toString(),
                        ElasticsearchUsers.ADMINISTRATOR,
                        PASSWORD));
        SearchProcess server = new SearchProcess(Integer.parseInt(port));
        ElasticsearchUsers.addTo(server);
        return server;
    }

    /** {@return where it serves with TLS} */
    int port() {
        return port;
    }

    /** {@return the port of something in front of it that serves without TLS} */
    int proxyPort() {
        return proxy.port();
    }

    /** {@return a config that works, to which a test may add} */
    Map<String, Object> config() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("server_type", "self-managed");
        config.put("server_url", "https://" + TestCertificates.SERVER_NAME + ":" + port);
        config.put("username", USER);
        config.put("password", SecretValue.of(PASSWORD));
        return config;
    }

    /** {@return a config that works for somebody} */
    Map<String, Object> config(String user) {
        Map<String, Object> config = config();
        config.put("username", user);
        return config;
    }

    /** {@return the value of the header {@code Authorization} that logs somebody in} */
    static String basic(String user) {
        byte[] both = (user + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }

    /** Sends a request that must succeed, as {@link #USER}. */
    void send(String method, String path, String json) {
        send(basic(USER), method, path, json);
    }

    /**
     * Sends a request that must succeed.
     *
     * @param authorization the value of the header
     * @return the answer
     */
    String send(String authorization, String method, String path, String json) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("https://" + TestCertificates.SERVER_NAME + ":" + port + path))
                .method(method, HttpRequest.BodyPublishers.ofString(json))
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
