package dev.headwater.spi;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;

/** What the values of a field must be beyond their type. */
public sealed interface Constraint {

    /** {@return whether it says something about values of the type} */
    boolean appliesTo(FieldType type);

    /** A number from {@code min} to {@code max}, both included. */
    record Range(long min, long max) implements Constraint {

        /** @throws IllegalArgumentException if no number is in the range */
        public Range {
            if (min > max) {
                throw new IllegalArgumentException("range from " + min + " to " + max + " is empty");
            }
        }

        @Override
        public boolean appliesTo(FieldType type) {
            return type == FieldType.INTEGER;
        }
    }

    /** Text of {@code min} to {@code max} characters. Without it, text is bounded and must not be empty. */
    record Length(int min, int max) implements Constraint {

        /** @throws IllegalArgumentException if no length is in the range, or one is negative */
        public Length {
            if (min < 0 || min > max) {
                throw new IllegalArgumentException("length from " + min + " to " + max + " makes no sense");
            }
        }

        @Override
        public boolean appliesTo(FieldType type) {
            return type == FieldType.TEXT || type == FieldType.TEXT_BLOCK || type == FieldType.JSON;
        }
    }

    /** One of these words, by case. Every {@link FieldType#ENUM} field has this constraint. */
    record OneOf(List<String> values) implements Constraint {

        /** @throws IllegalArgumentException if there is no word, or one twice */
        public OneOf {
            values = List.copyOf(values);
            if (values.isEmpty() || new HashSet<>(values).size() != values.size()) {
                throw new IllegalArgumentException("an enum needs words, each once, got " + values);
            }
        }

        @Override
        public boolean appliesTo(FieldType type) {
            return type == FieldType.ENUM;
        }
    }

    /** Text of a common form. */
    record Format(TextFormat format) implements Constraint {

        @Override
        public boolean appliesTo(FieldType type) {
            return type == FieldType.TEXT;
        }
    }

    /**
     * Text in which an expression is found; anchor it to match the whole.
     *
     * @param regex an expression that Java and ECMA-262 read alike
     * @param expected what such text is, as in "must be …"
     */
    record Pattern(String regex, String expected) implements Constraint {

        /** @throws IllegalArgumentException if the expression is malformed */
        public Pattern {
            try {
                java.util.regex.Pattern.compile(regex);
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException("malformed expression " + regex, e);
            }
        }

        @Override
        public boolean appliesTo(FieldType type) {
            return type == FieldType.TEXT;
        }
    }

    /** A JSON object with no other members than these, so that free-form options cannot smuggle in dangerous ones. */
    record JsonMembers(Set<String> allowed) implements Constraint {

        public JsonMembers {
            allowed = Collections.unmodifiableSet(new TreeSet<>(allowed));
        }

        @Override
        public boolean appliesTo(FieldType type) {
            return type == FieldType.JSON;
        }
    }
}
