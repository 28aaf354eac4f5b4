package dev.headwater.benchmarks;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON of a row, read and written by hand with the library that the store uses. */
final class RawJson {

    private RawJson() {}

    static String write(RawSource source) {
        StringWriter text = new StringWriter(512);
        try (JsonWriter json = new JsonWriter(text)) {
            json.setSerializeNulls(false);
            json.setHtmlSafe(false);
            json.beginObject();
            json.name("name").value(source.name()).name("kind").value(source.kind());
            json.name("createdAt").value(micros(source.createdAt()));
            json.name("createdBy").value(source.createdBy());
            json.name("displayName").value(source.displayName());
            json.name("description").value(source.description());
            json.name("config").beginObject();
            for (Map.Entry<String, Object> entry : source.config().entrySet()) {
                write(json.name(entry.getKey()), entry.getValue());
            }
            json.endObject().name("labels").beginObject();
            for (Map.Entry<String, String> entry : source.labels().entrySet()) {
                json.name(entry.getKey()).value(entry.getValue());
            }
            json.endObject().endObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonWriter json, Object value) throws IOException {
        if (value instanceof String text) {
            json.value(text);
        } else if (value instanceof Long number) {
            json.value(number);
        } else if (value instanceof Boolean bool) {
            json.value(bool);
        } else {
            RawSource.Secret secret = (RawSource.Secret) value;
            json.beginObject().name("secret").value(secret.id());
            json.name("at").value(micros(secret.setAt())).endObject();
        }
    }

    static RawSource read(String text, String id, long version, Instant updatedAt, String updatedBy) {
        String name = "";
        String kind = "";
        Instant createdAt = updatedAt;
        String createdBy = "";
        @Nullable String displayName = null;
        @Nullable String description = null;
        Map<String, Object> config = Map.of();
        Map<String, String> labels = Map.of();
        try (JsonReader json = new JsonReader(new StringReader(text))) {
            json.beginObject();
            while (json.hasNext()) {
                switch (json.nextName()) {
                    case "name" -> name = json.nextString();
                    case "kind" -> kind = json.nextString();
                    case "createdAt" -> createdAt = instant(json.nextLong());
                    case "createdBy" -> createdBy = json.nextString();
                    case "displayName" -> displayName = json.nextString();
                    case "description" -> description = json.nextString();
                    case "config" -> config = config(json);
                    case "labels" -> labels = labels(json);
                    default -> json.skipValue();
                }
            }
            json.endObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new RawSource(
                id,
                name,
                kind,
                version,
                displayName,
                description,
                config,
                labels,
                createdAt,
                createdBy,
                updatedAt,
                updatedBy);
    }

    private static Map<String, Object> config(JsonReader json) throws IOException {
        Map<String, Object> config = new LinkedHashMap<>();
        json.beginObject();
        while (json.hasNext()) {
            String key = json.nextName();
            JsonToken next = json.peek();
            config.put(
                    key,
                    next == JsonToken.STRING
                            ? json.nextString()
                            : next == JsonToken.NUMBER
                                    ? (Object) json.nextLong()
                                    : next == JsonToken.BOOLEAN ? (Object) json.nextBoolean() : secret(json));
        }
        json.endObject();
        return config;
    }

    private static RawSource.Secret secret(JsonReader json) throws IOException {
        String id = "";
        long at = 0;
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "secret" -> id = json.nextString();
                case "at" -> at = json.nextLong();
                default -> json.skipValue();
            }
        }
        json.endObject();
        return new RawSource.Secret(id, instant(at));
    }

    private static Map<String, String> labels(JsonReader json) throws IOException {
        Map<String, String> labels = new LinkedHashMap<>();
        json.beginObject();
        while (json.hasNext()) {
            labels.put(json.nextName(), json.nextString());
        }
        json.endObject();
        return labels;
    }

    static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
