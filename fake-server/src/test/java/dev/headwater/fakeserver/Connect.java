package dev.headwater.fakeserver;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.headwater.spi.SourceSystem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Calls Chalk's API over Connect, by plain HTTP/1.1. */
final class Connect {

    static final String INTEGRATIONS = "/chalk.server.v1.IntegrationsService/";

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI url;
    private String token;

    Connect(FakeServer server) {
        url = server.url();
        token = server.token(SourceSystem.CHALK);
    }

    Connect token(String other) {
        token = other;
        return this;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(url.resolve(path))
                .timeout(Duration.ofSeconds(20))
                .header("authorization", "Bearer " + token)
                .header("x-chalk-env-id", FakeServer.DEFAULT_SCOPE)
                .header("connect-protocol-version", "1");
    }

    static HttpResponse<byte[]> bytes(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    static HttpResponse<String> text(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String type, String body) throws IOException, InterruptedException {
        return text(request(path).header("content-type", type).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Calls a method of the service of data sources with JSON. */
    HttpResponse<String> call(String method, String json) throws IOException, InterruptedException {
        return post(INTEGRATIONS + method, "application/json", json);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return text(request(path).GET());
    }

    static JsonObject json(HttpResponse<String> response) {
        return JsonParser.parseString(response.body()).getAsJsonObject();
    }

    /** Connect's code of an answer that is an error. */
    static String code(HttpResponse<String> response) {
        return json(response).get("code").getAsString();
    }
}
