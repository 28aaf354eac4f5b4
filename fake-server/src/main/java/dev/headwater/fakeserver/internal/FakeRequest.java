package dev.headwater.fakeserver.internal;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request that was read whole.
 *
 * @param method in upper case
 * @param path decoded, without the query
 * @param query decoded values by name, in the order of the request
 * @param headers values by name in lower case
 * @param body as it was sent, at most {@link HttpFront#MAX_BODY_BYTES}; empty if there was none
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record FakeRequest(
        String method, String path, Map<String, List<String>> query, Map<String, List<String>> headers, byte[] body) {

    /** {@return the first value of the header, whatever the case of its name; null without one} */
    public @Nullable String header(String name) {
        List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        return values.isEmpty() ? null : values.get(0);
    }

    /** {@return the first value of the query parameter; null without one} */
    public @Nullable String parameter(String name) {
        List<String> values = query.getOrDefault(name, List.of());
        return values.isEmpty() ? null : values.get(0);
    }

    /** {@return what stands after "Bearer" in the authorization header; null if that is not what it is} */
    public @Nullable String bearerToken() {
        return bearerToken(header("authorization"));
    }

    /** {@return what stands after "Bearer" in a header; null if that is not what it is} */
    public static @Nullable String bearerToken(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return null;
        }
        String token = authorization.substring(7).strip();
        return token.isEmpty() ? null : token;
    }

    /** {@return the content type without its parameters, in lower case; empty without one} */
    public String mediaType() {
        String type = header("content-type");
        return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /** {@return the body as text; broken UTF-8 becomes replacement characters} */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Method and path; nothing that may hold a secret. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
