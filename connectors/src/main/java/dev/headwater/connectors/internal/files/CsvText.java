package dev.headwater.connectors.internal.files;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Decodes the beginning of a text file: UTF-8, or UTF-16 where a byte order mark says so, as spreadsheets write it. */
final class CsvText {

    private CsvText() {}

    /** {@return the text without its byte order mark; empty if it is no text} */
    static String of(byte[] begin) {
        Charset charset = StandardCharsets.UTF_8;
        int mark = 0;
        if (startsWith(begin, 0xEF, 0xBB, 0xBF)) {
            mark = 3;
        } else if (startsWith(begin, 0xFF, 0xFE)) {
            charset = StandardCharsets.UTF_16LE;
            mark = 2;
        } else if (startsWith(begin, 0xFE, 0xFF)) {
            charset = StandardCharsets.UTF_16BE;
            mark = 2;
        }
        String text = new String(begin, mark, begin.length - mark, charset);
        return text.indexOf('\0') < 0 ? text : "";
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        if (bytes.length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
