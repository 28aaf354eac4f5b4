package dev.headwater.core.internal.secret;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.headwater.spi.LinkedSecret;
import dev.headwater.spi.SecretValue;
import java.io.IOException;
import java.io.StringReader;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Picks one value out of a secret that holds JSON, by a JSON Pointer (RFC 6901). Errors tell names, never values. */
final class JsonField {

    private static final int MAX_NAMES = 20;
    private static final int MAX_NAME_LENGTH = 64;
    private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");

    private JsonField() {}

    /** {@return the text of a string, or a number or boolean as it is written} */
    static SecretValue read(LinkedSecret link, String pointer, SecretValue whole) {
        JsonElement at = parse(link, whole.reveal());
        StringBuilder path = new StringBuilder();
        String[] tokens =
                pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/", -1);
        for (String token : tokens) {
            String name = token.replace("~1", "/").replace("~0", "~");
            JsonElement next = step(at, name);
            if (next == null) {
                throw LinkedValue.unusable(link, missing(name, path, at));
            }
            at = next;
            path.append('/').append(token);
        }
        if (!at.isJsonPrimitive()) {
            throw LinkedValue.unusable(
                    link, "holds " + kind(at) + " there, expected a string, number or boolean" + names(at));
        }
        return SecretValue.of(at.getAsString());
    }

    private static JsonElement parse(LinkedSecret link, String text) {
        JsonReader reader = new JsonReader(new StringReader(text));
        reader.setStrictness(Strictness.STRICT);
        try {
            JsonElement whole = JsonParser.parseReader(reader);
            // Gson takes no text at all for null.
            if (reader.peek() == JsonToken.END_DOCUMENT && !text.isBlank()) {
                return whole;
            }
        } catch (JsonParseException | IOException | IllegalStateException e) {
            // told below: what the parser says may quote the secret
        }
        throw LinkedValue.unusable(link, "is not JSON (RFC 8259), so it has no fields");
    }

    private static @Nullable JsonElement step(JsonElement at, String name) {
        if (at instanceof JsonObject object) {
            return object.get(name);
        }
        if (at instanceof JsonArray array && INDEX.matcher(name).matches()) {
            int index = Integer.parseInt(name);
            return index < array.size() ? array.get(index) : null;
        }
        return null;
    }

    private static String missing(String name, CharSequence path, JsonElement at) {
        String where = path.length() == 0 ? "" : " at " + Printable.of(path.toString());
        return "has no field " + Printable.of(name) + where + ", where it holds " + kind(at) + names(at);
    }

    private static String kind(JsonElement at) {
        if (at.isJsonObject()) {
            return "an object";
        }
        if (at instanceof JsonArray array) {
            return "an array of " + array.size();
        }
        return at.isJsonNull() ? "null" : "a single value";
    }

    private static String names(JsonElement at) {
        if (!(at instanceof JsonObject object)) {
            return "";
        }
        String shown = object.keySet().stream()
                .limit(MAX_NAMES)
                .map(name ->
                        Printable.of(name.length() > MAX_NAME_LENGTH ? name.substring(0, MAX_NAME_LENGTH) + "…" : name))
                .collect(Collectors.joining(", "));
        return object.size() > MAX_NAMES
                ? " with the fields " + shown + " and " + (object.size() - MAX_NAMES) + " more"
                : object.isEmpty() ? " without fields" : " with the fields " + shown;
    }
}
