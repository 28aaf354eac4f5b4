package dev.headwater.fakeserver.internal.databrain;

import dev.headwater.spi.Constraint;
import dev.headwater.spi.FieldAlias;
import dev.headwater.spi.FieldDefinition;
import dev.headwater.spi.KindDefinition;
import dev.headwater.spi.SourceSystem;
import dev.headwater.spi.ValueTransform;
import dev.headwater.spi.Violation;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a body, as DataBrain says it elsewhere: the sentences of the Joi library, with the path of the key in
 * quotes. No sentence holds a value that was given.
 */
final class JoiWords {

    private JoiWords() {}

    static String required(String path) {
        return quoted(path) + " is required";
    }

    static String empty(String path) {
        return quoted(path) + " is not allowed to be empty";
    }

    static String notText(String path) {
        return quoted(path) + " must be a string";
    }

    static String notANumber(String path) {
        return quoted(path) + " must be a number";
    }

    static String tooSmall(String path, int least) {
        return quoted(path) + " must be greater than or equal to " + least;
    }

    static String tooLargeToBeExact(String path) {
        return quoted(path) + " must be a safe number";
    }

    static String notAGuid(String path) {
        return quoted(path) + " must be a valid GUID";
    }

    static String notAnObject(String path) {
        return quoted(path) + " must be of type object";
    }

    static String notOneOf(String path, Collection<String> words) {
        return quoted(path) + " must be one of [" + String.join(", ", words) + "]";
    }

    /** The sentence for a violation, by its code. */
    static String of(String parent, Violation violation, KindDefinition kind) {
        if (violation.field().isEmpty()) {
            return quoted(parent) + " is not valid: " + violation.message();
        }
        String path = parent + "." + violation.field();
        FieldDefinition field = field(kind, violation.field());
        return switch (violation.code()) {
            case "required", "all-or-none" -> required(path);
            case "empty" -> empty(path);
            case "not-text" -> notText(path);
            case "not-a-number" -> notANumber(path);
            case "not-a-boolean" -> quoted(path) + " must be a boolean";
            case "not-allowed" -> quoted(path) + " is not allowed";
            case "not-one-of" -> field == null ? quoted(path) + " is not valid" : notOneOf(path, words(field));
            case "out-of-range" -> quoted(path) + range(field);
            default -> quoted(path) + " is not valid";
        };
    }

    private static String range(@Nullable FieldDefinition field) {
        return field == null
                ? " is out of range"
                : field.constraint(Constraint.Range.class)
                        .map(range -> " must be from " + range.min() + " to " + range.max())
                        .orElse(" is out of range");
    }

    private static @Nullable FieldDefinition field(KindDefinition kind, String key) {
        return kind.fields().stream()
                .filter(field -> alias(field, key) != null)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable FieldAlias alias(FieldDefinition field, String key) {
        return field.aliases(SourceSystem.DATABRAIN).stream()
                .filter(alias -> alias.key().equals(key))
                .findFirst()
                .orElse(null);
    }

    private static Collection<String> words(FieldDefinition field) {
        for (FieldAlias alias : field.aliases(SourceSystem.DATABRAIN)) {
            if (alias.transform() instanceof ValueTransform.Words words) {
                return words.values().keySet();
            }
        }
        return field.constraint(Constraint.OneOf.class)
                .map(Constraint.OneOf::values)
                .orElse(List.of());
    }

    private static String quoted(String path) {
        return '"' + path + '"';
    }
}
