package dev.headwater.core.internal.kind;

import dev.headwater.spi.KindDefinition;
import dev.headwater.spi.LinkedSecretRef;
import dev.headwater.spi.ResolvedConfig;
import dev.headwater.spi.ValueEncoding;
import dev.headwater.spi.ValueTransform;
import dev.headwater.spi.Violation;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one config, in one pass over its entries. What it finds stands in {@link #slots}: null for nothing, a canonical
 * value, a {@link ParsedValue.Link}, {@link #CLEARED}, or {@link CompiledField#PRESENT} for a value that was refused.
 */
final class ConfigReader extends Findings {

    /** An explicit null. Seen only by {@link CompiledKind#parse}. */
    static final Object CLEARED = new ParsedValue.Cleared();

    private static final int MOST_KEYS = 1_000;
    private static final int DEEPEST = 3;
    private static final int MOST_SUGGESTIONS = 20;
    private static final int LONGEST_PROPERTY = 1_024;

    final @Nullable Object[] slots;
    private final CompiledKind kind;
    private final boolean keepNulls;
    private @Nullable Map<String, ParsedValue> extras;
    private @Nullable Map<String, String> envelope;
    private int keys;
    private int suggestions;

    ConfigReader(CompiledKind kind, boolean keepNulls) {
        this.kind = kind;
        this.keepNulls = keepNulls;
        this.slots = new Object[kind.fields.length];
    }

    Map<String, ParsedValue> extras() {
        return extras == null ? Map.of() : extras;
    }

    Map<String, String> envelope() {
        return envelope == null ? Map.of() : envelope;
    }

    void read(Map<?, ?> config) {
        for (Map.Entry<?, ?> entry : config.entrySet()) {
            if (++keys > MOST_KEYS) {
                add("", Codes.TOO_MANY_KEYS, "a config has at most " + MOST_KEYS + " keys; the rest was not looked at");
                return;
            }
            Object value = entry.getValue();
            if (entry.getKey() instanceof String key) {
                AcceptedKey accepted = kind.keys.get(key);
                if (accepted instanceof AcceptedKey.OfField field) {
                    readField(field, key, value);
                } else {
                    readOther(accepted, key, value, 1);
                }
            } else {
                add("", Codes.NOT_TEXT, "keys must be text, got " + Shown.type(entry.getKey()));
            }
        }
    }

    private void readNested(String prefix, Map<?, ?> map, int depth) {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (++keys > MOST_KEYS) {
                add("", Codes.TOO_MANY_KEYS, "a config has at most " + MOST_KEYS + " keys; the rest was not looked at");
                return;
            }
            if (!(entry.getKey() instanceof String name)) {
                add(
                        prefix,
                        Codes.NOT_TEXT,
                        "keys in " + Shown.key(prefix) + " must be text, got " + Shown.type(entry.getKey()));
                continue;
            }
            String key = prefix + "." + name;
            AcceptedKey accepted = kind.keys.get(key);
            if (accepted instanceof AcceptedKey.OfField field) {
                readField(field, key, entry.getValue());
            } else {
                readOther(null, key, entry.getValue(), depth + 1);
            }
        }
    }

    private void readOther(@Nullable AcceptedKey accepted, String key, @Nullable Object value, int depth) {
        if (accepted instanceof AcceptedKey.Envelope expected) {
            readEnvelope(expected, key, value);
        } else if (accepted instanceof AcceptedKey.Foreign foreign) {
            if (value != null && !value.equals("") && !value.equals(foreign.idle())) {
                add(
                        key,
                        Codes.UNKNOWN_FIELD,
                        kind.definition.id() + " has no field for " + key + ", which Basedash uses for other dialects");
            }
        } else if (key.startsWith(ResolvedConfig.EXTRA_PREFIX)) {
            readExtra(key, value);
        } else if (key.equals(KindDefinition.extraPropertiesKey())) {
            readExtras(value);
        } else if (value instanceof Map<?, ?> map) {
            if (depth > DEEPEST) {
                add(key, Codes.TOO_DEEP, Shown.key(key) + " is nested too deeply");
            } else {
                readNested(key, map, depth);
            }
        } else {
            unknown(key);
        }
    }

    private void readField(AcceptedKey.OfField accepted, String key, @Nullable Object given) {
        int index = accepted.index();
        Object already = slots[index];
        if (given == null) {
            if (keepNulls && already == null) {
                slots[index] = CLEARED;
            }
            return;
        }
        CompiledField field = accepted.field();
        if (already != null && already != CLEARED) {
            add(key, Codes.GIVEN_TWICE, field.key() + " is given twice, the second time as " + key);
            return;
        }
        if (given instanceof LinkedSecretRef reference) {
            slots[index] = link(accepted, key, reference);
            return;
        }
        ValueTransform transform = accepted.transform();
        slots[index] = transform == null ? field.read(given, key, this) : transformed(field, transform, key, given);
    }

    private Object link(AcceptedKey.OfField accepted, String key, LinkedSecretRef reference) {
        if (!accepted.linkable()) {
            add(
                    key,
                    Codes.NOT_LINKABLE,
                    key + " cannot be linked, since its values are written in another way than those of "
                            + accepted.field().key() + "; link "
                            + accepted.field().key());
            return CompiledField.PRESENT;
        }
        boolean base64 = accepted.transform() instanceof ValueTransform.Base64Text;
        return new ParsedValue.Link(reference, base64 ? ValueEncoding.BASE64 : ValueEncoding.PLAIN);
    }

    private Object transformed(CompiledField field, ValueTransform transform, String key, Object given) {
        if (transform instanceof ValueTransform.Words words) {
            Object value = given instanceof String word ? Transforms.word(words, word) : null;
            if (value == null) {
                value = field.canonical(given);
            }
            return value != null
                    ? value
                    : field.refuse(
                            this,
                            key,
                            Codes.NOT_ONE_OF,
                            " must be one of "
                                    + String.join(", ", words.values().keySet()),
                            given);
        }
        String text = field.textOf(given, key, this);
        if (text == null) {
            return CompiledField.PRESENT;
        }
        if (transform instanceof ValueTransform.HostOnly hostOnly) {
            return field.read(Transforms.hostOnly(hostOnly, text), key, this);
        }
        return field.definition.secret() && !Secrets.check(text, false, key, this)
                ? CompiledField.PRESENT
                : decoded(field, key, text);
    }

    private Object decoded(CompiledField field, String key, String text) {
        String decoded = Transforms.decode(text);
        if (decoded == null) {
            add(key, Codes.NOT_BASE64, key + " must be the Base64 form of " + field.key() + " in UTF-8");
            return CompiledField.PRESENT;
        }
        return field.read(decoded, key, this);
    }

    private void readEnvelope(AcceptedKey.Envelope accepted, String key, @Nullable Object value) {
        if (value == null) {
            return;
        }
        if (!(value instanceof String text)) {
            add(key, Codes.NOT_TEXT, key + " must be text, got " + Shown.type(value));
        } else if (accepted.expected() == null) {
            if (envelope == null) {
                envelope = new LinkedHashMap<>();
            }
            envelope.put(key, text);
        } else if (!accepted.expected().equals(text)) {
            add(key, accepted.code(), key + " must be " + accepted.expected() + ", got " + Shown.value(text));
        }
    }

    private void readExtras(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            readNested(KindDefinition.extraPropertiesKey(), map, 1);
        } else if (value != null) {
            String key = KindDefinition.extraPropertiesKey();
            add(key, Codes.NOT_A_MAP, key + " must be a map of driver properties, got " + Shown.type(value));
        }
    }

    private void readExtra(String key, @Nullable Object value) {
        String property = key.substring(ResolvedConfig.EXTRA_PREFIX.length());
        if (!kind.definition.extraProperties().contains(property)) {
            unknownProperty(key, property);
            return;
        }
        ParsedValue parsed;
        if (value == null) {
            parsed = new ParsedValue.Cleared();
        } else if (value instanceof LinkedSecretRef reference) {
            parsed = new ParsedValue.Link(reference, ValueEncoding.PLAIN);
        } else if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            String text = value.toString();
            if (text.length() > LONGEST_PROPERTY || TextField.unfit(text)) {
                add(key, Codes.MALFORMED, key + " must be one line of at most " + LONGEST_PROPERTY + " characters");
                return;
            }
            parsed = new ParsedValue.Plain(text);
        } else {
            add(key, Codes.NOT_TEXT, key + " must be text, a number or a boolean, got " + Shown.type(value));
            return;
        }
        if (extras == null) {
            extras = new LinkedHashMap<>();
        }
        if (extras.putIfAbsent(key, parsed) != null) {
            add(key, Codes.GIVEN_TWICE, key + " is given twice");
        }
    }

    private void unknownProperty(String key, String property) {
        String nearest = suggestions++ < MOST_SUGGESTIONS ? kind.nearestProperty.to(property) : null;
        String message = kind.definition.extraProperties().isEmpty()
                ? kind.definition.id() + " takes no extra driver properties"
                : Shown.key(property) + " is not among the driver properties that " + kind.definition.id() + " allows: "
                        + String.join(", ", kind.definition.extraProperties());
        add(new Violation(
                key, Codes.UNKNOWN_PROPERTY, message, nearest == null ? null : ResolvedConfig.EXTRA_PREFIX + nearest));
    }

    private void unknown(String key) {
        String nearest = suggestions++ < MOST_SUGGESTIONS ? kind.nearestKey.to(key) : null;
        add(new Violation(
                key,
                Codes.UNKNOWN_FIELD,
                kind.definition.id() + " has no field " + Shown.key(key)
                        + (nearest == null ? "" : "; did you mean " + nearest + "?"),
                nearest));
    }
}
