package dev.headwater.spi;

import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What holds between the fields of a kind. Rules are data, so that validation, JSON Schema and the written reference come
 * from the same ones.
 */
public sealed interface Rule {

    /** {@return when it holds, or null if always} */
    @Nullable
    Condition when();

    /** {@return the canonical keys of the fields it is about} */
    List<String> fields();

    /** The fields are required when the condition holds. */
    static Rule requiredWhen(Condition when, String... fields) {
        return new RequiredWhen(when, List.of(fields));
    }

    /** The fields may have a value, other than their default, only when the condition holds. */
    static Rule onlyWhen(Condition when, String... fields) {
        return new OnlyWhen(when, List.of(fields));
    }

    /** At least one of the fields has a value. */
    static Rule atLeastOneOf(String... fields) {
        return new Choice(null, Count.AT_LEAST_ONE, List.of(fields));
    }

    /** At most one of the fields has a value. */
    static Rule atMostOneOf(String... fields) {
        return new Choice(null, Count.AT_MOST_ONE, List.of(fields));
    }

    /** Exactly one of the fields has a value. */
    static Rule exactlyOneOf(String... fields) {
        return new Choice(null, Count.EXACTLY_ONE, List.of(fields));
    }

    /** Either all of the fields have a value, or none. */
    static Rule allOrNone(String... fields) {
        return new AllOrNone(List.of(fields));
    }

    /** The fields are required when the condition holds; a default is as good as a value. */
    record RequiredWhen(Condition when, List<String> fields) implements Rule {

        /** @throws IllegalArgumentException if there is no field, or one twice */
        public RequiredWhen {
            fields = distinct(fields, 1);
        }
    }

    /** The fields may have a value, other than their default, only when the condition holds. */
    record OnlyWhen(Condition when, List<String> fields) implements Rule {

        /** @throws IllegalArgumentException if there is no field, or one twice */
        public OnlyWhen {
            fields = distinct(fields, 1);
        }
    }

    /**
     * So many of the fields have a value; defaults do not count.
     *
     * @param when when the rule holds, or null if always
     */
    record Choice(@Nullable Condition when, Count count, List<String> fields) implements Rule {

        /** @throws IllegalArgumentException if there are fewer than two fields, or one twice */
        public Choice {
            fields = distinct(fields, 2);
        }
    }

    /** Either all of the fields have a value, or none; defaults do not count. */
    record AllOrNone(List<String> fields) implements Rule {

        /** @throws IllegalArgumentException if there are fewer than two fields, or one twice */
        public AllOrNone {
            fields = distinct(fields, 2);
        }

        @Override
        public @Nullable Condition when() {
            return null;
        }
    }

    /** How many fields a {@link Choice} wants. */
    enum Count {
        EXACTLY_ONE,
        AT_LEAST_ONE,
        AT_MOST_ONE
    }

    private static List<String> distinct(List<String> fields, int atLeast) {
        List<String> copy = List.copyOf(fields);
        if (copy.size() < atLeast || new HashSet<>(copy).size() != copy.size()) {
            throw new IllegalArgumentException("a rule needs at least " + atLeast
                    + (atLeast == 1 ? " field" : " fields") + ", each once, got " + copy);
        }
        return copy;
    }
}
