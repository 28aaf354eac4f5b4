package dev.headwater.core.internal.kind;

import dev.headwater.spi.FieldDefinition;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.Violation;
import org.jspecify.annotations.Nullable;

/** A field made ready to read values. */
abstract class CompiledField {

    /** Stands for a value that is there and not known: a link, a secret, or one that was refused. */
    static final Object PRESENT = new Object() {
        @Override
        public String toString() {
            return "present";
        }
    };

    final FieldDefinition definition;
    final Violation missing;

    CompiledField(FieldDefinition definition) {
        this.definition = definition;
        this.missing = Violation.of(
                definition.key(),
                Codes.REQUIRED,
                definition.key() + " is required"
                        + (definition.description().isEmpty() ? "" : ": " + lowerFirst(definition.description())));
    }

    static CompiledField of(FieldDefinition definition) {
        return switch (definition.type()) {
            case TEXT, TEXT_BLOCK -> new TextField(definition);
            case INTEGER -> new IntegerField(definition);
            case BOOLEAN -> new BooleanField(definition);
            case ENUM -> new EnumField(definition);
            case JSON -> new JsonField(definition);
            case DURATION -> new DurationField(definition);
        };
    }

    final String key() {
        return definition.key();
    }

    /**
     * Reads a literal that was given under a key.
     *
     * @return the canonical value ({@link String}, {@link Long} or {@link Boolean}; of a secret, its text), or
     *     {@link #PRESENT} after a violation was added
     */
    abstract Object read(Object given, String key, Findings findings);

    /** The canonical value of one of the type's few values, or null: whether a word needs no translation. */
    @Nullable
    Object canonical(Object given) {
        return null;
    }

    /** The text that was given, or null after a violation was added. */
    final @Nullable String textOf(Object given, String key, Findings findings) {
        if (given instanceof String text) {
            return text;
        }
        if (given instanceof SecretValue secret) {
            if (definition.secret()) {
                return secret.reveal();
            }
            findings.add(
                    key,
                    Codes.NOT_A_SECRET,
                    key
                            + " is no secret field, so a secret value would be stored in the clear; give plain text or a link");
            return null;
        }
        findings.add(key, Codes.NOT_TEXT, key + " must be text, got " + Shown.type(given));
        return null;
    }

    /** @param expected what it must be, beginning with {@code " must be "} */
    final Object refuse(Findings findings, String key, String code, String expected, Object given) {
        findings.add(key, code, definition.secret() ? key + expected : Shown.sentence(key, expected, given));
        return PRESENT;
    }

    private static String lowerFirst(String sentence) {
        // "URL of …" and "AWS …" stay as they are
        boolean word = sentence.length() > 1 && !Character.isUpperCase(sentence.charAt(1));
        String text = sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
        return word ? Character.toLowerCase(text.charAt(0)) + text.substring(1) : text;
    }
}
