package dev.headwater.spi;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The invariants of {@link KindDefinition}. */
final class KindChecks {

    private KindChecks() {}

    /** What a key means: the field and how values under it are read. */
    private record Meaning(String field, ValueTransform transform) {}

    /** Every key that is accepted means one field, read in one way. */
    static void keys(String kind, Set<SourceSystem> systems, List<FieldDefinition> fields) {
        Map<String, FieldDefinition> byKey = new HashMap<>();
        for (FieldDefinition field : fields) {
            if (byKey.put(field.key(), field) != null) {
                throw new IllegalArgumentException("kind " + kind + " has two fields " + field.key());
            }
        }
        for (String key : byKey.keySet()) {
            for (int dot = key.indexOf('.'); dot > 0; dot = key.indexOf('.', dot + 1)) {
                if (byKey.containsKey(key.substring(0, dot))) {
                    throw new IllegalArgumentException(
                            "kind " + kind + ": field " + key.substring(0, dot) + " is in the way of field " + key);
                }
            }
        }
        Map<String, Meaning> meanings = new HashMap<>();
        for (FieldDefinition field : fields) {
            claim(kind, meanings, field.key(), new Meaning(field.key(), field.transform()));
        }
        for (FieldDefinition field : fields) {
            for (FieldAlias alias : field.aliases()) {
                if (!systems.contains(alias.system())) {
                    throw new IllegalArgumentException("kind " + kind + ": field " + field.key() + " has the alias "
                            + alias.key() + " of " + alias.system() + ", for which the kind has no name");
                }
                claim(kind, meanings, alias.key(), new Meaning(field.key(), alias.transform()));
            }
        }
        for (SourceSystem system : systems) {
            for (String key : system.envelopeKeys()) {
                if (meanings.containsKey(key)) {
                    throw new IllegalArgumentException(
                            "kind " + kind + ": the key " + key + " cannot be a field's, since configs of "
                                    + system.label() + " hold it beside the fields");
                }
            }
        }
    }

    private static void claim(String kind, Map<String, Meaning> meanings, String key, Meaning meaning) {
        if (key.equals(KindDefinition.extraPropertiesKey()) || key.startsWith(ResolvedConfig.EXTRA_PREFIX)) {
            throw new IllegalArgumentException("kind " + kind + ": the key " + key + " is that of extra properties");
        }
        Meaning other = meanings.putIfAbsent(key, meaning);
        if (other != null && !other.equals(meaning)) {
            throw new IllegalArgumentException("kind " + kind + ": the key " + key
                    + (other.field().equals(meaning.field())
                            ? " of field " + meaning.field() + " is read in two ways"
                            : " means both field " + other.field() + " and field " + meaning.field()));
        }
    }

    /** Rules name fields that are there, and compare them with values that they can have. */
    static void rules(String kind, List<FieldDefinition> fields, List<Rule> rules) {
        Map<String, FieldDefinition> byKey = new HashMap<>();
        fields.forEach(field -> byKey.put(field.key(), field));
        for (Rule rule : rules) {
            for (String key : rule.fields()) {
                known(kind, byKey, key);
            }
            condition(kind, byKey, rule.when());
        }
    }

    private static void condition(String kind, Map<String, FieldDefinition> byKey, @Nullable Condition condition) {
        if (condition == null) {
            return;
        }
        condition.fields().forEach(key -> known(kind, byKey, key));
        if (condition instanceof Condition.All all) {
            all.parts().forEach(part -> condition(kind, byKey, part));
        } else if (condition instanceof Condition.HasValue hasValue) {
            FieldDefinition field = known(kind, byKey, hasValue.field());
            if (field.secret()) {
                throw new IllegalArgumentException(
                        "kind " + kind + ": a rule cannot compare the secret field " + field.key());
            }
            for (Object value : hasValue.values()) {
                if (!field.canBe(value)) {
                    throw new IllegalArgumentException("kind " + kind + ": a rule compares field " + field.key()
                            + " with " + value + ", which it can never be");
                }
            }
        }
    }

    private static FieldDefinition known(String kind, Map<String, FieldDefinition> byKey, String key) {
        FieldDefinition field = byKey.get(key);
        if (field == null) {
            throw new IllegalArgumentException(
                    "kind " + kind + ": a rule names the field " + key + ", which is not there");
        }
        return field;
    }
}
