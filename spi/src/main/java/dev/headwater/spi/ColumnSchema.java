package dev.headwater.spi;

import org.jspecify.annotations.Nullable;

/**
 * One column, or a field inferred from documents.
 *
 * @param name its name
 * @param nativeType the type in the source's own words, such as {@code numeric(12,2)}
 * @param type the same, in Headwater's words
 * @param nullable whether it may hold no value; true where the source does not say
 * @param comment the source's own words on it, or null
 */
public record ColumnSchema(
        String name,
        String nativeType,
        CanonicalType type,
        boolean nullable,
        @Nullable String comment) {

    /** The types that all sources are mapped to. */
    public enum CanonicalType {
        BOOLEAN,
        INTEGER,
        DECIMAL,
        FLOAT,
        TEXT,
        BINARY,
        DATE,
        TIME,
        /** A date and time without a zone. */
        TIMESTAMP,
        /** A moment in time. */
        TIMESTAMP_WITH_ZONE,
        INTERVAL,
        UUID,
        JSON,
        ARRAY,
        STRUCT,
        MAP,
        GEOGRAPHY,
        /** A type that the connector does not know. */
        UNKNOWN
    }
}
