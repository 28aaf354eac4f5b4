package dev.headwater.fakeserver;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.headwater.spi.SourceSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Speaks JSON over HTTP/1.1 with a server, and takes answers apart. */
final class Rest {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final FakeServer server;
    private final String token;

    Rest(FakeServer server, SourceSystem system) {
        this(server, server.token(system));
    }

    /** @param token null for none */
    Rest(FakeServer server, String token) {
        this.server = server;
        this.token = token;
    }

    /** The same server, with another token. */
    Rest with(String otherToken) {
        return new Rest(server, otherToken);
    }

    /** An answer. */
    record Reply(int status, HttpHeaders headers, String text) {

        JsonObject json() {
            return JsonParser.parseString(text).getAsJsonObject();
        }

        /** What stands at the end of the path of members. */
        JsonElement at(String... members) {
            JsonElement at = json();
            for (String member : members) {
                at = at.getAsJsonObject().get(member);
            }
            return at;
        }

        String text(String... members) {
            return at(members).getAsString();
        }

        JsonArray array(String... members) {
            return at(members).getAsJsonArray();
        }

        String header(String name) {
            return headers.firstValue(name).orElse("");
        }
    }

    Reply get(String path) {
        return send("GET", path, null);
    }

    Reply delete(String path) {
        return send("DELETE", path, null);
    }

    Reply post(String path, String body) {
        return send("POST", path, body);
    }

    Reply put(String path, String body) {
        return send("PUT", path, body);
    }

    Reply patch(String path, String body) {
        return send("PATCH", path, body);
    }

    Reply send(String method, String path, String body) {
        return send(
                method,
                path,
                body == null ? null : body.getBytes(StandardCharsets.UTF_8),
                body == null ? Map.of() : Map.of("content-type", "application/json"));
    }

    /** @param body null for none */
    Reply send(String method, String path, byte[] body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .timeout(Duration.ofSeconds(20))
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            var response = CLIENT.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Reply(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
