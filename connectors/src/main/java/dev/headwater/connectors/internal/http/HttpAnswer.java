package dev.headwater.connectors.internal.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import okhttp3.Headers;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;

/** An HTTP answer that was read as a whole. Immutable. */
public final class HttpAnswer {

    private static final long CHUNK = 8_192;

    private final int status;
    private final Headers headers;
    private final String body;

    private HttpAnswer(int status, Headers headers, String body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    static HttpAnswer read(Response response, long maxBytes) throws IOException {
        return new HttpAnswer(response.code(), response.headers(), body(response, maxBytes));
    }

    /** What was compressed is counted as it is when it is not. */
    private static String body(Response response, long maxBytes) throws IOException {
        BufferedSource source = response.body().source();
        Buffer read = new Buffer();
        while (source.read(read, CHUNK) >= 0) {
            if (read.size() > maxBytes) {
                throw new AnswerTooLongException(maxBytes);
            }
        }
        return read.readString(StandardCharsets.UTF_8);
    }

    public int status() {
        return status;
    }

    /** {@return whether the status is one of 200 to 299} */
    public boolean ok() {
        return status >= 200 && status < 300;
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** {@return the body as UTF-8, whatever the server calls it} */
    public String body() {
        return body;
    }

    /** Says nothing of the body. */
    @Override
    public String toString() {
        return "HttpAnswer[" + status + "]";
    }
}
