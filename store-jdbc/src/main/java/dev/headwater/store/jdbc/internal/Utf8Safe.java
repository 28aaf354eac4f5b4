package dev.headwater.store.jdbc.internal;

import java.io.IOException;
import java.io.Writer;

/**
 * Passes JSON on, and writes half a surrogate pair as an escape. UTF-8 has no form for it: one driver would refuse it, and
 * another would silently make it a question mark.
 */
final class Utf8Safe extends Writer {

    private final Writer out;

    Utf8Safe(Writer out) {
        this.out = out;
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
        int end = offset + length;
        int from = offset;
        for (int i = offset; i < end; i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (i + 1 < end && Character.isSurrogatePair(c, text.charAt(i + 1))) {
                i++;
            } else {
                out.write(text, from, i - from);
                out.write("\\u" + Integer.toHexString(c));
                from = i + 1;
            }
        }
        out.write(text, from, end - from);
    }

    @Override
    public void write(char[] buffer, int offset, int length) throws IOException {
        write(new String(buffer, offset, length), 0, length);
    }

    @Override
    public void write(int c) throws IOException {
        out.write(c);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
