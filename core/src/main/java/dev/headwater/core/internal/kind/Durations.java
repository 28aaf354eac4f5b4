package dev.headwater.core.internal.kind;

/** Chalk's notation of lengths of time. */
final class Durations {

    /** The same as {@link #matches}, for JSON Schema. */
    static final String REGEX = "^(infinity|([0-9]+(w|d|hr|h|ms|m|s))+)$";

    static final String EXPECTED = "a length of time such as 1hr30m40s or 30m, or infinity";

    static final int MAX_LENGTH = 64;

    private Durations() {}

    static boolean matches(String text) {
        if (text.equals("infinity")) {
            return true;
        }
        int i = 0;
        int length = text.length();
        if (length == 0 || length > MAX_LENGTH) {
            return false;
        }
        while (i < length) {
            int digits = i;
            while (i < length && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
                i++;
            }
            if (i == digits || i == length) {
                return false;
            }
            if (text.startsWith("hr", i) || text.startsWith("ms", i)) {
                i += 2;
            } else if ("wdhms".indexOf(text.charAt(i)) >= 0) {
                i++;
            } else {
                return false;
            }
        }
        return true;
    }
}
