package dev.headwater.spi;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The value of one field of a stored data source. No form of it holds a secret, so records, commits and pages may be
 * shown, logged and serialized as they are.
 */
public sealed interface ConfigValue {

    /**
     * A value that is no secret.
     *
     * @param value a {@link String}, {@link Long} or {@link Boolean}
     */
    record Literal(Object value) implements ConfigValue {

        /** @throws IllegalArgumentException if the value is of another type */
        public Literal {
            if (!(value instanceof String || value instanceof Long || value instanceof Boolean)) {
                throw new IllegalArgumentException("a literal is a String, Long or Boolean, not "
                        + value.getClass().getName());
            }
        }

        @Override
        public String toString() {
            return value.toString();
        }
    }

    /**
     * A literal value of a secret field. The value itself is sealed and stored apart, under the id.
     *
     * @param secret where the sealed value is found
     * @param setAt when it was set, in microseconds
     */
    record SecretLiteral(SecretId secret, Instant setAt) implements ConfigValue {

        public SecretLiteral {
            setAt = setAt.truncatedTo(ChronoUnit.MICROS);
        }

        @Override
        public String toString() {
            return SecretValue.HIDDEN + " set " + setAt;
        }
    }

    /**
     * A link to a secret of a secret manager; any field can be linked.
     *
     * @param secret what it is linked to
     * @param linkedAt since when, in microseconds
     */
    record Linked(LinkedSecret secret, Instant linkedAt) implements ConfigValue {

        public Linked {
            linkedAt = linkedAt.truncatedTo(ChronoUnit.MICROS);
        }

        @Override
        public String toString() {
            return "linked to " + secret + " since " + linkedAt;
        }
    }
}
