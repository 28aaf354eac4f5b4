package dev.headwater.core.internal.kind;

import dev.headwater.spi.FieldDefinition;

/** A length of time. */
final class DurationField extends CompiledField {

    DurationField(FieldDefinition definition) {
        super(definition);
    }

    @Override
    Object read(Object given, String key, Findings findings) {
        String text = textOf(given, key, findings);
        if (text == null) {
            return PRESENT;
        }
        return Durations.matches(text)
                ? text
                : refuse(findings, key, Codes.NOT_A_DURATION, " must be " + Durations.EXPECTED, given);
    }
}
