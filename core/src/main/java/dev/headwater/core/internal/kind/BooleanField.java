package dev.headwater.core.internal.kind;

import dev.headwater.spi.FieldDefinition;
import dev.headwater.spi.SecretValue;
import org.jspecify.annotations.Nullable;

/** A boolean, or the words true and false in either case. */
final class BooleanField extends CompiledField {

    BooleanField(FieldDefinition definition) {
        super(definition);
    }

    @Override
    Object read(Object given, String key, Findings findings) {
        if (given instanceof SecretValue) {
            textOf(given, key, findings);
            return PRESENT;
        }
        Object flag = canonical(given);
        return flag == null ? refuse(findings, key, Codes.NOT_A_BOOLEAN, " must be true or false", given) : flag;
    }

    @Override
    @Nullable
    Object canonical(Object given) {
        if (given instanceof Boolean) {
            return given;
        }
        if (given instanceof String text) {
            return text.equalsIgnoreCase("true") ? Boolean.TRUE : text.equalsIgnoreCase("false") ? Boolean.FALSE : null;
        }
        return null;
    }
}
