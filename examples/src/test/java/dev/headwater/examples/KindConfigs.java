package dev.headwater.examples;

import dev.headwater.spi.Condition;
import dev.headwater.spi.Constraint;
import dev.headwater.spi.FieldDefinition;
import dev.headwater.spi.FieldType;
import dev.headwater.spi.KindDefinition;
import dev.headwater.spi.Rule;
import dev.headwater.spi.SecretValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Makes small configs that are valid, for any kind, from nothing but its definition. */
final class KindConfigs {

    /** Bounds the mending: no kind has that many rules. */
    private static final int ROUNDS = 50;

    private static final List<String> EXAMPLES = List.of(
            "127.0.0.1",
            "example",
            "us-east-1",
            "arn:aws:iam::123456789012:role/reader",
            "127.0.0.1:1",
            "arn:aws:kinesis:us-east-1:123456789012:stream/example",
            "s3://example/results/",
            "http://127.0.0.1:1");

    private final KindDefinition kind;
    private final String wanted;
    private final Map<String, Object> config = new LinkedHashMap<>();
    private final UnaryOperator<String> secrets;

    private KindConfigs(KindDefinition kind, String wanted, UnaryOperator<String> secrets) {
        this.kind = kind;
        this.wanted = wanted;
        this.secrets = secrets;
    }

    /**
     * A config in which a field has a value, and all fields that have to go with it.
     *
     * @param secrets makes the text of a secret, or of a value in a JSON secret, from the key of its field
     */
    static Map<String, Object> with(KindDefinition kind, String field, UnaryOperator<String> secrets) {
        KindConfigs configs = new KindConfigs(kind, field, secrets);
        kind.fields().stream().filter(FieldDefinition::required).forEach(required -> configs.put(required.key()));
        configs.put(field);
        for (int round = 0; round < ROUNDS && configs.mended(); round++) {
            // Mending one rule may break another.
        }
        return configs.config;
    }

    /** The text of a secret field: in a JSON object, if it has to be one. */
    static String secretText(FieldDefinition field, String text) {
        if (field.type() != FieldType.JSON) {
            return text;
        }
        String member = field.constraint(Constraint.JsonMembers.class)
                .map(members -> members.allowed().iterator().next())
                .orElse("private_key");
        return "{\"" + member + "\": \"" + text + "\"}";
    }

    private boolean mended() {
        return kind.rules().stream().anyMatch(this::mend);
    }

    /** Mends what breaks the rule; false if nothing does. */
    private boolean mend(Rule rule) {
        if (rule instanceof Rule.OnlyWhen only) {
            return !holds(only.when()) && only.fields().stream().anyMatch(config::containsKey) && make(only);
        }
        if (rule.when() != null && !holds(rule.when())) {
            return false;
        }
        long present = rule.fields().stream().filter(config::containsKey).count();
        if (rule instanceof Rule.RequiredWhen) {
            return addMissing(rule.fields());
        } else if (rule instanceof Rule.AllOrNone) {
            return present > 0 && addMissing(rule.fields());
        }
        Rule.Choice choice = (Rule.Choice) rule;
        if (present == 0 && choice.count() != Rule.Count.AT_MOST_ONE) {
            put(favourite(rule));
            return true;
        }
        if (present > 1 && choice.count() != Rule.Count.AT_LEAST_ONE) {
            String kept = favourite(rule);
            return config.keySet().removeIf(key -> rule.fields().contains(key) && !key.equals(kept));
        }
        return false;
    }

    /** Of the fields of a rule, the wanted one, or one that it needs, or the first. */
    private String favourite(Rule rule) {
        List<String> fields = rule.fields();
        return fields.stream()
                .filter(wanted::equals)
                .findFirst()
                .or(() -> fields.stream().filter(this::neededByWanted).findFirst())
                .orElse(fields.get(0));
    }

    private boolean addMissing(List<String> fields) {
        boolean any = false;
        for (String field : fields) {
            if (!config.containsKey(field) && field(field).defaultValue() == null) {
                put(field);
                any = true;
            }
        }
        return any;
    }

    /** Makes the condition hold if the wanted field hangs on it, or gives up the fields that do. */
    private boolean make(Rule.OnlyWhen only) {
        if (!only.fields().contains(wanted)) {
            boolean needed = only.fields().stream().anyMatch(this::neededByWanted);
            if (!needed) {
                return config.keySet().removeAll(only.fields());
            }
        }
        make(only.when());
        return true;
    }

    private boolean neededByWanted(String field) {
        return kind.rules().stream()
                .anyMatch(rule -> !(rule instanceof Rule.Choice)
                        && rule.fields().contains(field)
                        && (rule.fields().contains(wanted)
                                || (rule.when() != null && rule.when().fields().contains(wanted))));
    }

    private void make(Condition condition) {
        if (condition instanceof Condition.All all) {
            all.parts().forEach(this::make);
        } else if (condition instanceof Condition.HasValue is) {
            config.put(is.field(), is.values().get(0));
        } else if (condition instanceof Condition.Present present) {
            put(present.field());
        } else if (condition instanceof Condition.Absent absent) {
            config.remove(absent.field());
        }
    }

    private boolean holds(Condition condition) {
        if (condition instanceof Condition.All all) {
            return all.parts().stream().allMatch(this::holds);
        } else if (condition instanceof Condition.HasValue is) {
            Object value = config.getOrDefault(is.field(), field(is.field()).defaultValue());
            return value != null && is.values().contains(value);
        } else if (condition instanceof Condition.Present present) {
            return config.containsKey(present.field());
        }
        return !config.containsKey(((Condition.Absent) condition).field());
    }

    private FieldDefinition field(String key) {
        return kind.field(key).orElseThrow();
    }

    private void put(String key) {
        config.put(key, value(field(key)));
    }

    private Object value(FieldDefinition field) {
        if (field.secret()) {
            return SecretValue.of(secretText(field, secrets.apply(field.key())));
        }
        return switch (field.type()) {
            case BOOLEAN -> true;
            case INTEGER ->
                field.constraint(Constraint.Range.class)
                        .map(Constraint.Range::min)
                        .orElse(1L);
            case ENUM ->
                field.constraint(Constraint.OneOf.class).orElseThrow().values().get(0);
            case JSON -> "{}";
            case DURATION -> "1h";
            case TEXT, TEXT_BLOCK ->
                EXAMPLES.stream().filter(text -> fits(field, text)).findFirst().orElseThrow();
        };
    }

    private static boolean fits(FieldDefinition field, String text) {
        boolean form = field.constraint(Constraint.Format.class)
                .map(format -> format.format().matches(text))
                .orElse(true);
        boolean pattern = field.constraint(Constraint.Pattern.class)
                .map(regex -> java.util.regex.Pattern.compile(regex.regex())
                        .matcher(text)
                        .find())
                .orElse(true);
        return form && pattern;
    }
}
