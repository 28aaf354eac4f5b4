package dev.headwater.spi;

/**
 * Identifies one sealed secret in an environment. Each time a literal secret is set, it gets a new id; so a record that
 * names the id says which setting of the secret it means, without holding any of it.
 *
 * @param value printable ASCII without spaces, 1 to {@value #MAX_LENGTH} characters
 */
public record SecretId(String value) implements Comparable<SecretId> {

    /** The most characters that a secret id may have. */
    public static final int MAX_LENGTH = 64;

    /** @throws IllegalArgumentException if the value is empty, too long, or not printable ASCII without spaces */
    public SecretId {
        Checks.identifier("secret id", value, MAX_LENGTH);
    }

    @Override
    public int compareTo(SecretId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
