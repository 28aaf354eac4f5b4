package dev.headwater.fakeserver.internal;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.headwater.core.DataSourceDraft;
import dev.headwater.spi.LinkedSecretRef;
import dev.headwater.spi.SourceSystem;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a seed file: {@code {"scopes": [{"id", "name", "dataSources": [{"kind", "name", "displayName", "config": {…}}]}],
 * "tokens": [{"system", "value", "scope"}]}}. A config value is text, a number, a boolean, or {@code {"secretId": "…"}}.
 */
public final class SeedFile {

    private SeedFile() {}

    /** Gets the tokens. */
    @FunctionalInterface
    public interface TokenTaker {

        /**
         * Takes one.
         *
         * @param scope the only scope that it opens; null for all
         */
        void accept(SourceSystem system, String value, @Nullable String scope);
    }

    /**
     * Reads scopes and data sources.
     *
     * @param scopes gets id and name of each scope, before its data sources
     * @param sources gets the id of the scope and what is in it
     * @param tokens gets the tokens, after all scopes
     * @throws IllegalArgumentException if the file is not like that; the message says where, and holds no values
     */
    public static void read(
            byte[] file,
            BiConsumer<String, String> scopes,
            BiConsumer<String, DataSourceDraft> sources,
            TokenTaker tokens) {
        JsonObject root;
        try {
            root = Json.object(file);
        } catch (FaceException e) {
            throw new IllegalArgumentException("the seed file is not a JSON object", e);
        }
        int s = 0;
        for (JsonElement element : array(root, "scopes", "")) {
            String at = "scopes[" + s++ + "]";
            JsonObject scope = object(element, at);
            String id = text(scope, "id", at);
            scopes.accept(id, scope.has("name") ? text(scope, "name", at) : id);
            int d = 0;
            for (JsonElement source : array(scope, "dataSources", at)) {
                String where = at + ".dataSources[" + d++ + "]";
                sources.accept(id, draft(object(source, where), where));
            }
        }
        int t = 0;
        for (JsonElement element : array(root, "tokens", "")) {
            String at = "tokens[" + t++ + "]";
            JsonObject token = object(element, at);
            tokens.accept(
                    system(text(token, "system", at), at),
                    text(token, "value", at),
                    token.has("scope") ? text(token, "scope", at) : null);
        }
    }

    private static SourceSystem system(String name, String at) {
        for (SourceSystem system : SourceSystem.values()) {
            if (system.name().equalsIgnoreCase(name)) {
                return system;
            }
        }
        throw new IllegalArgumentException(at + ".system must be chalk, databrain or basedash");
    }

    private static DataSourceDraft draft(JsonObject source, String at) {
        Map<String, Object> config = new LinkedHashMap<>();
        if (source.has("config")) {
            JsonObject given = object(source.get("config"), at + ".config");
            given.entrySet()
                    .forEach(entry ->
                            config.put(entry.getKey(), value(entry.getValue(), at + ".config." + entry.getKey())));
        }
        DataSourceDraft draft = DataSourceDraft.of(text(source, "kind", at), text(source, "name", at))
                .withConfig(config);
        return source.has("displayName") ? draft.withDisplayName(text(source, "displayName", at)) : draft;
    }

    private static Object value(JsonElement value, String at) {
        if (value instanceof JsonObject link && link.size() == 1 && link.has("secretId")) {
            return LinkedSecretRef.of(text(link, "secretId", at));
        }
        if (!(value instanceof JsonPrimitive primitive)) {
            throw new IllegalArgumentException(at + " must be text, a number, a boolean, or {\"secretId\": \"…\"}");
        }
        if (primitive.isBoolean()) {
            return primitive.getAsBoolean();
        }
        if (primitive.isNumber()) {
            double number = primitive.getAsDouble();
            return number == Math.rint(number) && Math.abs(number) < 1e15 ? (Object) (long) number : (Object) number;
        }
        return primitive.getAsString();
    }

    private static Iterable<JsonElement> array(JsonObject object, String key, String at) {
        JsonElement value = object.get(key);
        if (value == null) {
            return java.util.List.of();
        }
        if (!value.isJsonArray()) {
            throw new IllegalArgumentException((at.isEmpty() ? "" : at + ".") + key + " must be an array");
        }
        return value.getAsJsonArray();
    }

    private static JsonObject object(JsonElement element, String at) {
        if (!element.isJsonObject()) {
            throw new IllegalArgumentException(at + " must be an object");
        }
        return element.getAsJsonObject();
    }

    private static String text(JsonObject object, String key, String at) {
        JsonElement value = object.get(key);
        if (!(value instanceof JsonPrimitive primitive) || !primitive.isString()) {
            throw new IllegalArgumentException(at + "." + key + " must be text");
        }
        return primitive.getAsString();
    }
}
