package dev.headwater.core.internal.kind;

import dev.headwater.spi.LinkedSecretRef;
import dev.headwater.spi.SecretValue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How what was given is shown in messages: short, on one line, and never where it may hold a secret. */
final class Shown {

    private static final int LONGEST = 60;

    private Shown() {}

    /** A sentence that ends in the value of a field that is no secret. */
    static String sentence(String key, String mustBe, @Nullable Object value) {
        // One concatenation for what is given most often: refusals are on the measured path.
        return value instanceof String text && plain(text)
                ? key + mustBe + ", got \"" + text + '"'
                : key + mustBe + ", got " + value(value);
    }

    /** Whether text may be shown as it is. */
    private static boolean plain(String text) {
        int length = text.length();
        if (length == 0 || length > LONGEST) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '@' || c >= 0x7f) {
                return false;
            }
        }
        return true;
    }

    /** A value of a field that is no secret. */
    static String value(@Nullable Object value) {
        if (value instanceof String text) {
            return text(text);
        }
        return value instanceof Number || value instanceof Boolean ? value.toString() : type(value);
    }

    /** What sort of value it is, without the value. */
    static String type(@Nullable Object value) {
        if (value == null) {
            return "null";
        } else if (value instanceof String) {
            return "text";
        } else if (value instanceof Number) {
            return "a number";
        } else if (value instanceof Boolean) {
            return "a boolean";
        } else if (value instanceof Map) {
            return "a map";
        } else if (value instanceof List) {
            return "a list";
        } else if (value instanceof SecretValue) {
            return "a secret";
        } else if (value instanceof LinkedSecretRef) {
            return "a link to a secret";
        }
        return "a value of type " + value.getClass().getSimpleName();
    }

    /** A key, which no caller should make a secret of, but may make very long. */
    static String key(String key) {
        return key.length() <= LONGEST ? printable(key) : printable(key.substring(0, LONGEST)) + "…";
    }

    private static String text(String text) {
        if (text.isEmpty()) {
            return "empty text";
        }
        // user:password@host is what people paste where a host is asked for
        if (text.length() > LONGEST || text.indexOf('@') >= 0) {
            return "text of " + text.length() + " characters";
        }
        return '"' + printable(text) + '"';
    }

    private static String printable(String text) {
        StringBuilder shown = null;
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                shown = shown == null ? new StringBuilder(text) : shown;
                shown.setCharAt(i, '?');
            }
        }
        return shown == null ? text : shown.toString();
    }
}
