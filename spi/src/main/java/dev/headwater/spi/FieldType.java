package dev.headwater.spi;

/** What the values of a field are. */
public enum FieldType {
    /** One line of text, a {@link String}. */
    TEXT,
    /** Text of several lines, such as a PEM key; a {@link String}. A line feed at its end is nothing strange. */
    TEXT_BLOCK,
    /** A whole number, a {@link Long}. Decimal text is read as a number. */
    INTEGER,
    /** A {@link Boolean}. The texts {@code true} and {@code false} are read as such. */
    BOOLEAN,
    /** One of the words that the field's {@link Constraint.OneOf} lists, a {@link String}. */
    ENUM,
    /** A JSON object as text, a {@link String}. */
    JSON,
    /**
     * A length of time in Chalk's notation, a {@link String}: numbers with the units {@code w}, {@code d}, {@code h} or
     * {@code hr}, {@code m}, {@code s} and {@code ms}, as in {@code 1hr30m40s}; or {@code infinity}.
     */
    DURATION
}
