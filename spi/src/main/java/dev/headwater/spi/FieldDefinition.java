package dev.headwater.spi;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One field of a kind. Made by a builder: {@code FieldDefinition.text("host").required().format(TextFormat.HOST).build()}.
 *
 * @param key the canonical key, such as {@code host} or {@code ssl.enabled}: words in lower case, parted by dots
 * @param type what its values are
 * @param label its name for people
 * @param description what it is for, in a sentence; empty if the label says it all
 * @param group the heading of a form under which it stands
 * @param required whether every config has it. What is required only at times is said by the kind's rules.
 * @param secret whether a literal value is sealed before it is stored and never shown again
 * @param defaultValue the value where none is given ({@link String}, {@link Long} or {@link Boolean}), or null
 * @param transform how every value that is given becomes the field's, unless an alias has a transform of its own
 * @param constraints what values must be beyond their type, at most one of each sort
 * @param aliases the keys by which the three systems call it
 */
public record FieldDefinition(
        String key,
        FieldType type,
        String label,
        String description,
        String group,
        boolean required,
        boolean secret,
        @Nullable Object defaultValue,
        ValueTransform transform,
        List<Constraint> constraints,
        List<FieldAlias> aliases) {

    /** The most characters of a key. */
    public static final int MAX_KEY_LENGTH = SealedSecret.MAX_FIELD_LENGTH;

    /** The most characters of a text that is no secret. Secrets may have {@value SecretValue#MAX_LENGTH}. */
    public static final int MAX_TEXT_LENGTH = 65_536;

    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*");
    private static final Set<FieldType> CAN_BE_SECRET = Set.of(FieldType.TEXT, FieldType.TEXT_BLOCK, FieldType.JSON);

    /** @throws IllegalArgumentException if the parts contradict each other; the message says which */
    public FieldDefinition {
        if (key.length() > MAX_KEY_LENGTH || !KEY.matcher(key).matches()) {
            throw new IllegalArgumentException(
                    "field key must be words in lower case parted by dots, such as ssl.enabled, got: " + key);
        }
        constraints = List.copyOf(constraints);
        aliases = List.copyOf(aliases);
        Checks.text("label of field " + key, label, MAX_KEY_LENGTH);
        Checks.text("group of field " + key, group, MAX_KEY_LENGTH);
        checkConstraints(key, type, constraints);
        if (secret && !CAN_BE_SECRET.contains(type)) {
            throw new IllegalArgumentException("field " + key + " is secret, so it must be text or JSON, not " + type);
        }
        if (defaultValue != null && (required || secret)) {
            throw new IllegalArgumentException(
                    "field " + key + " is " + (required ? "required" : "secret") + ", so it cannot have a default");
        }
        checkValue("default", key, type, constraints, defaultValue);
        checkWords(key, type, constraints, transform);
        for (FieldAlias alias : aliases) {
            checkWords(key, type, constraints, alias.transform());
        }
    }

    private static void checkConstraints(String key, FieldType type, List<Constraint> constraints) {
        Set<Class<?>> seen = new HashSet<>();
        for (Constraint constraint : constraints) {
            if (!constraint.appliesTo(type)) {
                throw new IllegalArgumentException(
                        "field " + key + " of type " + type + " cannot have the constraint " + constraint);
            }
            if (!seen.add(constraint.getClass())) {
                throw new IllegalArgumentException("field " + key + " has two constraints like " + constraint);
            }
        }
        if (type == FieldType.ENUM && !seen.contains(Constraint.OneOf.class)) {
            throw new IllegalArgumentException("field " + key + " is an enum, so it needs words to choose from");
        }
    }

    private static void checkWords(String key, FieldType type, List<Constraint> constraints, ValueTransform transform) {
        if (transform instanceof ValueTransform.Words words) {
            words.values().forEach((word, value) -> {
                checkValue("value of the word " + word, key, type, constraints, value);
                if (words.ignoreCase() && !word.equals(word.toLowerCase(Locale.ROOT))) {
                    throw new IllegalArgumentException(
                            "field " + key + ": the word " + word + " must be in lower case, since case is ignored");
                }
            });
        }
    }

    private static void checkValue(
            String what, String key, FieldType type, List<Constraint> constraints, @Nullable Object value) {
        if (value == null) {
            return;
        }
        boolean fits = switch (type) {
            case INTEGER ->
                value instanceof Long number
                        && constraints.stream()
                                .allMatch(c -> !(c instanceof Constraint.Range range)
                                        || (number >= range.min() && number <= range.max()));
            case BOOLEAN -> value instanceof Boolean;
            case ENUM ->
                constraints.stream()
                        .anyMatch(c -> c instanceof Constraint.OneOf oneOf
                                && oneOf.values().contains(value));
            case TEXT, TEXT_BLOCK, JSON, DURATION -> value instanceof String;
        };
        if (!fits) {
            throw new IllegalArgumentException("field " + key + ": " + what + " is no " + type + " of this field");
        }
    }

    /** {@return whether a condition may compare the field with the value} */
    boolean canBe(Object value) {
        try {
            checkValue("value", key, type, constraints, value);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** {@return the constraint of that sort, if the field has one} */
    public <C extends Constraint> Optional<C> constraint(Class<C> sort) {
        return constraints.stream().filter(sort::isInstance).map(sort::cast).findFirst();
    }

    /** {@return the keys by which a system calls the field, the preferred one first} */
    public List<FieldAlias> aliases(SourceSystem system) {
        return aliases.stream().filter(alias -> alias.system() == system).toList();
    }

    /** Begins a field of one line of text. */
    public static Builder text(String key) {
        return new Builder(key, FieldType.TEXT);
    }

    /** Begins a field of several lines of text. */
    public static Builder textBlock(String key) {
        return new Builder(key, FieldType.TEXT_BLOCK);
    }

    /** Begins a field that is a whole number. */
    public static Builder integer(String key) {
        return new Builder(key, FieldType.INTEGER);
    }

    /** Begins a field that is true or false. */
    public static Builder bool(String key) {
        return new Builder(key, FieldType.BOOLEAN);
    }

    /** Begins a field that is one of the words. */
    public static Builder oneOf(String key, String... words) {
        return new Builder(key, FieldType.ENUM).constraint(new Constraint.OneOf(List.of(words)));
    }

    /** Begins a field that is a JSON object. */
    public static Builder json(String key) {
        return new Builder(key, FieldType.JSON);
    }

    /** Begins a field that is a length of time. */
    public static Builder duration(String key) {
        return new Builder(key, FieldType.DURATION);
    }

    /** Collects the parts of a field. Not safe for use by many threads. */
    public static final class Builder {

        private final String key;
        private final FieldType type;
        private final List<Constraint> constraints = new ArrayList<>();
        private final List<FieldAlias> aliases = new ArrayList<>();
        private final Set<FieldAlias> readLikeTheField = new HashSet<>();
        private String label;
        private String description = "";
        private String group = "Connection";
        private boolean required;
        private boolean secret;
        private @Nullable Object defaultValue;
        private ValueTransform transform = ValueTransform.none();

        private Builder(String key, FieldType type) {
            this.key = key;
            this.type = type;
            String words = key.replace('_', ' ').replace('.', ' ');
            this.label = words.isEmpty() ? words : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
        }

        /** Its name for people; if not said, the key in words. */
        public Builder label(String text) {
            label = text;
            return this;
        }

        /** What it is for. */
        public Builder description(String text) {
            description = text;
            return this;
        }

        /** The heading of a form under which it stands; {@code Connection} if not said. */
        public Builder group(String heading) {
            group = heading;
            return this;
        }

        /** Every config has it. */
        public Builder required() {
            required = true;
            return this;
        }

        /** Literal values are sealed before they are stored, and never shown. */
        public Builder secret() {
            secret = true;
            return this;
        }

        /** The value where none is given: a {@link String}, {@link Boolean}, {@link Long} or {@link Integer}. */
        public Builder defaultValue(Object value) {
            defaultValue = value instanceof Integer number ? Long.valueOf(number) : value;
            return this;
        }

        /** How every value that is given becomes the field's. */
        public Builder transform(ValueTransform how) {
            transform = how;
            return this;
        }

        /** Numbers from {@code min} to {@code max}, both included. */
        public Builder range(long min, long max) {
            return constraint(new Constraint.Range(min, max));
        }

        /** Text of {@code min} to {@code max} characters. */
        public Builder length(int min, int max) {
            return constraint(new Constraint.Length(min, max));
        }

        /** Text of a common form. */
        public Builder format(TextFormat format) {
            return constraint(new Constraint.Format(format));
        }

        /** Text in which the expression is found; see {@link Constraint.Pattern}. */
        public Builder pattern(String regex, String expected) {
            return constraint(new Constraint.Pattern(regex, expected));
        }

        /** Values with one more property. */
        public Builder constraint(Constraint constraint) {
            constraints.add(constraint);
            return this;
        }

        /** The key by which a system calls the field; the field's own transform applies. */
        public Builder alias(SourceSystem system, String systemKey, Requirement requirement) {
            FieldAlias alias = new FieldAlias(system, systemKey, requirement, ValueTransform.none());
            readLikeTheField.add(alias);
            aliases.add(alias);
            return this;
        }

        /** The key by which a system calls the field, with a transform of its own. */
        public Builder alias(SourceSystem system, String systemKey, Requirement requirement, ValueTransform how) {
            aliases.add(new FieldAlias(system, systemKey, requirement, how));
            return this;
        }

        /** @throws IllegalArgumentException if the parts contradict each other; the message says which */
        public FieldDefinition build() {
            List<FieldAlias> all = aliases.stream()
                    .map(alias -> readLikeTheField.contains(alias)
                            ? new FieldAlias(alias.system(), alias.key(), alias.requirement(), transform)
                            : alias)
                    .toList();
            return new FieldDefinition(
                    key, type, label, description, group, required, secret, defaultValue, transform, constraints, all);
        }
    }
}
