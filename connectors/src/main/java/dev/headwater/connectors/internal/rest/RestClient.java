package dev.headwater.connectors.internal.rest;

import com.google.gson.JsonElement;
import dev.headwater.connectors.internal.Failures;
import dev.headwater.connectors.internal.http.GatedHttp;
import dev.headwater.connectors.internal.http.HttpAnswer;
import dev.headwater.connectors.internal.net.TlsSettings;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.SecretValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.Credentials;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * Calls the HTTP API of one target. What it throws is redacted: of the secrets of the config, and of those that came up
 * on the way, such as tokens. Safe for use by many threads.
 */
public final class RestClient implements AutoCloseable {

    /** More than any answer that is asked for; pages are much smaller. */
    private static final long MAX_BODY_BYTES = 64L << 20;

    private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");
    private static final MediaType TEXT = MediaType.get("text/plain; charset=utf-8");

    private final GatedHttp http;
    private final ConnectionTarget target;
    private final Refusal.Reader refusals;
    private final List<String> secrets = new CopyOnWriteArrayList<>();
    private volatile @Nullable String bearer;

    private RestClient(GatedHttp http, ConnectionTarget target, Refusal.Reader refusals) {
        this.http = http;
        this.target = target;
        this.refusals = refusals;
    }

    /** Makes a client; it connects when it is first used. */
    public static RestClient of(ConnectionTarget target, Refusal.Reader refusals) {
        return new RestClient(GatedHttp.open(target, TlsSettings.VERIFIED), target, refusals);
    }

    /** Keeps a text that came up on the way out of all messages. */
    public void hide(String secret) {
        if (!secret.isBlank()) {
            secrets.add(secret);
        }
    }

    /** Sends this token from now on, and keeps it out of all messages. */
    public void authorize(String token) {
        hide(token);
        if (!token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            // A line break would begin another header, and the client would repeat the header in its exception.
            throw new ConnectorException(
                    FailureCode.WRONG_CREDENTIALS, "the token holds characters that no token can have");
        }
        bearer = token;
    }

    public Json get(HttpUrl url, String doing) {
        return json(new Request.Builder().url(url).get(), doing);
    }

    public Json post(HttpUrl url, JsonElement body, String doing) {
        return json(new Request.Builder().url(url).post(RequestBody.create(body.toString(), JSON)), doing);
    }

    /** As {@link #postForm(HttpUrl, Map, String)}, with a login in the header, which is kept out of all messages. */
    public Json postForm(HttpUrl url, Map<String, String> fields, String user, String password, String doing) {
        String basic = Credentials.basic(user, password, StandardCharsets.UTF_8);
        hide(basic);
        hide(basic.substring("Basic ".length()));
        FormBody.Builder form = new FormBody.Builder();
        fields.forEach(form::add);
        return json(
                new Request.Builder().url(url).header("Authorization", basic).post(form.build()), doing);
    }

    public Json postForm(HttpUrl url, Map<String, String> fields, String doing) {
        FormBody.Builder form = new FormBody.Builder();
        fields.forEach(form::add);
        return json(new Request.Builder().url(url).post(form.build()), doing);
    }

    /** {@return the answer to a POST of a text, of a status of the 200s} */
    public HttpAnswer postText(HttpUrl url, String body, String doing) {
        return checked(new Request.Builder().url(url).post(RequestBody.create(body, TEXT)), doing);
    }

    public void delete(HttpUrl url, String doing) {
        checked(new Request.Builder().url(url).delete(), doing);
    }

    private Json json(Request.Builder request, String doing) {
        HttpAnswer answer = checked(request.header("Accept", "application/json"), doing);
        return Json.parse(answer.body())
                .filter(Json::isObject)
                .orElseThrow(() -> new ConnectorException(
                        FailureCode.WRONG_SERVER, line("could not " + doing + ": the answer is no JSON object")));
    }

    private HttpAnswer checked(Request.Builder request, String doing) {
        HttpAnswer answer = send(request, doing);
        if (answer.ok()) {
            return answer;
        }
        Refusal refusal = refusals.read(answer);
        String message = line("could not " + doing + ": " + refusal.message());
        throw refusal.hint() == null
                ? new ConnectorException(refusal.code(), message)
                : new ConnectorException(refusal.code(), message, refusal.hint());
    }

    private HttpAnswer send(Request.Builder request, String doing) {
        String token = bearer;
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            return http.send(request.build(), MAX_BODY_BYTES);
        } catch (IOException | RuntimeException e) {
            throw redacted(
                    Failures.translate((cause, known) -> null, target.config(), target.cancellation(), doing, e));
        }
    }

    private ConnectorException redacted(ConnectorException failure) {
        String message = String.valueOf(failure.getMessage());
        String line = line(message);
        return line.equals(message) ? failure : new ConnectorException(failure.failure(), line, failure.hint());
    }

    /** {@return a server's words as they may be shown: redacted, on one line, and not too long} */
    public String line(String text) {
        String shown = text;
        for (String secret : secrets) {
            shown = shown.replace(secret, SecretValue.HIDDEN);
        }
        return Failures.line(shown, target.config());
    }

    /** Closes the connections. */
    @Override
    public void close() {
        http.close();
    }

    @Override
    public String toString() {
        return "RestClient";
    }
}
