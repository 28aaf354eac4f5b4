package dev.headwater.spi;

/**
 * Identifies one data source for good: it never changes, and a deleted source that is brought back keeps it. Opaque;
 * the registry makes UUIDs of version 7.
 *
 * @param value printable ASCII without spaces, 1 to {@value #MAX_LENGTH} characters
 */
public record DataSourceId(String value) implements Comparable<DataSourceId> {

    /** The most characters that a data source id may have. */
    public static final int MAX_LENGTH = 64;

    /** @throws IllegalArgumentException if the value is empty, too long, or not printable ASCII without spaces */
    public DataSourceId {
        Checks.identifier("data source id", value, MAX_LENGTH);
    }

    /** The id with that value. */
    public static DataSourceId of(String value) {
        return new DataSourceId(value);
    }

    @Override
    public int compareTo(DataSourceId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
