package dev.headwater.fakeserver;

import com.google.gson.JsonElement;
import dev.headwater.fakeserver.internal.FaceException;
import dev.headwater.fakeserver.internal.Json;
import dev.headwater.fakeserver.internal.Masks;
import dev.headwater.spi.SourceSystem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call that the server got. It holds what was sent, secrets included, for a test to look at; it prints without them.
 *
 * @param at when it came, by the server's clock
 * @param system whose API was called; null if nobody's
 * @param operation what was asked for: the name of Chalk's RPC, such as {@code InsertIntegration}; for DataBrain and
 *     Basedash a word such as {@code create}, which the pages about them list
 * @param protocol {@code gRPC}, {@code Connect} or {@code HTTP}
 * @param method the HTTP method
 * @param path without the query
 * @param query values by name
 * @param headers values by name in lower case
 * @param body what was sent, as text; a Protobuf message as its JSON
 */
public record RecordedRequest(
        Instant at,
        @Nullable SourceSystem system,
        String operation,
        String protocol,
        String method,
        String path,
        Map<String, List<String>> query,
        Map<String, List<String>> headers,
        String body) {

    /** {@return the first value of the header, whatever the case of its name} */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    /**
     * {@return the text of a value of the JSON body, by the names that lead to it, as in {@code field("credentials",
     * "host")}; empty if there is none, or it is no text, number or boolean}
     */
    public Optional<String> field(String... names) {
        JsonElement at;
        try {
            at = Json.element(body.getBytes(StandardCharsets.UTF_8));
        } catch (FaceException noJson) {
            return Optional.empty();
        }
        for (String name : names) {
            if (!at.isJsonObject() || !at.getAsJsonObject().has(name)) {
                return Optional.empty();
            }
            at = at.getAsJsonObject().get(name);
        }
        return at.isJsonPrimitive() ? Optional.of(at.getAsString()) : Optional.empty();
    }

    /** One line; values that may be secret are hidden, and so are headers and the query. */
    @Override
    public String toString() {
        return Masks.line(this);
    }
}
