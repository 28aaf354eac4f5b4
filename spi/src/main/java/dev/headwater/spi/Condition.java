package dev.headwater.spi;

import java.util.List;

/**
 * A question about a config. A field that is linked to a secret has a value that is not known; a question about its value
 * then has no answer, and rules that hang on it are not applied.
 */
public sealed interface Condition {

    /** {@return the canonical keys of the fields that it asks about} */
    List<String> fields();

    /** The field, or its default where it has no value, is one of these. */
    static Condition is(String field, Object... values) {
        return new HasValue(field, List.of(values));
    }

    /** The field has a value; a default does not count. */
    static Condition present(String field) {
        return new Present(field);
    }

    /** The field has no value; a default does not count. */
    static Condition absent(String field) {
        return new Absent(field);
    }

    /** All of these hold. */
    static Condition all(Condition... parts) {
        return new All(List.of(parts));
    }

    /**
     * The field, or its default where it has no value, is one of these.
     *
     * @param values canonical values: {@link String}, {@link Long} or {@link Boolean}
     */
    record HasValue(String field, List<Object> values) implements Condition {

        /** @throws IllegalArgumentException if there is no value */
        public HasValue {
            values = List.copyOf(values);
            if (values.isEmpty()) {
                throw new IllegalArgumentException("a condition on " + field + " needs a value to compare with");
            }
        }

        @Override
        public List<String> fields() {
            return List.of(field);
        }
    }

    /** The field has a value; a default does not count. */
    record Present(String field) implements Condition {

        @Override
        public List<String> fields() {
            return List.of(field);
        }
    }

    /** The field has no value; a default does not count. */
    record Absent(String field) implements Condition {

        @Override
        public List<String> fields() {
            return List.of(field);
        }
    }

    /** All of these hold. */
    record All(List<Condition> parts) implements Condition {

        /** @throws IllegalArgumentException if there are fewer than two parts */
        public All {
            parts = List.copyOf(parts);
            if (parts.size() < 2) {
                throw new IllegalArgumentException("a condition of several parts needs at least two");
            }
        }

        @Override
        public List<String> fields() {
            return parts.stream().flatMap(part -> part.fields().stream()).toList();
        }
    }
}
