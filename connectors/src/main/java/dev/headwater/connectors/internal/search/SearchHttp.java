package dev.headwater.connectors.internal.search;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.headwater.connectors.SearchClient;
import dev.headwater.connectors.internal.http.GatedHttp;
import dev.headwater.connectors.internal.http.HttpAnswer;
import dev.headwater.spi.ConnectionTarget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/** The REST API of one source. Safe for use by many threads. */
final class SearchHttp implements AutoCloseable {

    private static final MediaType JSON = MediaType.get("application/json");
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE");
    private static final Set<String> WITH_BODY = Set.of("POST", "PUT");
    private static final int MAX_REASON = 500;

    private final SearchSettings settings;
    private final GatedHttp http;

    SearchHttp(SearchSettings settings, ConnectionTarget target) {
        this.settings = settings;
        this.http = GatedHttp.open(target, settings.verification());
    }

    GatedHttp http() {
        return http;
    }

    /**
     * Makes a request.
     *
     * @throws IllegalArgumentException if the method is none that the API has, or the path leads elsewhere
     */
    Request request(String method, String path, @Nullable String json) {
        if (!METHODS.contains(method)) {
            throw new IllegalArgumentException("method must be one of " + METHODS + ", is " + method);
        }
        HttpUrl root = new HttpUrl.Builder()
                .scheme(settings.tls() ? "https" : "http")
                .host(settings.endpoint().host())
                .port(settings.endpoint().port())
                .build();
        HttpUrl url = path.startsWith("/") && !path.startsWith("//") && path.indexOf('\\') < 0
                ? root.resolve(settings.path() + path)
                : null;
        if (url == null || !url.host().equals(root.host()) || url.port() != root.port()) {
            throw new IllegalArgumentException("path must begin with one slash");
        }
        Request.Builder request = new Request.Builder().url(url).header("Accept", "application/json");
        settings.authorization().ifPresent(value -> request.header("Authorization", value));
        boolean body = json != null || WITH_BODY.contains(method);
        String text = json == null ? "" : json;
        // As bytes: for a text, a character set would be added to the type, which bulk requests do not take.
        RequestBody content = RequestBody.create(text.getBytes(StandardCharsets.UTF_8), JSON);
        return body && !method.equals("GET") && !method.equals("HEAD")
                ? request.method(method, content).build()
                : request.method(method, null).build();
    }

    /** {@return the JSON object that the server answers with} */
    JsonObject get(String path) throws IOException {
        HttpAnswer answer = http.send(request("GET", path, null), SearchClient.MAX_ANSWER_BYTES);
        if (!answer.ok()) {
            throw new SearchErrorException(answer.status(), reason(answer.body()));
        }
        try {
            if (JsonParser.parseString(answer.body()) instanceof JsonObject object) {
                return object;
            }
        } catch (JsonParseException e) {
            // Its message repeats the text.
        }
        throw new WrongServerException("what answers is no JSON object");
    }

    /** The server's own words; nothing of what is no JSON, such as a proxy's page. */
    private static String reason(String body) {
        try {
            JsonElement error = JsonParser.parseString(body) instanceof JsonObject object ? object.get("error") : null;
            JsonElement reason = error instanceof JsonObject details ? details.get("reason") : error;
            String text = reason != null && reason.isJsonPrimitive() ? reason.getAsString() : "";
            return text.substring(0, Math.min(text.length(), MAX_REASON));
        } catch (JsonParseException e) {
            return "";
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
