package dev.headwater.fakeserver.internal.chalk;

import java.util.regex.Pattern;

/** Names and keys. */
final class Texts {

    static final int MAX_NAME = 255;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]{1," + MAX_NAME + "}");

    private Texts() {}

    /** @throws ChalkException unless the name consists of letters, digits and underscores */
    static void checkName(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw ChalkException.invalid(what + " must only contain letters, numbers, and underscores, 1 to " + MAX_NAME
                    + " of them, got: " + shown(name));
        }
    }

    /** @throws ChalkException unless the key can be part of the name of an environment variable in some shell */
    static void checkKey(String key) {
        if (key.isEmpty()
                || key.length() > MAX_NAME
                || key.chars().anyMatch(c -> Character.isISOControl(c) || Character.isWhitespace(c) || c == '=')) {
            throw ChalkException.invalid("config key must be 1 to " + MAX_NAME
                    + " characters without blanks, control characters and '=', got: " + shown(key));
        }
    }

    /** {@return the text in quotes, cut and without control characters, for a message} */
    static String shown(String text) {
        String cut = text.length() > 64 ? text.substring(0, 64) + "..." : text;
        return '"' + cut.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\"]", "?") + '"';
    }
}
