package dev.headwater.store.jdbc.internal;

/**
 * Reads the JSON that the store wrote itself, from a string that is all there. A page of 100 data sources is mostly this
 * work besides the database's, and Gson's reader, made for streams, takes more than twice as long for it. Lenient with
 * commas; what is no JSON ends in a {@link RuntimeException} that does not repeat it.
 */
final class JsonScanner {

    private final String text;
    private final int firstEscape;
    private int at;

    JsonScanner(String text) {
        this.text = text;
        int escape = text.indexOf('\\');
        this.firstEscape = escape < 0 ? Integer.MAX_VALUE : escape;
    }

    /** The first character of what comes next. */
    char peek() {
        while (text.charAt(at) <= ' ') {
            at++;
        }
        return text.charAt(at);
    }

    void expect(char c) {
        if (peek() != c) {
            throw new IllegalStateException("malformed JSON at " + at);
        }
        at++;
    }

    /** Whether the object or array goes on; if it does not, goes beyond its end. */
    boolean hasNext() {
        char c = peek();
        if (c == ',') {
            at++;
        } else if (c == '}' || c == ']') {
            at++;
            return false;
        }
        return true;
    }

    String nextName() {
        String name = nextString();
        expect(':');
        return name;
    }

    /** A string, or a number or boolean as one. */
    String nextString() {
        if (peek() != '"') {
            return token();
        }
        int from = at + 1;
        int end = text.indexOf('"', from);
        if (end < 0) {
            throw new IllegalStateException("malformed JSON at " + at);
        }
        if (end < firstEscape) {
            at = end + 1;
            return text.substring(from, end);
        }
        return escaped(from);
    }

    private String escaped(int from) {
        StringBuilder string = new StringBuilder();
        int i = from;
        while (true) {
            char c = text.charAt(i++);
            if (c == '"') {
                at = i;
                return string.toString();
            }
            if (c != '\\') {
                string.append(c);
                continue;
            }
            char escape = text.charAt(i++);
            switch (escape) {
                case 'b' -> string.append('\b');
                case 'f' -> string.append('\f');
                case 'n' -> string.append('\n');
                case 'r' -> string.append('\r');
                case 't' -> string.append('\t');
                case 'u' -> {
                    string.append((char) Integer.parseInt(text, i, i + 4, 16));
                    i += 4;
                }
                default -> string.append(escape);
            }
        }
    }

    long nextLong() {
        return Long.parseLong(token());
    }

    boolean nextBoolean() {
        String token = token();
        if (!token.equals("true") && !token.equals("false")) {
            throw new IllegalStateException("malformed JSON at " + at);
        }
        return token.equals("true");
    }

    /** Passes over a value of any type. */
    void skipValue() {
        int depth = 0;
        do {
            char c = peek();
            if (c == '{' || c == '[') {
                depth++;
                at++;
            } else if (c == '}' || c == ']') {
                depth--;
                at++;
            } else if (c == ',' || c == ':') {
                at++;
            } else {
                String unused = nextString();
            }
        } while (depth > 0);
    }

    /** A number, true, false or null. */
    private String token() {
        char c = peek();
        int from = at;
        while (c == '-' || c == '+' || c == '.' || Character.isLetterOrDigit(c)) {
            at++;
            c = text.charAt(at);
        }
        if (at == from) {
            throw new IllegalStateException("malformed JSON at " + at);
        }
        return text.substring(from, at);
    }
}
