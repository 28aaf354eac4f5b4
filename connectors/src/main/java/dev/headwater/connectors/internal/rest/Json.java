package dev.headwater.connectors.internal.rest;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A place in a JSON answer, which may hold nothing. What is asked for and is not there, or is of another type, is
 * absent, since servers add and leave out; what a caller cannot do without, it asks for with {@link #need}. Immutable.
 */
public final class Json {

    /** How deep an answer may be nested: the parser goes down by recursion, and so would the stack. */
    private static final int MAX_DEPTH = 200;

    private static final Json ABSENT = new Json(JsonNull.INSTANCE);

    private final JsonElement element;

    private Json(JsonElement element) {
        this.element = element;
    }

    /** {@return the JSON of the text; empty if the text is none} */
    public static Optional<Json> parse(String text) {
        if (text.isBlank() || depth(text) > MAX_DEPTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Json(JsonParser.parseString(text)));
        } catch (JsonParseException e) {
            return Optional.empty();
        }
    }

    /** {@return how deep the text is nested at the most, brackets in strings counted as well} */
    private static int depth(String text) {
        int depth = 0;
        int deepest = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '{' || c == '[') {
                deepest = Math.max(deepest, ++depth);
            } else if (c == '}' || c == ']') {
                depth--;
            }
        }
        return deepest;
    }

    /** {@return the member of the object here} */
    public Json get(String name) {
        return element instanceof JsonObject object && object.has(name) ? new Json(object.get(name)) : ABSENT;
    }

    /** {@return whether an object is here} */
    public boolean isObject() {
        return element.isJsonObject();
    }

    /** {@return whether nothing is here} */
    public boolean isAbsent() {
        return element.isJsonNull();
    }

    /** {@return the string, number or flag here, as text} */
    public Optional<String> text() {
        return element.isJsonPrimitive() ? Optional.of(element.getAsString()) : Optional.empty();
    }

    /**
     * {@return the text of the member}
     *
     * @throws ConnectorException with {@link FailureCode#WRONG_SERVER} if there is none
     */
    public String need(String name) {
        return get(name)
                .text()
                .orElseThrow(() -> new ConnectorException(
                        FailureCode.WRONG_SERVER, "the server's answer has no " + name + " where one belongs"));
    }

    /** {@return whether {@code true} is here} */
    public boolean isTrue() {
        return text().map(Boolean::parseBoolean).orElse(false);
    }

    /** {@return the elements of the list here; none if there is no list} */
    public List<Json> list() {
        List<Json> list = new ArrayList<>();
        if (element instanceof JsonArray array) {
            array.forEach(one -> list.add(new Json(one)));
        }
        return list;
    }

    /** {@return the members of the object here in their order; none if there is no object} */
    public Map<String, Json> members() {
        Map<String, Json> members = new LinkedHashMap<>();
        if (element instanceof JsonObject object) {
            object.entrySet().forEach(entry -> members.put(entry.getKey(), new Json(entry.getValue())));
        }
        return members;
    }

    /** {@return what is here, for code that works with all of it} */
    public JsonElement element() {
        return element;
    }

    /** Says nothing of what it holds: answers hold tokens. */
    @Override
    public String toString() {
        return "Json";
    }
}
