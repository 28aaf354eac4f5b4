package dev.headwater.store.jdbc.internal;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import dev.headwater.spi.ConfigValue;
import dev.headwater.spi.DataSourceSpec;
import dev.headwater.spi.LinkedSecret;
import dev.headwater.spi.SecretId;
import dev.headwater.spi.Stamp;
import dev.headwater.spi.StoreException;
import dev.headwater.spi.TenancySettings;
import dev.headwater.spi.TenancySettings.ClientColumnType;
import dev.headwater.spi.ValueEncoding;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of {@link Payload}. A literal is a JSON string, number or boolean; a secret or a link is an object. Readers skip
 * members that they do not know.
 */
final class PayloadJson {

    /** The most characters of a payload; H2 keeps no longer ones in a plain column. */
    static final int MAX_LENGTH = 1_000_000;

    private PayloadJson() {}

    static String write(Payload payload) {
        StringWriter text = new StringWriter(512);
        try (JsonWriter json = new JsonWriter(new Utf8Safe(text))) {
            json.setHtmlSafe(false);
            json.setSerializeNulls(false);
            json.beginObject();
            json.name("name").value(payload.name()).name("kind").value(payload.kind());
            if (payload.created() != null) {
                json.name("createdAt").value(Micros.of(payload.created().at()));
                json.name("createdBy").value(payload.created().by());
            }
            if (payload.spec() != null) {
                write(json, payload.spec());
            }
            if (!payload.changed().isEmpty()) {
                json.name("changed").beginArray();
                for (String key : payload.changed()) {
                    json.value(key);
                }
                json.endArray();
            }
            json.name("message").value(payload.message()).endObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (text.getBuffer().length() > MAX_LENGTH) {
            throw new StoreException("a data source has " + text.getBuffer().length()
                    + " characters as JSON; the store keeps at most " + MAX_LENGTH);
        }
        return text.toString();
    }

    private static void write(JsonWriter json, DataSourceSpec spec) throws IOException {
        json.name("displayName").value(spec.displayName());
        json.name("description").value(spec.description());
        if (!spec.config().isEmpty()) {
            json.name("config").beginObject();
            for (Map.Entry<String, ConfigValue> entry : spec.config().entrySet()) {
                json.name(entry.getKey());
                write(json, entry.getValue());
            }
            json.endObject();
        }
        if (!spec.labels().isEmpty()) {
            json.name("labels").beginObject();
            for (Map.Entry<String, String> entry : spec.labels().entrySet()) {
                json.name(entry.getKey()).value(entry.getValue());
            }
            json.endObject();
        }
        if (spec.tenancy() instanceof TenancySettings.PerDatabase) {
            json.name("tenancy").beginObject().endObject();
        } else if (spec.tenancy() instanceof TenancySettings.PerTable table) {
            json.name("tenancy").beginObject();
            json.name("schema").value(table.schemaName());
            json.name("table").value(table.tableName());
            json.name("clientNameColumn").value(table.clientNameColumn());
            json.name("primaryKeyColumn").value(table.primaryKeyColumn());
            json.name("clientColumnType").value(table.clientColumnType().name());
            json.endObject();
        }
    }

    private static void write(JsonWriter json, ConfigValue value) throws IOException {
        if (value instanceof ConfigValue.Literal literal) {
            if (literal.value() instanceof String text) {
                json.value(text);
            } else if (literal.value() instanceof Long number) {
                json.value(number);
            } else {
                json.value((Boolean) literal.value());
            }
        } else if (value instanceof ConfigValue.SecretLiteral secret) {
            json.beginObject();
            json.name("secret").value(secret.secret().value());
            json.name("at").value(Micros.of(secret.setAt()));
            json.endObject();
        } else {
            ConfigValue.Linked linked = (ConfigValue.Linked) value;
            json.beginObject();
            json.name("store").value(linked.secret().store());
            json.name("name").value(linked.secret().name());
            json.name("field").value(linked.secret().field());
            json.name("encoding").value(linked.secret().encoding().name());
            json.name("at").value(Micros.of(linked.linkedAt()));
            json.endObject();
        }
    }

    /** @throws StoreException if that is no payload; the error does not repeat it */
    static Payload read(String text) {
        try (JsonReader json = new JsonReader(new StringReader(text))) {
            return read(json);
        } catch (IOException | RuntimeException e) {
            throw new StoreException(
                    "what is stored of a commit makes no sense (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static Payload read(JsonReader json) throws IOException {
        String name = null;
        String kind = null;
        String createdBy = null;
        long createdAt = 0;
        String displayName = null;
        String description = null;
        Map<String, ConfigValue> config = Map.of();
        Map<String, String> labels = Map.of();
        TenancySettings tenancy = null;
        List<String> changed = List.of();
        String message = null;
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "name" -> name = json.nextString();
                case "kind" -> kind = json.nextString();
                case "createdAt" -> createdAt = json.nextLong();
                case "createdBy" -> createdBy = json.nextString();
                case "displayName" -> displayName = json.nextString();
                case "description" -> description = json.nextString();
                case "config" -> config = config(json);
                case "labels" -> labels = labels(json);
                case "tenancy" -> tenancy = tenancy(json);
                case "changed" -> changed = changed(json);
                case "message" -> message = json.nextString();
                default -> json.skipValue();
            }
        }
        json.endObject();
        if (name == null || kind == null) {
            throw new IllegalStateException("no name or kind");
        }
        if (createdBy == null) {
            return new Payload(name, kind, null, null, changed, message);
        }
        return new Payload(
                name,
                kind,
                new DataSourceSpec(name, displayName, description, kind, config, labels, tenancy),
                new Stamp(Micros.toInstant(createdAt), createdBy),
                changed,
                message);
    }

    private static Map<String, ConfigValue> config(JsonReader json) throws IOException {
        Map<String, ConfigValue> config = new LinkedHashMap<>();
        json.beginObject();
        while (json.hasNext()) {
            config.put(json.nextName(), value(json));
        }
        json.endObject();
        return config;
    }

    private static ConfigValue value(JsonReader json) throws IOException {
        JsonToken next = json.peek();
        if (next == JsonToken.STRING) {
            return new ConfigValue.Literal(json.nextString());
        }
        if (next == JsonToken.NUMBER) {
            return new ConfigValue.Literal(json.nextLong());
        }
        if (next == JsonToken.BOOLEAN) {
            return new ConfigValue.Literal(json.nextBoolean());
        }
        Map<String, String> parts = labels(json);
        var at = Micros.toInstant(Long.parseLong(part(parts, "at")));
        String secret = parts.get("secret");
        if (secret != null) {
            return new ConfigValue.SecretLiteral(new SecretId(secret), at);
        }
        return new ConfigValue.Linked(
                new LinkedSecret(
                        part(parts, "store"),
                        part(parts, "name"),
                        parts.get("field"),
                        ValueEncoding.valueOf(part(parts, "encoding"))),
                at);
    }

    /** An object of strings (and numbers, as strings). */
    private static Map<String, String> labels(JsonReader json) throws IOException {
        Map<String, String> labels = new LinkedHashMap<>();
        json.beginObject();
        while (json.hasNext()) {
            labels.put(json.nextName(), json.nextString());
        }
        json.endObject();
        return labels;
    }

    private static @Nullable TenancySettings tenancy(JsonReader json) throws IOException {
        Map<String, String> parts = labels(json);
        if (parts.isEmpty()) {
            return new TenancySettings.PerDatabase();
        }
        return new TenancySettings.PerTable(
                part(parts, "schema"),
                part(parts, "table"),
                part(parts, "clientNameColumn"),
                part(parts, "primaryKeyColumn"),
                ClientColumnType.valueOf(part(parts, "clientColumnType")));
    }

    private static List<String> changed(JsonReader json) throws IOException {
        List<String> changed = new ArrayList<>();
        json.beginArray();
        while (json.hasNext()) {
            changed.add(json.nextString());
        }
        json.endArray();
        return changed;
    }

    private static String part(Map<String, String> parts, String key) {
        String part = parts.get(key);
        if (part == null) {
            throw new IllegalStateException("no " + key);
        }
        return part;
    }
}
