package dev.headwater.secrets.aws.internal;

/** A caller's text in quotes, fit for one line of a log: what is not printable ASCII is escaped, and the rest is cut. */
final class Shown {

    private static final int MAX = 300;

    private Shown() {}

    static String of(String text) {
        StringBuilder shown = new StringBuilder("\"");
        for (int i = 0; i < text.length() && i < MAX; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                shown.append(String.format("\\u%04x", (int) c));
            } else {
                shown.append(c);
            }
        }
        return shown.append(text.length() > MAX ? "…\"" : "\"").toString();
    }
}
