package dev.headwater.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Invariants that the model's constructors hold. */
final class Checks {

    private Checks() {}

    /** Text of 1 to {@code max} characters, checked as {@link #optionalText} does; the error never repeats the text. */
    static String text(String what, String value, int max) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException(what + " must not be empty");
        }
        return optionalText(what, value, max);
    }

    /** Text of 0 to {@code max} characters without control characters and lone surrogates, which UTF-8 cannot hold. */
    static String optionalText(String what, String value, int max) {
        length(what, value, max);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isISOControl(c)) {
                throw new IllegalArgumentException(
                        what + " must not hold control characters (one is at index " + i + ")");
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isSurrogatePair(c, i + 1 < value.length() ? value.charAt(i + 1) : ' ')) {
                    throw new IllegalArgumentException(
                            what + " must be valid Unicode (half a surrogate pair is at index " + i + ")");
                }
                i++;
            }
        }
        return value;
    }

    static String length(String what, String value, int max) {
        if (value.length() > max) {
            throw new IllegalArgumentException(
                    what + " must have at most " + max + " characters, has " + value.length());
        }
        return value;
    }

    /** Printable ASCII without spaces, 1 to {@code max} characters: what every database keeps and compares the same way. */
    static String identifier(String what, String value, int max) {
        text(what, value, max);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c <= ' ' || c > '~') {
                throw new IllegalArgumentException(
                        what + " must be printable ASCII without spaces (index " + i + " is not)");
            }
        }
        return value;
    }

    static long atLeast(String what, long value, long min) {
        if (value < min) {
            throw new IllegalArgumentException(what + " must be at least " + min + ", is " + value);
        }
        return value;
    }

    /** An unmodifiable copy that keeps the order given and refuses null keys and values. */
    static <V> Map<String, V> orderedCopy(Map<String, V> map) {
        if (map.isEmpty()) {
            return Map.of();
        }
        Map<String, V> copy = new LinkedHashMap<>(map.size() * 4 / 3 + 1);
        map.forEach((key, value) -> {
            if (key == null || value == null) {
                throw new NullPointerException("null key or value");
            }
            copy.put(key, value);
        });
        return Collections.unmodifiableMap(copy);
    }
}
