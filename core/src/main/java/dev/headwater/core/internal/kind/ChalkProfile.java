package dev.headwater.core.internal.kind;

import dev.headwater.spi.FieldDefinition;
import dev.headwater.spi.KindDefinition;
import dev.headwater.spi.LinkedSecretRef;
import dev.headwater.spi.Requirement;
import dev.headwater.spi.SourceSystem;
import dev.headwater.spi.ValidationResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Chalk: a map of text to text or to the id of a linked secret. Any key is taken; what its typed Terraform resources
 * require must be there.
 */
final class ChalkProfile implements SystemProfile {

    /** For each required field, the keys of which one must be there. */
    private final List<List<String>> required = new ArrayList<>();

    ChalkProfile(KindDefinition kind) {
        for (FieldDefinition field : kind.fields()) {
            List<String> keys = field.aliases(SourceSystem.CHALK).stream()
                    .filter(alias -> alias.requirement() == Requirement.REQUIRED)
                    .map(alias -> alias.key())
                    .toList();
            if (!keys.isEmpty()) {
                required.add(keys);
            }
        }
    }

    @Override
    public ValidationResult validate(Map<String, ? extends @Nullable Object> config) {
        Findings findings = new Findings();
        config.forEach((key, value) -> {
            if (!(value instanceof String || value instanceof LinkedSecretRef)) {
                findings.add(
                        key,
                        Codes.NOT_TEXT,
                        Shown.key(key) + " must be text or a link to a secret, got " + Shown.type(value));
            }
        });
        for (List<String> keys : required) {
            if (keys.stream().noneMatch(config::containsKey)) {
                findings.add(keys.get(0), Codes.REQUIRED, keys.get(0) + " is required");
            }
        }
        return findings.result();
    }
}
