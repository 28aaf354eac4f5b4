package dev.headwater.fakeserver.internal;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** JSON, read strictly by RFC 8259. */
public final class Json {

    private Json() {}

    /** Loaded when something is read. */
    private static final class Reader {

        private static final Gson STRICT =
                new GsonBuilder().setStrictness(Strictness.STRICT).create();
    }

    /** @throws FaceException {@link FaceProblem.Reason#BAD_JSON} if the body is not one JSON object in UTF-8 */
    public static JsonObject object(byte[] body) {
        JsonElement element = element(body);
        if (!element.isJsonObject()) {
            throw bad("the body must be a JSON object");
        }
        return element.getAsJsonObject();
    }

    /** @throws FaceException {@link FaceProblem.Reason#BAD_JSON} if the body is not JSON in UTF-8 */
    public static JsonElement element(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            JsonElement element = Reader.STRICT.fromJson(text, JsonElement.class);
            if (element == null) {
                throw bad("the body is empty");
            }
            return element;
        } catch (CharacterCodingException | JsonParseException | StackOverflowError e) {
            // the parser's message would quote the body
            throw bad("the body is not valid JSON");
        }
    }

    /** {@return the JSON as text, nulls included} Without Gson itself, which loads an adapter for each type of the JDK. */
    public static String write(JsonElement element) {
        StringWriter text = new StringWriter(1024);
        JsonWriter writer = new JsonWriter(text);
        writer.setHtmlSafe(false);
        writer.setSerializeNulls(true);
        try {
            write(element, writer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonElement element, JsonWriter writer) throws IOException {
        if (element instanceof JsonObject object) {
            writer.beginObject();
            for (Map.Entry<String, JsonElement> member : object.entrySet()) {
                writer.name(member.getKey());
                write(member.getValue(), writer);
            }
            writer.endObject();
        } else if (element instanceof JsonArray array) {
            writer.beginArray();
            for (JsonElement item : array) {
                write(item, writer);
            }
            writer.endArray();
        } else if (element instanceof JsonPrimitive primitive) {
            if (primitive.isString()) {
                writer.value(primitive.getAsString());
            } else if (primitive.isBoolean()) {
                writer.value(primitive.getAsBoolean());
            } else {
                writer.value(primitive.getAsNumber());
            }
        } else {
            writer.nullValue();
        }
    }

    private static FaceException bad(String message) {
        return new FaceException(FaceProblem.of(FaceProblem.Reason.BAD_JSON, message));
    }
}
