package dev.headwater.core.internal.kind;

import dev.headwater.spi.Constraint;
import dev.headwater.spi.FieldDefinition;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A JSON object, as text or as a map. */
final class JsonField extends CompiledField {

    private final int max;
    private final @Nullable Set<String> allowed;

    JsonField(FieldDefinition definition) {
        super(definition);
        max = TextField.lengthOf(definition).max();
        allowed = definition
                .constraint(Constraint.JsonMembers.class)
                .map(Constraint.JsonMembers::allowed)
                .orElse(null);
    }

    @Override
    Object read(Object given, String key, Findings findings) {
        String text = given instanceof Map<?, ?> map ? JsonText.write(map) : textOf(given, key, findings);
        if (text == null) {
            return given instanceof Map ? notJson(key, findings) : PRESENT;
        }
        if (text.isEmpty()) {
            findings.add(key, Codes.EMPTY, key + " must not be empty; leave it out, or give null, if there is none");
            return PRESENT;
        }
        if (text.length() > max) {
            findings.add(key, Codes.TOO_LONG, key + " must have at most " + max + " characters");
            return PRESENT;
        }
        if (definition.secret() && !Secrets.check(text, false, key, findings)) {
            return PRESENT;
        }
        if (!JsonText.isObject(text)) {
            return notJson(key, findings);
        }
        if (allowed != null) {
            String member = JsonText.memberBeyond(allowed, text);
            if (member != null) {
                findings.add(
                        key,
                        Codes.UNKNOWN_PROPERTY,
                        key + " must not hold " + Shown.key(member) + "; what may be in it: "
                                + String.join(", ", allowed));
                return PRESENT;
            }
        }
        return text;
    }

    private static Object notJson(String key, Findings findings) {
        findings.add(key, Codes.NOT_JSON, key + " must be a JSON object");
        return PRESENT;
    }
}
