package dev.headwater.fakeserver.internal;

import dev.headwater.core.KindCatalog;
import dev.headwater.fakeserver.internal.FakeSource.SpelledKey;
import dev.headwater.spi.FieldAlias;
import dev.headwater.spi.FieldDefinition;
import dev.headwater.spi.FieldType;
import dev.headwater.spi.KindDefinition;
import dev.headwater.spi.SourceSystem;
import dev.headwater.spi.ValueTransform;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Says in one system's keys what was said in another's, as far as the kind's definition knows both. Values of keys that it
 * does not know stay with the face that took them. Safe for use by many threads.
 */
public final class Translator {

    private final KindCatalog kinds;
    private final Map<String, Map<SpelledKey, FieldDefinition>> fields = new ConcurrentHashMap<>();

    Translator(KindCatalog kinds) {
        this.kinds = kinds;
    }

    /** {@return the kind's id, if it is a kind of Headwater; else the name itself} */
    public String kindId(String systemName) {
        return kinds.find(systemName).map(KindDefinition::id).orElse(systemName);
    }

    /** {@return what the system calls the kind of a data source; empty if it has no such kind} */
    public Optional<String> kindName(String kindId, SourceSystem system) {
        return kinds.find(kindId).map(kind -> kind.systemNames().get(system));
    }

    public Optional<KindDefinition> definition(String kindId) {
        return kinds.find(kindId);
    }

    /**
     * {@return the config in the system's own keys: those that were given in it as they were given, and the others as far
     * as the system has keys for them} Of several keys of a system for one field the preferred one is used. Values are as
     * they were given: text, numbers, booleans, links; for Chalk all but links are text.
     */
    public Map<String, Object> config(FakeSource source, SourceSystem system) {
        Map<String, Object> config = new LinkedHashMap<>();
        Optional<KindDefinition> kind = kinds.find(source.kind());
        source.config().forEach((spelled, value) -> {
            if (spelled.system() == system) {
                config.put(spelled.key(), value);
            }
        });
        source.config().forEach((spelled, value) -> {
            if (spelled.system() != system && kind.isPresent()) {
                FieldDefinition field = field(kind.get(), spelled);
                FieldAlias to = field == null || known(field, system, config)
                        ? null
                        : field.aliases(system).stream().findFirst().orElse(null);
                if (field != null && to != null) {
                    config.put(to.key(), outward(field, to, inward(field, spelled, value)));
                }
            }
        });
        return config;
    }

    /** {@return the config in canonical keys and values, without what the kind's definition does not know} */
    public Map<String, Object> canonical(String kindId, Map<SpelledKey, Object> config) {
        Map<String, Object> canonical = new LinkedHashMap<>();
        kinds.find(kindId)
                .ifPresent(kind -> config.forEach((spelled, value) -> {
                    FieldDefinition field = field(kind, spelled);
                    if (field != null) {
                        canonical.put(field.key(), inward(field, spelled, value));
                    }
                }));
        return canonical;
    }

    /**
     * {@return the config with keys of a system set} A key that was given in another system's spelling, and means the same
     * field, goes; keys that the system has itself, however many mean the same, stay side by side.
     */
    public Map<SpelledKey, Object> merged(
            String kindId, Map<SpelledKey, Object> config, SourceSystem system, Map<String, ?> changes) {
        Map<SpelledKey, Object> merged = new LinkedHashMap<>(config);
        KindDefinition kind = kinds.find(kindId).orElse(null);
        changes.forEach((key, value) -> {
            SpelledKey spelled = new SpelledKey(system, key);
            if (kind != null) {
                FieldDefinition field = field(kind, spelled);
                merged.keySet()
                        .removeIf(
                                other -> other.system() != system && field != null && field.equals(field(kind, other)));
            }
            merged.put(spelled, value);
        });
        return merged;
    }

    /** {@return the field that the system's key means; null if the kind has none} */
    public @Nullable FieldDefinition field(KindDefinition kind, SpelledKey spelled) {
        return fields.computeIfAbsent(kind.id(), any -> bySpelling(kind)).get(spelled);
    }

    private static Map<SpelledKey, FieldDefinition> bySpelling(KindDefinition kind) {
        Map<SpelledKey, FieldDefinition> bySpelling = new HashMap<>();
        for (FieldDefinition field : kind.fields()) {
            bySpelling.put(new SpelledKey(null, field.key()), field);
            for (FieldAlias alias : field.aliases()) {
                bySpelling.putIfAbsent(new SpelledKey(alias.system(), alias.key()), field);
            }
        }
        return bySpelling;
    }

    private static @Nullable FieldAlias alias(FieldDefinition field, SpelledKey spelled) {
        for (FieldAlias alias : field.aliases()) {
            if (alias.system() == spelled.system() && alias.key().equals(spelled.key())) {
                return alias;
            }
        }
        return null;
    }

    private static boolean known(FieldDefinition field, SourceSystem system, Map<String, Object> config) {
        return field.aliases(system).stream().anyMatch(alias -> config.containsKey(alias.key()));
    }

    private static Object inward(FieldDefinition field, SpelledKey spelled, Object value) {
        FieldAlias alias = alias(field, spelled);
        if (!(value instanceof String text) || alias == null) {
            return value;
        }
        Object read = read(alias.transform(), text);
        if (!(read instanceof String plain)) {
            return read;
        }
        return switch (field.type()) {
            case INTEGER -> plain.matches("-?[0-9]{1,18}") ? (Object) Long.valueOf(plain) : plain;
            case BOOLEAN ->
                plain.equalsIgnoreCase("true") || plain.equalsIgnoreCase("false")
                        ? (Object) Boolean.valueOf(plain)
                        : plain;
            default -> plain;
        };
    }

    private static Object read(ValueTransform transform, String text) {
        if (transform instanceof ValueTransform.Base64Text) {
            try {
                return new String(Base64.getMimeDecoder().decode(text), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                return text;
            }
        }
        if (transform instanceof ValueTransform.Words words) {
            Object value = words.values().get(words.ignoreCase() ? text.toLowerCase(Locale.ROOT) : text);
            return value == null ? text : value;
        }
        return text;
    }

    private static Object outward(FieldDefinition field, FieldAlias to, Object value) {
        Object written = value;
        if (to.transform() instanceof ValueTransform.Base64Text && value instanceof String text) {
            written = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        } else if (to.transform() instanceof ValueTransform.Words words && field.type() != FieldType.BOOLEAN) {
            for (Map.Entry<String, Object> word : words.values().entrySet()) {
                if (word.getValue().equals(value)) {
                    written = word.getKey();
                    break;
                }
            }
        }
        boolean plain = written instanceof Number || written instanceof Boolean;
        return to.system() == SourceSystem.CHALK && plain ? written.toString() : written;
    }
}
