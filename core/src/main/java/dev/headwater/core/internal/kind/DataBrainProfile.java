package dev.headwater.core.internal.kind;

import dev.headwater.spi.Condition;
import dev.headwater.spi.Constraint;
import dev.headwater.spi.FieldAlias;
import dev.headwater.spi.FieldDefinition;
import dev.headwater.spi.KindDefinition;
import dev.headwater.spi.Requirement;
import dev.headwater.spi.Rule;
import dev.headwater.spi.SourceSystem;
import dev.headwater.spi.ValidationResult;
import dev.headwater.spi.ValueTransform;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * DataBrain: the whole {@code credentials} object each time, with {@code name}, all keys that the type requires, and JSON
 * values of the documented types. No key may be null. That it takes unknown keys is an assumption; its documents do not say.
 */
final class DataBrainProfile implements SystemProfile {

    private static final String NAME = "name";

    private final List<Key> keys = new ArrayList<>();
    private final List<CompiledRule> rules = new ArrayList<>();

    /** A key of the type. */
    private record Key(FieldDefinition field, FieldAlias alias) {

        boolean required() {
            return alias.requirement() == Requirement.REQUIRED;
        }
    }

    DataBrainProfile(KindDefinition kind) {
        Map<String, Integer> indexes = new HashMap<>();
        Map<String, String> names = new HashMap<>();
        Map<String, Object> defaults = new HashMap<>();
        for (FieldDefinition field : kind.fields()) {
            for (FieldAlias alias : field.aliases(SourceSystem.DATABRAIN)) {
                indexes.put(field.key(), keys.size());
                names.put(field.key(), alias.key());
                keys.add(new Key(field, alias));
                if (alias.requirement() == Requirement.OPTIONAL && field.defaultValue() != null) {
                    defaults.put(field.key(), field.defaultValue());
                }
            }
        }
        for (Rule rule : kind.rules()) {
            Rule own = ownPart(rule, indexes);
            if (own != null) {
                rules.add(CompiledRule.of(own, indexes, names, defaults));
            }
        }
    }

    /** The rule as far as it is about keys that DataBrain has and does not require anyway; null if nothing is left. */
    private @Nullable Rule ownPart(Rule rule, Map<String, Integer> indexes) {
        Condition when = rule.when();
        if (when != null
                && (!indexes.keySet().containsAll(when.fields())
                        || (when instanceof Condition.Absent absent
                                && keys.get(indexes.getOrDefault(absent.field(), 0))
                                        .required()))) {
            return null;
        }
        List<String> own = rule.fields().stream()
                .filter(field -> indexes.containsKey(field)
                        && !keys.get(indexes.getOrDefault(field, 0)).required())
                .toList();
        if (own.isEmpty()) {
            return null;
        }
        if (rule instanceof Rule.RequiredWhen required) {
            return new Rule.RequiredWhen(required.when(), own);
        } else if (rule instanceof Rule.OnlyWhen only) {
            return new Rule.OnlyWhen(only.when(), own);
        } else if (rule instanceof Rule.Choice choice && own.size() == 1) {
            // Of a choice of one, that one is left: DataBrain's tunnels log in with a key only.
            return choice.when() == null || choice.count() == Rule.Count.AT_MOST_ONE
                    ? null
                    : new Rule.RequiredWhen(choice.when(), own);
        } else if (rule instanceof Rule.Choice choice) {
            return new Rule.Choice(choice.when(), choice.count(), own);
        }
        return own.size() > 1 ? new Rule.AllOrNone(own) : null;
    }

    @Override
    public ValidationResult validate(Map<String, ? extends @Nullable Object> config) {
        Findings findings = new Findings();
        if (!config.containsKey(NAME)) {
            findings.add(NAME, Codes.REQUIRED, NAME + " is required");
        } else {
            text(NAME, config.get(NAME), 1, findings);
        }
        @Nullable Object[] slots = new Object[keys.size()];
        for (int i = 0; i < slots.length; i++) {
            Key key = keys.get(i);
            String name = key.alias().key();
            if (config.containsKey(name)) {
                slots[i] = read(key, name, config.get(name), findings);
            } else if (key.required()) {
                findings.add(name, Codes.REQUIRED, name + " is required");
            }
        }
        for (CompiledRule rule : rules) {
            rule.apply(slots, findings);
        }
        return findings.result();
    }

    private static Object read(Key key, String name, @Nullable Object value, Findings findings) {
        FieldDefinition field = key.field();
        if (key.alias().transform() instanceof ValueTransform.Words words) {
            Object meant = value instanceof String word ? Transforms.word(words, word) : null;
            if (meant == null) {
                notOneOf(name, List.copyOf(words.values().keySet()), value, findings);
                return CompiledField.PRESENT;
            }
            return meant;
        }
        switch (field.type()) {
            case INTEGER -> {
                return number(field, name, value, findings);
            }
            case BOOLEAN -> {
                if (value instanceof Boolean flag) {
                    return flag;
                }
                findings.add(name, Codes.NOT_A_BOOLEAN, name + " must be true or false, got " + Shown.type(value));
                return CompiledField.PRESENT;
            }
            case ENUM -> {
                List<String> words =
                        field.constraint(Constraint.OneOf.class).orElseThrow().values();
                if (value instanceof String word && words.contains(word)) {
                    return word;
                }
                notOneOf(name, words, value, findings);
                return CompiledField.PRESENT;
            }
            default -> {
                text(name, value, TextField.lengthOf(field).min(), findings);
                return CompiledField.PRESENT;
            }
        }
    }

    private static Object number(FieldDefinition field, String name, @Nullable Object value, Findings findings) {
        Long number = value instanceof Number ? IntegerField.number(value) : null;
        Constraint.Range range =
                field.constraint(Constraint.Range.class).orElse(new Constraint.Range(0, Long.MAX_VALUE));
        if (number == null) {
            findings.add(name, Codes.NOT_A_NUMBER, name + " must be a number, got " + Shown.type(value));
        } else if (number < range.min() || number > range.max()) {
            findings.add(
                    name,
                    Codes.OUT_OF_RANGE,
                    name + " must be from " + range.min() + " to " + range.max() + ", got " + number);
        } else {
            return number;
        }
        return CompiledField.PRESENT;
    }

    private static void text(String name, @Nullable Object value, int min, Findings findings) {
        if (!(value instanceof String text)) {
            findings.add(name, Codes.NOT_TEXT, name + " must be text, got " + Shown.type(value));
        } else if (text.length() < min) {
            findings.add(name, Codes.EMPTY, name + " must not be empty");
        }
    }

    private static void notOneOf(String name, List<String> words, @Nullable Object value, Findings findings) {
        findings.add(
                name,
                Codes.NOT_ONE_OF,
                name + " must be one of " + Phrases.list(words, "or") + ", got " + Shown.value(value));
    }
}
