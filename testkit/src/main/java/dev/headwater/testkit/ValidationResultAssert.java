package dev.headwater.testkit;

import dev.headwater.spi.ValidationResult;
import dev.headwater.spi.Violation;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** Assertions on a {@link ValidationResult}; begin with {@link HeadwaterAssertions}. */
public final class ValidationResultAssert extends AbstractAssert<ValidationResultAssert, ValidationResult> {

    ValidationResultAssert(@Nullable ValidationResult actual) {
        super(actual, ValidationResultAssert.class);
    }

    /** Passes if there is no violation; warnings may be there. */
    public ValidationResultAssert isValid() {
        if (!result().valid()) {
            failWithMessage("%nExpecting no violations, but there are%s", told(result().violations()));
        }
        return this;
    }

    /** Passes if there are violations of these fields, at least one of each, and of no others. */
    public ValidationResultAssert hasViolationsOfExactly(String... fields) {
        Set<String> found = new TreeSet<>();
        result().violations().forEach(violation -> found.add(violation.field()));
        Set<String> expected = new TreeSet<>(List.of(fields));
        if (!found.equals(expected)) {
            failWithMessage(
                    "%nExpecting violations of exactly%n  %s%nbut there are%s", expected, told(result().violations()));
        }
        return this;
    }

    /** Passes if the field has a violation with this code. */
    public ValidationResultAssert hasViolation(String field, String code) {
        return has("violation", result().violations(), field, code);
    }

    /** Passes if the field has a warning with this code. */
    public ValidationResultAssert hasWarning(String field, String code) {
        return has("warning", result().warnings(), field, code);
    }

    private ValidationResultAssert has(String what, List<Violation> found, String field, String code) {
        if (found.stream()
                .noneMatch(each -> each.field().equals(field) && each.code().equals(code))) {
            failWithMessage("%nExpecting a %s %s of %s, but there are%s", what, code, field, told(found));
        }
        return this;
    }

    private static String told(List<Violation> found) {
        if (found.isEmpty()) {
            return " none";
        }
        StringBuilder told = new StringBuilder();
        found.forEach(each -> told.append("\n  ")
                .append(each.field())
                .append(' ')
                .append(each.code())
                .append(": ")
                .append(each.message()));
        return told.toString();
    }

    private ValidationResult result() {
        isNotNull();
        return actual;
    }
}
