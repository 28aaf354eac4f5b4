package dev.headwater.spi;

/** The loops behind {@link TextFormat}. */
final class TextFormats {

    /** May stand in a host name. */
    private static final int NAME = 1;

    /** May stand in an IP address, besides the colon. */
    private static final int ADDRESS = 2;

    private static final byte[] CLASSES = new byte[128];

    static {
        for (char c = 0; c < CLASSES.length; c++) {
            CLASSES[c] = (byte) ((nameCharacter(c) ? NAME : 0) | (addressCharacter(c) ? ADDRESS : 0));
        }
    }

    private TextFormats() {}

    static boolean host(String text, int from, int to) {
        int colons = 0;
        int common = NAME | ADDRESS;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == ':') {
                colons++;
            } else {
                common &= c < CLASSES.length ? CLASSES[c] : 0;
            }
        }
        return to > from && (common & NAME) != 0 && (colons == 0 || (colons >= 2 && (common & ADDRESS) != 0));
    }

    static boolean hostsWithPorts(String text) {
        int from = 0;
        while (true) {
            int comma = text.indexOf(',', from);
            int to = comma < 0 ? text.length() : comma;
            if (!hostWithPort(text, from, to)) {
                return false;
            }
            if (comma < 0) {
                return true;
            }
            from = comma + 1;
            while (from < text.length() && text.charAt(from) == ' ') {
                from++;
            }
        }
    }

    private static boolean hostWithPort(String text, int from, int to) {
        int colon = text.indexOf(':', from);
        if (colon <= from || colon >= to - 1 || to - colon > 6) {
            return false;
        }
        for (int i = from; i < colon; i++) {
            if (!nameCharacter(text.charAt(i))) {
                return false;
            }
        }
        for (int i = colon + 1; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    static boolean httpUrl(String text) {
        int from = text.startsWith("https://") ? 8 : text.startsWith("http://") ? 7 : -1;
        if (from < 0) {
            return false;
        }
        int authorityEnd = -1;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                return false;
            }
            if (authorityEnd < 0) {
                if (c == '@') {
                    return false;
                }
                if (c == '/' || c == '?' || c == '#') {
                    authorityEnd = i;
                }
            }
        }
        return (authorityEnd < 0 ? text.length() : authorityEnd) > from;
    }

    private static boolean nameCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '-'
                || c == '_';
    }

    private static boolean addressCharacter(char c) {
        return (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || (c >= '0' && c <= '9') || c == '.';
    }
}
