package dev.headwater.fakeserver.internal.rest;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as the plain values that configs are made of, and back. */
public final class Values {

    /** Numbers up to here are whole in every JSON reader. */
    private static final double MOST_EXACT = 1L << 53;

    private Values() {}

    /** {@return the members of an object as {@link String}, {@link Long}, {@link Double}, {@link Boolean}, list, map or null} */
    public static Map<String, @Nullable Object> of(JsonObject object) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        object.entrySet().forEach(member -> values.put(member.getKey(), of(member.getValue())));
        return values;
    }

    private static @Nullable Object of(JsonElement element) {
        if (element.isJsonObject()) {
            return of(element.getAsJsonObject());
        }
        if (element.isJsonArray()) {
            List<@Nullable Object> items = new ArrayList<>();
            element.getAsJsonArray().forEach(item -> items.add(of(item)));
            return items;
        }
        if (element.isJsonNull()) {
            return null;
        }
        JsonPrimitive primitive = element.getAsJsonPrimitive();
        if (primitive.isBoolean()) {
            return primitive.getAsBoolean();
        }
        return primitive.isString() ? primitive.getAsString() : number(primitive.getAsString());
    }

    /** A number as JavaScript reads it, whole where it is whole. */
    private static Number number(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            double value = Double.parseDouble(text);
            if (value == Math.rint(value) && Math.abs(value) <= MOST_EXACT) {
                return (long) value;
            }
            return value;
        }
    }

    /** {@return an object of the members, which are what {@link #of} gives, or JSON already} */
    public static JsonObject object(Map<String, ? extends @Nullable Object> members) {
        JsonObject object = new JsonObject();
        members.forEach((name, value) -> object.add(name, element(value)));
        return object;
    }

    /** {@return an object of one member} */
    public static JsonObject object(String name, @Nullable Object value) {
        JsonObject object = new JsonObject();
        object.add(name, element(value));
        return object;
    }

    /** {@return a list of such values} */
    public static JsonArray array(Iterable<? extends @Nullable Object> items) {
        JsonArray array = new JsonArray();
        items.forEach(item -> array.add(element(item)));
        return array;
    }

    private static JsonElement element(@Nullable Object value) {
        if (value == null) {
            return JsonNull.INSTANCE;
        } else if (value instanceof JsonElement element) {
            return element;
        } else if (value instanceof Boolean flag) {
            return new JsonPrimitive(flag);
        } else if (value instanceof Number number) {
            return new JsonPrimitive(number);
        }
        return new JsonPrimitive(value.toString());
    }
}
