package dev.headwater.connectors.search;

import dev.headwater.connectors.Await;
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

    /** Who both servers have to begin with; the value of the header {@code Authorization}. */
    static final String ADMINISTRATOR = basic("admin", "admin");

    private static SearchProcess elasticsearch;
    private static SearchProcess opensearch;

    private final int port;
    private final ReverseProxy proxy;
    private final HttpClient client;

    private SearchProcess(String main) {
        // Before the first HTTP client: that settles for good whom the JVM trusts.
        TestCertificates certificates = TestCertificates.trusted();
        List<String> files = List.of(
                certificates.serverCertificate().toString(),
                certificates.serverKey().toString());
        port = Integer.parseInt(ServerProcess.start(main, List.of("-Xmx512m"), files));
        proxy = new ReverseProxy(port);
        client = HttpClient.newHttpClient();
        // Until the index of its users is there, OpenSearch answers with 503.
        Await.until(() -> answer(ADMINISTRATOR, "GET", "/", "").statusCode() == 200);
    }

    static synchronized SearchProcess of(String kind) {
        if (kind.equals("opensearch")) {
            if (opensearch == null) {
                opensearch = new SearchProcess("dev.headwater.testservers.opensearch.OpenSearchServer");
                SearchUsers.addToOpenSearch(opensearch);
            }
            return opensearch;
        }
        if (elasticsearch == null) {
            elasticsearch = new SearchProcess("dev.headwater.testservers.elasticsearch.ElasticsearchServer");
            SearchUsers.addToElasticsearch(elasticsearch);
        }
        return elasticsearch;
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
        config.put("username", SearchUsers.APP);
        config.put("password", SecretValue.of(SearchUsers.PASSWORD));
        return config;
    }

    /** {@return a config that works for somebody} */
    Map<String, Object> config(String user) {
        Map<String, Object> config = config();
        config.put("username", user);
        return config;
    }

    /** {@return the value of the header {@code Authorization} that logs one of {@link SearchUsers} in} */
    static String basic(String user) {
        return basic(user, SearchUsers.PASSWORD);
    }

    static String basic(String user, String password) {
        byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }

    /** Sends a request that must succeed, as {@link SearchUsers#APP}. */
    void send(String method, String path, String json) {
        send(basic(SearchUsers.APP), method, path, json);
    }

    /**
     * Sends a request that must succeed.
     *
     * @param authorization the value of the header
     * @return the answer
     */
    String send(String authorization, String method, String path, String json) {
        HttpResponse<String> answer = answer(authorization, method, path, json);
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(answer.body());
        }
        return answer.body();
    }

    private HttpResponse<String> answer(String authorization, String method, String path, String json) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("https://" + TestCertificates.SERVER_NAME + ":" + port + path))
                .method(method, HttpRequest.BodyPublishers.ofString(json))
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
