package dev.headwater.core.internal.kind;

import com.google.gson.GsonBuilder;
import dev.headwater.spi.Condition;
import dev.headwater.spi.Constraint;
import dev.headwater.spi.FieldDefinition;
import dev.headwater.spi.FieldType;
import dev.headwater.spi.KindDefinition;
import dev.headwater.spi.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a kind as JSON Schema, draft 2020-12: canonical keys, canonical values, and all rules. */
public final class KindSchema {

    private static final String ONE_LINE = "^[^\\u0000-\\u001f\\u007f-\\u009f]*$";
    private static final Map<String, Object> NOTHING = Map.of("not", Map.of());

    private KindSchema() {}

    /** {@return the schema as text that ends in a line feed} */
    public static String of(KindDefinition kind) {
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(schema(kind)) + "\n";
    }

    private static Map<String, Object> schema(KindDefinition kind) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", kind.label());
        if (!kind.description().isEmpty()) {
            schema.put("description", kind.description());
        }
        schema.put("type", "object");
        Map<String, Object> properties = new LinkedHashMap<>();
        kind.fields().forEach(field -> properties.put(field.key(), property(field)));
        if (!kind.extraProperties().isEmpty()) {
            properties.put(KindDefinition.extraPropertiesKey(), extraProperties(kind));
        }
        schema.put("properties", properties);
        List<String> required = kind.fields().stream()
                .filter(FieldDefinition::required)
                .map(FieldDefinition::key)
                .toList();
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
        List<Object> rules = new ArrayList<>();
        kind.rules().forEach(rule -> rules.addAll(rule(kind, rule)));
        if (!rules.isEmpty()) {
            schema.put("allOf", rules);
        }
        return schema;
    }

    private static Map<String, Object> property(FieldDefinition field) {
        Map<String, Object> property = new LinkedHashMap<>();
        property.put("title", field.label());
        if (!field.description().isEmpty()) {
            property.put("description", field.description());
        }
        property.put(
                "type",
                switch (field.type()) {
                    case INTEGER -> "integer";
                    case BOOLEAN -> "boolean";
                    default -> "string";
                });
        if (field.defaultValue() != null) {
            property.put("default", field.defaultValue());
        }
        if (field.secret()) {
            property.put("writeOnly", true);
        }
        if (field.type() == FieldType.JSON) {
            property.put("contentMediaType", "application/json");
        } else if (field.type() == FieldType.DURATION) {
            property.put("pattern", Durations.REGEX);
            property.put("maxLength", Durations.MAX_LENGTH);
        }
        if (field.type() == FieldType.TEXT || field.type() == FieldType.TEXT_BLOCK || field.type() == FieldType.JSON) {
            Constraint.Length length = TextField.lengthOf(field);
            if (length.min() > 0) {
                property.put("minLength", length.min());
            }
            property.put("maxLength", length.max());
        }
        List<String> patterns = new ArrayList<>();
        field.constraints().forEach(constraint -> constrain(property, patterns, constraint));
        if (field.type() == FieldType.TEXT && !field.secret()) {
            patterns.add(ONE_LINE);
        }
        if (patterns.size() == 1) {
            property.put("pattern", patterns.get(0));
        } else if (!patterns.isEmpty()) {
            property.put(
                    "allOf",
                    patterns.stream().map(pattern -> Map.of("pattern", pattern)).toList());
        }
        return property;
    }

    private static void constrain(Map<String, Object> property, List<String> patterns, Constraint constraint) {
        if (constraint instanceof Constraint.Range range) {
            property.put("minimum", range.min());
            property.put("maximum", range.max());
        } else if (constraint instanceof Constraint.OneOf oneOf) {
            property.put("enum", oneOf.values());
        } else if (constraint instanceof Constraint.Format format) {
            patterns.add(format.format().regex());
        } else if (constraint instanceof Constraint.Pattern pattern) {
            patterns.add(pattern.regex());
        }
    }

    private static Map<String, Object> extraProperties(KindDefinition kind) {
        Map<String, Object> properties = new LinkedHashMap<>();
        kind.extraProperties().stream()
                .sorted()
                .forEach(name -> properties.put(name, Map.of("type", List.of("string", "number", "boolean"))));
        Map<String, Object> extra = new LinkedHashMap<>();
        extra.put("title", "Driver properties");
        extra.put("type", "object");
        extra.put("properties", properties);
        extra.put("additionalProperties", false);
        return extra;
    }

    /** The rule as schemas that all hold. */
    private static List<Object> rule(KindDefinition kind, Rule rule) {
        if (rule instanceof Rule.AllOrNone allOrNone) {
            Map<String, Object> dependent = new LinkedHashMap<>();
            allOrNone
                    .fields()
                    .forEach(field -> dependent.put(
                            field,
                            allOrNone.fields().stream()
                                    .filter(other -> !other.equals(field))
                                    .toList()));
            return List.of(Map.of("dependentRequired", dependent));
        } else if (rule instanceof Rule.RequiredWhen required) {
            List<String> fields = required.fields().stream()
                    .filter(field -> !kind.defaults().containsKey(field))
                    .toList();
            return fields.isEmpty()
                    ? List.of()
                    : List.of(ifThen(condition(kind, required.when()), Map.of("required", fields)));
        } else if (rule instanceof Rule.OnlyWhen only) {
            Map<String, Object> idle = new LinkedHashMap<>();
            only.fields().forEach(field -> idle.put(field, idle(kind, field)));
            Map<String, Object> schema = new LinkedHashMap<>();
            schema.put("if", condition(kind, only.when()));
            schema.put("else", Map.of("properties", idle));
            return List.of(schema);
        }
        Rule.Choice choice = (Rule.Choice) rule;
        Map<String, Object> counted = count(choice);
        return List.of(choice.when() == null ? counted : ifThen(condition(kind, choice.when()), counted));
    }

    private static Object idle(KindDefinition kind, String field) {
        Object value = kind.defaults().get(field);
        return value == null ? NOTHING : Map.of("const", value);
    }

    private static Map<String, Object> count(Rule.Choice choice) {
        List<Map<String, Object>> each = choice.fields().stream()
                .map(field -> Map.<String, Object>of("required", List.of(field)))
                .toList();
        return switch (choice.count()) {
            case EXACTLY_ONE -> Map.of("oneOf", each);
            case AT_LEAST_ONE -> Map.of("anyOf", each);
            case AT_MOST_ONE -> {
                List<Object> pairs = new ArrayList<>();
                for (int i = 0; i < choice.fields().size(); i++) {
                    for (int j = i + 1; j < choice.fields().size(); j++) {
                        pairs.add(Map.of(
                                "required",
                                List.of(choice.fields().get(i), choice.fields().get(j))));
                    }
                }
                yield Map.of("not", Map.of("anyOf", pairs));
            }
        };
    }

    private static Map<String, Object> ifThen(Map<String, Object> condition, Map<String, Object> then) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("if", condition);
        schema.put("then", then);
        return schema;
    }

    private static Map<String, Object> condition(KindDefinition kind, Condition condition) {
        if (condition instanceof Condition.All all) {
            return Map.of(
                    "allOf",
                    all.parts().stream().map(part -> condition(kind, part)).toList());
        } else if (condition instanceof Condition.HasValue hasValue) {
            Map<String, Object> schema = new LinkedHashMap<>();
            schema.put("properties", Map.of(hasValue.field(), Map.of("enum", hasValue.values())));
            @Nullable Object otherwise = kind.defaults().get(hasValue.field());
            if (otherwise == null || !hasValue.values().contains(otherwise)) {
                schema.put("required", List.of(hasValue.field()));
            }
            return schema;
        }
        Map<String, Object> there = Map.of("required", condition.fields());
        return condition instanceof Condition.Present ? there : Map.of("not", there);
    }
}
