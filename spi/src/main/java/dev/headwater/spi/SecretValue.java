package dev.headwater.spi;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A secret in the clear, on its way to where it is used. It prints as {@value #HIDDEN}; the one way to the value is
 * {@link #reveal()}, so that a search for that word finds every place where a secret is used.
 *
 * <p>Equality takes the same time for equal and unequal values of one length.
 */
public final class SecretValue {

    /** What {@link #toString()} prints. */
    public static final String HIDDEN = "[secret]";

    /** The most characters of a literal secret: room for certificates and keys, a bound for stores. */
    public static final int MAX_LENGTH = 262_144;

    private final String value;

    private SecretValue(String value) {
        this.value = value;
    }

    /** Wraps a value. */
    public static SecretValue of(String value) {
        return new SecretValue(value);
    }

    /** The value in the clear. Callers keep it out of logs, messages and records. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretValue that
                && MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.UTF_8), that.value.getBytes(StandardCharsets.UTF_8));
    }

    /** The same for all secrets, so that a hash says nothing of the value. */
    @Override
    public int hashCode() {
        return SecretValue.class.hashCode();
    }

    /** Always {@value #HIDDEN}. */
    @Override
    public String toString() {
        return HIDDEN;
    }
}
