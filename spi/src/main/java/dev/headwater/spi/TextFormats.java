package dev.headwater.spi;

/** The loops behind {@link TextFormat}. */
final class TextFormats {

    private TextFormats() {}

    static boolean host(String text, int from, int to) {
        int colons = 0;
        boolean onlyAddressCharacters = true;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == ':') {
                colons++;
            } else if (!nameCharacter(c)) {
                return false;
            } else if (!addressCharacter(c)) {
                onlyAddressCharacters = false;
            }
        }
        return to > from && (colons == 0 || (colons >= 2 && onlyAddressCharacters));
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
