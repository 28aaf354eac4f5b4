package com.example.mvstore;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonDeserializationContext;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializationContext;
import com.google.gson.JsonSerializer;
import com.google.gson.ToNumberPolicy;
import dev.headwater.spi.Change;
import dev.headwater.spi.ConfigValue;
import dev.headwater.spi.TenancySettings;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;

/** The model as JSON. Gson knows records; it has to be told of sealed types and instants. */
final class Json {

    private static final Gson GSON = new GsonBuilder()
            .registerTypeAdapter(Instant.class, new InstantCodec())
            // A literal may be a whole number.
            .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE)
            .registerTypeAdapter(ConfigValue.class, new SealedCodec(ConfigValue.class))
            .registerTypeAdapter(Change.class, new SealedCodec(Change.class))
            .registerTypeAdapter(TenancySettings.class, new SealedCodec(TenancySettings.class))
            .disableHtmlEscaping()
            .create();

    private Json() {}

    static String write(Object value) {
        return GSON.toJson(value);
    }

    static <T> T read(String json, Class<T> type) {
        return GSON.fromJson(json, type);
    }

    private static final class InstantCodec implements JsonSerializer<Instant>, JsonDeserializer<Instant> {

        @Override
        public JsonElement serialize(Instant instant, Type type, JsonSerializationContext context) {
            return new JsonPrimitive(instant.toString());
        }

        @Override
        public Instant deserialize(JsonElement json, Type type, JsonDeserializationContext context) {
            return Instant.parse(json.getAsString());
        }
    }

    /** Notes which of the permitted types a value has. */
    private record SealedCodec(Class<?> sealed) implements JsonSerializer<Object>, JsonDeserializer<Object> {

        private static final String TYPE = "type";
        private static final String VALUE = "is";

        @Override
        public JsonElement serialize(Object value, Type type, JsonSerializationContext context) {
            JsonObject json = new JsonObject();
            json.addProperty(TYPE, value.getClass().getSimpleName());
            json.add(VALUE, context.serialize(value, value.getClass()));
            return json;
        }

        @Override
        public Object deserialize(JsonElement json, Type type, JsonDeserializationContext context) {
            String name = json.getAsJsonObject().get(TYPE).getAsString();
            Class<?> found = Arrays.stream(sealed.getPermittedSubclasses())
                    .filter(permitted -> permitted.getSimpleName().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no " + sealed.getSimpleName() + " is a " + name));
            return context.deserialize(json.getAsJsonObject().get(VALUE), found);
        }
    }
}
