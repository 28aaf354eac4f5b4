package dev.headwater.fakeserver.internal;

import com.google.gson.JsonElement;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An HTTP response.
 *
 * @param status the status code
 * @param headers values by name; {@code content-length} and {@code date} are added by the front
 * @param body empty for none
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
public record FakeResponse(int status, Map<String, List<String>> headers, byte[] body) {

    /** A response with a JSON body. Nulls in it are written. */
    public static FakeResponse json(int status, JsonElement body) {
        return of(status, "application/json", Json.write(body).getBytes(StandardCharsets.UTF_8));
    }

    /** A response with a body of a type. */
    public static FakeResponse of(int status, String contentType, byte[] body) {
        return new FakeResponse(status, Map.of("content-type", List.of(contentType)), body);
    }

    /** The same, with one more header. */
    public FakeResponse with(String header, String value) {
        Map<String, List<String>> more = new LinkedHashMap<>(headers);
        more.put(header, List.of(value));
        return new FakeResponse(status, more, body);
    }

    /** The status; nothing that may hold a secret. */
    @Override
    public String toString() {
        return "HTTP " + status;
    }
}
