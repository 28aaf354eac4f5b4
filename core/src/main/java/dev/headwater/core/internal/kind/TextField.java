package dev.headwater.core.internal.kind;

import dev.headwater.spi.Constraint;
import dev.headwater.spi.FieldDefinition;
import dev.headwater.spi.FieldType;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.TextFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Text of one line or several, secret or not. */
final class TextField extends CompiledField {

    private final boolean secret;
    private final boolean oneLine;
    private final int min;
    private final int max;
    private final @Nullable TextFormat format;
    private final @Nullable Pattern pattern;
    private final String mustHaveFormat;
    private final String mustMatch;

    /** Whether text that the format matches has nothing left to be checked: these formats are ASCII. */
    private final boolean formatSaysAll;

    TextField(FieldDefinition definition) {
        super(definition);
        secret = definition.secret();
        oneLine = definition.type() == FieldType.TEXT;
        Constraint.Length length = lengthOf(definition);
        min = length.min();
        max = length.max();
        format = definition
                .constraint(Constraint.Format.class)
                .map(Constraint.Format::format)
                .orElse(null);
        mustHaveFormat = format == null ? "" : " must be " + format.expected();
        Constraint.Pattern constraint =
                definition.constraint(Constraint.Pattern.class).orElse(null);
        pattern = constraint == null ? null : Pattern.compile(constraint.regex());
        mustMatch = constraint == null ? "" : " must be " + constraint.expected();
        formatSaysAll = pattern == null && (format == TextFormat.HOST || format == TextFormat.HOSTS_WITH_PORTS);
    }

    static Constraint.Length lengthOf(FieldDefinition definition) {
        return definition
                .constraint(Constraint.Length.class)
                .orElse(new Constraint.Length(
                        1, definition.secret() ? SecretValue.MAX_LENGTH : FieldDefinition.MAX_TEXT_LENGTH));
    }

    @Override
    Object read(Object given, String key, Findings findings) {
        String text = given instanceof String string ? string : textOf(given, key, findings);
        if (text == null) {
            return PRESENT;
        }
        int length = text.length();
        if (length < min || length > max) {
            return refuseLength(text, key, findings);
        }
        if (secret) {
            return Secrets.check(text, oneLine, key, findings) ? text : PRESENT;
        }
        if (formatSaysAll && format != null && format.matches(text)) {
            return text;
        }
        if (oneLine ? unfit(text) : torn(text)) {
            return refuse(
                    findings,
                    key,
                    Codes.CONTROL_CHARACTER,
                    oneLine ? " must be one line without control characters" : " must be valid Unicode",
                    given);
        }
        if (format != null && !format.matches(text)) {
            return refuse(findings, key, Codes.MALFORMED, mustHaveFormat, given);
        }
        if (pattern != null && !pattern.matcher(text).find()) {
            return refuse(findings, key, Codes.MALFORMED, mustMatch, given);
        }
        return text;
    }

    private Object refuseLength(String text, String key, Findings findings) {
        if (text.isEmpty()) {
            findings.add(key, Codes.EMPTY, key + " must not be empty; leave it out, or give null, if there is none");
        } else if (text.length() < min) {
            findings.add(key, Codes.TOO_SHORT, key + " must have at least " + min + " characters");
        } else {
            findings.add(key, Codes.TOO_LONG, key + " must have at most " + max + " characters, has " + text.length());
        }
        return PRESENT;
    }

    /** Whether text of one line holds a control character, or half a surrogate pair, which UTF-8 cannot hold. */
    static boolean unfit(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || (c >= 0x7f && c <= 0x9f)) {
                return true;
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isSurrogatePair(c, i + 1 < text.length() ? text.charAt(i + 1) : ' ')) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    /** Whether text holds half a surrogate pair, which UTF-8 cannot hold. */
    static boolean torn(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (!Character.isSurrogatePair(c, i + 1 < text.length() ? text.charAt(i + 1) : ' ')) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }
}
