package dev.headwater.core.internal.kind;

import dev.headwater.spi.FieldAlias;
import dev.headwater.spi.KindDefinition;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.SourceSystem;
import dev.headwater.spi.ValidationResult;
import dev.headwater.spi.ValueTransform;
import dev.headwater.spi.Violation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A kind made ready to read and check configs. Immutable, and safe for use by many threads. */
public final class CompiledKind {

    /** Stands in a view for a value that is there and not known: a sealed secret or a link. */
    public static final Object PRESENT = CompiledField.PRESENT;

    final KindDefinition definition;
    final CompiledField[] fields;
    final Map<String, AcceptedKey> keys;
    final Nearest nearestKey;
    final Nearest nearestProperty;
    private final Map<String, Integer> indexes = new HashMap<>();
    private final int[] required;
    private final CompiledRule[] rules;
    private final Map<String, Object> defaults;

    /** Compiles a definition. */
    public CompiledKind(KindDefinition definition) {
        this.definition = definition;
        this.defaults = definition.defaults();
        this.fields = definition.fields().stream().map(CompiledField::of).toArray(CompiledField[]::new);
        List<Integer> always = new ArrayList<>();
        for (int i = 0; i < fields.length; i++) {
            indexes.put(fields[i].key(), i);
            if (fields[i].definition.required()) {
                always.add(i);
            }
        }
        this.required = always.stream().mapToInt(Integer::intValue).toArray();
        this.rules = definition.rules().stream()
                .map(rule -> CompiledRule.of(rule, indexes, Map.of(), defaults))
                .toArray(CompiledRule[]::new);
        Map<String, AcceptedKey> accepted = acceptedKeys(definition, fields);
        this.nearestKey = new Nearest(accepted.keySet());
        this.nearestProperty = new Nearest(definition.extraProperties());
        addForeignKeys(definition, accepted);
        this.keys = new HashMap<>(accepted);
    }

    private static Map<String, AcceptedKey> acceptedKeys(KindDefinition definition, CompiledField[] fields) {
        Map<String, AcceptedKey> keys = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i++) {
            ValueTransform transform = fields[i].definition.transform();
            keys.put(fields[i].key(), new AcceptedKey.OfField(i, fields[i], orNull(transform), true));
        }
        for (int i = 0; i < fields.length; i++) {
            for (FieldAlias alias : fields[i].definition.aliases()) {
                ValueTransform transform = alias.transform();
                keys.putIfAbsent(
                        alias.key(), new AcceptedKey.OfField(i, fields[i], orNull(transform), transform.linkable()));
            }
        }
        for (Map.Entry<SourceSystem, String> name : definition.systemNames().entrySet()) {
            for (String key : name.getKey().envelopeKeys()) {
                keys.put(key, envelope(key, name.getValue()));
            }
        }
        return keys;
    }

    private static AcceptedKey.Envelope envelope(String key, String nameOfKind) {
        return switch (key) {
            case "dialect" -> new AcceptedKey.Envelope(nameOfKind, Codes.WRONG_KIND);
            case "type" -> new AcceptedKey.Envelope("direct", Codes.NOT_ONE_OF);
            default -> new AcceptedKey.Envelope(null, "");
        };
    }

    private static void addForeignKeys(KindDefinition definition, Map<String, AcceptedKey> keys) {
        if (definition.systemNames().containsKey(SourceSystem.BASEDASH)) {
            for (String key : BasedashKeys.TYPES.keySet()) {
                keys.putIfAbsent(key, new AcceptedKey.Foreign(BasedashKeys.FLAG_DEFAULTS.get(key)));
            }
        }
    }

    private static @Nullable ValueTransform orNull(ValueTransform transform) {
        return transform instanceof ValueTransform.None ? null : transform;
    }

    /** {@return what was compiled} */
    public KindDefinition definition() {
        return definition;
    }

    /** {@return the default values by canonical key, in the order of the definition} */
    public Map<String, Object> defaults() {
        return defaults;
    }

    /** {@return what is wrong with a config as a whole; null values count as not given} */
    public ValidationResult validate(Map<String, ? extends @Nullable Object> config) {
        ConfigReader reader = new ConfigReader(this, false);
        reader.read(config);
        complete(reader.slots, reader);
        return reader.result();
    }

    /**
     * Reads a config, or a part of one: values are {@link String}, {@link Number}, {@link Boolean}, {@link SecretValue},
     * {@link dev.headwater.spi.LinkedSecretRef}, null, or a map of these whose keys continue that of the map.
     */
    public ParsedConfig parse(Map<String, ? extends @Nullable Object> config) {
        ConfigReader reader = new ConfigReader(this, true);
        reader.read(config);
        Map<String, ParsedValue> values = new LinkedHashMap<>();
        Set<String> refused = new HashSet<>();
        for (int i = 0; i < fields.length; i++) {
            Object slot = reader.slots[i];
            if (slot instanceof ParsedValue parsed) {
                values.put(fields[i].key(), parsed);
            } else if (slot == PRESENT) {
                refused.add(fields[i].key());
            } else if (slot != null) {
                values.put(
                        fields[i].key(),
                        fields[i].definition.secret()
                                ? new ParsedValue.Secret(SecretValue.of((String) slot))
                                : new ParsedValue.Plain(slot));
            }
        }
        values.putAll(reader.extras());
        return new ParsedConfig(values, refused, reader.envelope(), reader.result());
    }

    /**
     * Checks that a config is complete and its fields go together.
     *
     * @param view the canonical values by canonical key, {@link #PRESENT} for secrets and links; extra properties may be
     *     among them and are not looked at
     * @return the violations, in the order of the definition
     */
    public List<Violation> check(Map<String, ?> view) {
        @Nullable Object[] slots = new Object[fields.length];
        view.forEach((key, value) -> {
            Integer index = indexes.get(key);
            if (index != null) {
                slots[index] = value;
            }
        });
        Findings findings = new Findings();
        complete(slots, findings);
        return Collections.unmodifiableList(findings.violations());
    }

    private void complete(@Nullable Object[] slots, Findings findings) {
        for (int index : required) {
            if (slots[index] == null) {
                findings.add(fields[index].missing);
            }
        }
        for (CompiledRule rule : rules) {
            rule.apply(slots, findings);
        }
    }
}
