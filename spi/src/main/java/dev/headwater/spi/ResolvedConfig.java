package dev.headwater.spi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The config of a data source with every secret resolved and every default filled in: what a connector works with. It
 * lives only as long as the work does, and prints without secrets.
 *
 * <p>Values are {@link String}, {@link Long}, {@link Boolean} or {@link SecretValue}, by canonical field key. Keys that
 * begin with {@value #EXTRA_PREFIX} are extra driver properties that passed the kind's allow-list.
 */
public final class ResolvedConfig {

    /** The beginning of the keys of extra driver properties. */
    public static final String EXTRA_PREFIX = "extraProperties.";

    /** Shorter secrets than this are too likely to stand in a message by chance for redaction to leave it readable. */
    private static final int SHORTEST_REDACTED = 3;

    private final Map<String, Object> values;
    private final List<String> secrets;

    private ResolvedConfig(Map<String, Object> values) {
        this.values = values;
        List<String> found = new ArrayList<>();
        for (Object value : values.values()) {
            if (value instanceof SecretValue secret && secret.reveal().length() >= SHORTEST_REDACTED) {
                found.add(secret.reveal());
            }
        }
        // The longest first: where one secret holds another, the whole of it has to go.
        found.sort(Comparator.comparingInt(String::length).reversed());
        this.secrets = List.copyOf(found);
    }

    /** @throws IllegalArgumentException if a value is of a type other than the four */
    public static ResolvedConfig of(Map<String, ?> values) {
        Map<String, Object> copy = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            if (!(value instanceof String
                    || value instanceof Long
                    || value instanceof Boolean
                    || value instanceof SecretValue)) {
                throw new IllegalArgumentException(
                        key + " is a " + value.getClass().getName());
            }
            copy.put(key, value);
        });
        return new ResolvedConfig(copy);
    }

    /** {@return whether the field has a value} */
    public boolean has(String key) {
        return values.containsKey(key);
    }

    /** {@return the text of a field, in the clear if it is a secret} */
    public Optional<String> text(String key) {
        Object value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        return Optional.of(value instanceof SecretValue secret ? secret.reveal() : value.toString());
    }

    /**
     * {@return the text of a field that must have one}
     *
     * @throws ConnectorException with {@link FailureCode#INVALID_CONFIG} if it has none
     */
    public String required(String key) {
        return text(key)
                .orElseThrow(
                        () -> new ConnectorException(FailureCode.INVALID_CONFIG, "field " + key + " has no value"));
    }

    /**
     * {@return the number of a field, or the given one if the field has no value}
     *
     * @throws ConnectorException with {@link FailureCode#INVALID_CONFIG} if it is no whole number (a linked one may not be)
     */
    public long number(String key, long otherwise) {
        Object value = values.get(key);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Long number) {
            return number;
        }
        try {
            return Long.parseLong(text(key).orElse(""));
        } catch (NumberFormatException e) {
            throw new ConnectorException(FailureCode.INVALID_CONFIG, "field " + key + " is no whole number");
        }
    }

    /** {@return the flag of a field, or the given one if the field has no value} */
    public boolean flag(String key, boolean otherwise) {
        Object value = values.get(key);
        if (value == null) {
            return otherwise;
        }
        return value instanceof Boolean flag
                ? flag
                : Boolean.parseBoolean(text(key).orElse(""));
    }

    /** {@return the extra driver properties, without the prefix of their keys} */
    public Map<String, String> extraProperties() {
        Map<String, String> extra = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            if (key.startsWith(EXTRA_PREFIX)) {
                extra.put(
                        key.substring(EXTRA_PREFIX.length()),
                        value instanceof SecretValue secret ? secret.reveal() : value.toString());
            }
        });
        return extra;
    }

    /** {@return the text with every secret of this config replaced by {@value SecretValue#HIDDEN}; null for null} */
    public @Nullable String redact(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String redacted = text;
        for (String secret : secrets) {
            redacted = redacted.replace(secret, SecretValue.HIDDEN);
        }
        return redacted;
    }

    /** Equal configs have equal values for the same keys, secrets included. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ResolvedConfig that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** The keys and what is no secret of the values. */
    @Override
    public String toString() {
        return values.toString();
    }
}
