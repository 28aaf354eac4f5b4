package dev.headwater.core.internal.kind;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** JSON objects as text. No error of the parser is let out, since it may quote the text. */
final class JsonText {

    private static final int DEEPEST = 64;

    private JsonText() {}

    /** Whether the text is one JSON object (RFC 8259) and nothing more. */
    static boolean isObject(String text) {
        try (JsonReader reader = reader(text)) {
            if (reader.peek() != JsonToken.BEGIN_OBJECT) {
                return false;
            }
            reader.skipValue();
            return reader.peek() == JsonToken.END_DOCUMENT;
        } catch (IOException | IllegalStateException | NumberFormatException e) {
            return false;
        }
    }

    /** The first member of an object that is not allowed, or null if all are. The text must be an object. */
    static @Nullable String memberBeyond(Set<String> allowed, String text) {
        try (JsonReader reader = reader(text)) {
            reader.beginObject();
            while (reader.hasNext()) {
                String name = reader.nextName();
                if (!allowed.contains(name)) {
                    return name;
                }
                reader.skipValue();
            }
            return null;
        } catch (IOException e) {
            throw new IllegalStateException("text was checked to be an object and is none");
        }
    }

    /** The map as JSON text, or null if it holds what JSON has no form for. */
    static @Nullable String write(Map<?, ?> map) {
        StringWriter text = new StringWriter();
        try (JsonWriter writer = new JsonWriter(text)) {
            writer.setSerializeNulls(true);
            write(writer, map, 0);
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
        return text.toString();
    }

    private static void write(JsonWriter writer, @Nullable Object value, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("too deep");
        }
        if (value == null) {
            writer.nullValue();
        } else if (value instanceof String text) {
            writer.value(text);
        } else if (value instanceof Number number) {
            writer.value(number);
        } else if (value instanceof Boolean flag) {
            writer.value(flag);
        } else if (value instanceof List<?> list) {
            writer.beginArray();
            for (Object item : list) {
                write(writer, item, depth + 1);
            }
            writer.endArray();
        } else if (value instanceof Map<?, ?> map) {
            writer.beginObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                if (!(entry.getKey() instanceof String name)) {
                    throw new IllegalArgumentException("a member's name is text");
                }
                writer.name(name);
                write(writer, entry.getValue(), depth + 1);
            }
            writer.endObject();
        } else {
            throw new IllegalArgumentException("no JSON value");
        }
    }

    private static JsonReader reader(String text) {
        JsonReader reader = new JsonReader(new StringReader(text));
        reader.setStrictness(Strictness.STRICT);
        return reader;
    }
}
