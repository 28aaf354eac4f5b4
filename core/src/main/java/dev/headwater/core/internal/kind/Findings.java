package dev.headwater.core.internal.kind;

import dev.headwater.spi.ValidationResult;
import dev.headwater.spi.Violation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects violations and warnings; allocates nothing while there are none. Not safe for use by many threads. */
class Findings {

    private @Nullable List<Violation> violations;
    private @Nullable List<Violation> warnings;

    final void add(Violation violation) {
        if (violations == null) {
            violations = new ArrayList<>();
        }
        violations.add(violation);
    }

    final void add(String field, String code, String message) {
        add(Violation.of(field, code, message));
    }

    final void warn(String field, String code, String message) {
        if (warnings == null) {
            warnings = new ArrayList<>();
        }
        warnings.add(Violation.of(field, code, message));
    }

    final List<Violation> violations() {
        return violations == null ? List.of() : violations;
    }

    final ValidationResult result() {
        return violations == null && warnings == null
                ? ValidationResult.VALID
                : new ValidationResult(violations(), warnings == null ? List.of() : warnings);
    }
}
