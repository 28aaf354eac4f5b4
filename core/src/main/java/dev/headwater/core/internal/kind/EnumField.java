package dev.headwater.core.internal.kind;

import dev.headwater.spi.Constraint;
import dev.headwater.spi.FieldDefinition;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One of a few words. */
final class EnumField extends CompiledField {

    private final Set<String> words;
    private final String expected;

    EnumField(FieldDefinition definition) {
        super(definition);
        Constraint.OneOf oneOf = definition.constraint(Constraint.OneOf.class).orElseThrow();
        words = Set.copyOf(oneOf.values());
        expected = " must be one of " + String.join(", ", oneOf.values());
    }

    @Override
    Object read(Object given, String key, Findings findings) {
        String text = textOf(given, key, findings);
        if (text == null) {
            return PRESENT;
        }
        return words.contains(text) ? text : refuse(findings, key, Codes.NOT_ONE_OF, expected, given);
    }

    @Override
    @Nullable
    Object canonical(Object given) {
        return given instanceof String text && words.contains(text) ? text : null;
    }
}
