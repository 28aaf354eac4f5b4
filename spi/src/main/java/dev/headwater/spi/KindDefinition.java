package dev.headwater.spi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A kind of data source: its fields, and what holds between them. One definition drives validation, aliases, the sealing
 * of secrets, forms, JSON Schema and the written reference. Hosts make their own with {@link #builder}.
 *
 * @param id what the kind is called, such as {@code postgresql}: lower case, digits and underscores
 * @param label its name for people
 * @param description what it is, in a sentence or two; may be empty
 * @param systemNames what the three systems call it; a system that does not have it is missing
 * @param fields its fields, in the order of forms and stored configs
 * @param rules what holds between the fields
 * @param extraProperties the driver properties that may be given under {@code extraProperties}; all others are refused
 */
public record KindDefinition(
        String id,
        String label,
        String description,
        Map<SourceSystem, String> systemNames,
        List<FieldDefinition> fields,
        List<Rule> rules,
        Set<String> extraProperties) {

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9_]*");
    private static final String EXTRA =
            ResolvedConfig.EXTRA_PREFIX.substring(0, ResolvedConfig.EXTRA_PREFIX.length() - 1);

    /** @throws IllegalArgumentException if the parts contradict each other; the message says which */
    public KindDefinition {
        if (id.length() > DataSourceSpec.MAX_KIND_LENGTH || !ID.matcher(id).matches()) {
            throw new IllegalArgumentException("kind id must be lower case, digits and underscores, at most "
                    + DataSourceSpec.MAX_KIND_LENGTH + " characters, got: " + id);
        }
        Checks.text("label of kind " + id, label, DataSourceSpec.MAX_DISPLAY_NAME_LENGTH);
        systemNames = systemNames.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(systemNames));
        fields = List.copyOf(fields);
        rules = List.copyOf(rules);
        extraProperties = Collections.unmodifiableSet(new LinkedHashSet<>(extraProperties));
        for (String property : extraProperties) {
            Checks.identifier("extra property of kind " + id, property, FieldDefinition.MAX_KEY_LENGTH);
        }
        KindChecks.keys(id, systemNames.keySet(), fields);
        KindChecks.rules(id, fields, rules);
    }

    /** {@return the key under which extra driver properties are given} */
    public static String extraPropertiesKey() {
        return EXTRA;
    }

    /** {@return the field with that canonical key, if the kind has it} */
    public Optional<FieldDefinition> field(String key) {
        return fields.stream().filter(field -> field.key().equals(key)).findFirst();
    }

    /** {@return the headings of the fields' groups, in the order of the fields} */
    public List<String> groups() {
        return fields.stream().map(FieldDefinition::group).distinct().toList();
    }

    /** {@return whether a rule can require the field} */
    public boolean conditional(String key) {
        return rules.stream()
                .anyMatch(rule -> rule.fields().contains(key)
                        && !(rule instanceof Rule.OnlyWhen)
                        && !(rule instanceof Rule.Choice choice && choice.count() == Rule.Count.AT_MOST_ONE));
    }

    /** {@return the default values by canonical key, in the order of the fields} */
    public Map<String, Object> defaults() {
        Map<String, Object> defaults = new LinkedHashMap<>();
        for (FieldDefinition field : fields) {
            if (field.defaultValue() != null) {
                defaults.put(field.key(), field.defaultValue());
            }
        }
        return Collections.unmodifiableMap(defaults);
    }

    /** Begins a kind. */
    public static Builder builder(String id, String label) {
        return new Builder(id, label);
    }

    /** Collects the parts of a kind. Not safe for use by many threads. */
    public static final class Builder {

        private final String id;
        private final String label;
        private final Map<SourceSystem, String> systemNames = new EnumMap<>(SourceSystem.class);
        private final List<FieldDefinition> fields = new ArrayList<>();
        private final List<Rule> rules = new ArrayList<>();
        private final Set<String> extraProperties = new LinkedHashSet<>();
        private String description = "";

        private Builder(String id, String label) {
            this.id = id;
            this.label = label;
        }

        /** What it is. */
        public Builder description(String text) {
            description = text;
            return this;
        }

        /** What one of the three systems calls it. */
        public Builder name(SourceSystem system, String name) {
            systemNames.put(system, name);
            return this;
        }

        /** Adds fields, in this order. */
        public Builder fields(FieldDefinition.Builder... more) {
            return fields(Arrays.asList(more));
        }

        /** Adds fields, in this order. */
        public Builder fields(List<FieldDefinition.Builder> more) {
            more.forEach(field -> fields.add(field.build()));
            return this;
        }

        /** Adds rules. */
        public Builder rules(Rule... more) {
            return rules(Arrays.asList(more));
        }

        /** Adds rules. */
        public Builder rules(List<Rule> more) {
            rules.addAll(more);
            return this;
        }

        /** Allows driver properties by name. Take only those that cannot load code, read files or open connections. */
        public Builder extraProperties(String... names) {
            extraProperties.addAll(Arrays.asList(names));
            return this;
        }

        /** @throws IllegalArgumentException if the parts contradict each other; the message says which */
        public KindDefinition build() {
            return new KindDefinition(id, label, description, systemNames, fields, rules, extraProperties);
        }
    }
}
