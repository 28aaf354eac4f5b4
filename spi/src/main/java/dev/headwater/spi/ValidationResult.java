package dev.headwater.spi;

import java.util.List;

/**
 * What a validation found: all of it at once. Holds no secrets.
 *
 * @param violations what must be mended, in the order of the input, then of the definition
 * @param warnings what is accepted and looks like a mistake, such as a secret that ends in a line feed
 */
public record ValidationResult(List<Violation> violations, List<Violation> warnings) {

    /** Nothing is wrong. */
    public static final ValidationResult VALID = new ValidationResult(List.of(), List.of());

    public ValidationResult {
        violations = List.copyOf(violations);
        warnings = List.copyOf(warnings);
    }

    /** {@return whether there are no violations} */
    public boolean valid() {
        return violations.isEmpty();
    }
}
