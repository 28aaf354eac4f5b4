package dev.headwater.core.internal.kind;

import dev.headwater.spi.SecretValue;

/** What is checked of every literal secret. Says nothing of its value, not even its length. */
final class Secrets {

    /** How many capital X in a row are taken for a mask; fewer may be somebody's real password. */
    private static final int MASK_OF_X = 8;

    private Secrets() {}

    /**
     * Refuses the masks that user interfaces show for a secret, and warns of space around a secret of one line.
     *
     * @return whether it was not refused
     */
    static boolean check(String secret, boolean oneLine, String key, Findings findings) {
        int length = secret.length();
        if (length == 0) {
            return true;
        }
        if (TextField.torn(secret)) {
            findings.add(key, Codes.CONTROL_CHARACTER, key + " must be valid Unicode");
            return false;
        }
        char first = secret.charAt(0);
        boolean suspicious = first == '*' || first == '•' || first == 'X' || first == '[';
        if (suspicious && masked(secret, first)) {
            findings.add(
                    key,
                    Codes.MASKED_SECRET,
                    key
                            + " is the mask that is shown for a secret, not the secret; leave it out to keep what is stored");
            return false;
        }
        if (oneLine && (Character.isWhitespace(first) || Character.isWhitespace(secret.charAt(length - 1)))) {
            findings.warn(
                    key,
                    Codes.SURROUNDING_SPACE,
                    key
                            + " begins or ends with white space or a line break, and is used with it; was it copied too far?");
        }
        return true;
    }

    private static boolean masked(String secret, char first) {
        if (first == '[') {
            return secret.equals(SecretValue.HIDDEN);
        }
        for (int i = 0; i < secret.length(); i++) {
            char c = secret.charAt(i);
            if (first == 'X' ? c != 'X' : c != '*' && c != '•') {
                return false;
            }
        }
        return first != 'X' || secret.length() >= MASK_OF_X;
    }
}
