package dev.headwater.fakeserver.internal;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** JSON, read strictly by RFC 8259. */
public final class Json {

    private static final Gson STRICT = new GsonBuilder()
            .setStrictness(Strictness.STRICT)
            .serializeNulls()
            .disableHtmlEscaping()
            .create();

    private Json() {}

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
            JsonElement element = STRICT.fromJson(text, JsonElement.class);
            if (element == null) {
                throw bad("the body is empty");
            }
            return element;
        } catch (CharacterCodingException | JsonParseException | StackOverflowError e) {
            // the parser's message would quote the body
            throw bad("the body is not valid JSON");
        }
    }

    /** {@return the JSON as text, nulls included} */
    public static String write(JsonElement element) {
        return STRICT.toJson(element);
    }

    private static FaceException bad(String message) {
        return new FaceException(FaceProblem.of(FaceProblem.Reason.BAD_JSON, message));
    }
}
