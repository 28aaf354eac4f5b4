package dev.headwater.spi;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with some input. Never holds the value of a secret field.
 *
 * @param field the key as it was given, or the canonical key of a field that is missing; empty if it is about the whole
 * @param code stable, in lower case with hyphens, such as {@code required}, {@code unknown-field}, {@code not-a-number}
 * @param message a sentence that names the field, what was given (unless secret) and what was expected
 * @param suggestion the nearest known key for an unknown one, or null
 */
public record Violation(
        String field, String code, String message, @Nullable String suggestion) {

    /** A violation without a suggestion. */
    public static Violation of(String field, String code, String message) {
        return new Violation(field, code, message, null);
    }
}
