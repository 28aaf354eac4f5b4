package dev.headwater.core.internal.secret;

/** Makes text from outside fit for a message: no control characters, which could forge lines of a log. */
public final class Printable {

    private Printable() {}

    /** {@return the text with each control character written as its number} */
    public static String of(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.chars().forEach(c -> {
            if (Character.isISOControl(c)) {
                printable.append(String.format("\\u%04x", c));
            } else {
                printable.append((char) c);
            }
        });
        return printable.toString();
    }
}
