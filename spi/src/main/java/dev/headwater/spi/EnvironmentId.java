package dev.headwater.spi;

/**
 * Names one environment: the scope that nothing crosses. It is Chalk's environment, Basedash's organization and the
 * scope of a DataBrain service token.
 *
 * @param value printable ASCII without spaces, 1 to {@value #MAX_LENGTH} characters; compared exactly
 */
public record EnvironmentId(String value) {

    /** The most characters that an environment id may have. */
    public static final int MAX_LENGTH = 128;

    /** @throws IllegalArgumentException if the value is empty, too long, or not printable ASCII without spaces */
    public EnvironmentId {
        Checks.identifier("environment id", value, MAX_LENGTH);
    }

    /** The environment of that name. */
    public static EnvironmentId of(String value) {
        return new EnvironmentId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
