package dev.headwater.connectors.oracle;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes one answer in TTC. */
final class TtcWriter {

    static final int PARAMETERS = 8;

    private static final int ERROR = 4;
    private static final int STATUS = 9;
    private static final int CHUNKED = 0xfe;
    private static final int LONGEST_WHOLE = 0xfc;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final int call;

    /** @param call the number of the call that this answers, which its end repeats */
    TtcWriter(int call) {
        this.call = call;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    TtcWriter u8(int value) {
        out.write(value);
        return this;
    }

    TtcWriter u16(int value) {
        return u8(value >> 8).u8(value);
    }

    TtcWriter u16LittleEndian(int value) {
        return u8(value).u8(value >> 8);
    }

    TtcWriter raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** Numbers that are not negative, each after its length in bytes. */
    TtcWriter numbers(long... values) {
        for (long value : values) {
            int length = (Long.SIZE - Long.numberOfLeadingZeros(value) + 7) / 8;
            u8(length);
            for (int i = length - 1; i >= 0; i--) {
                u8((int) (value >> 8 * i));
            }
        }
        return this;
    }

    /** Bytes after their length, or in chunks if there are many. */
    TtcWriter sized(byte[] bytes) {
        if (bytes.length <= LONGEST_WHOLE) {
            return u8(bytes.length).raw(bytes);
        }
        return u8(CHUNKED).numbers(bytes.length).raw(bytes).numbers(0);
    }

    /** A text whose length is told twice, or once if it is 0. */
    TtcWriter optional(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        numbers(bytes.length);
        return bytes.length == 0 ? this : sized(bytes);
    }

    TtcWriter pair(String name, String value, int flags) {
        return optional(name).optional(value).numbers(flags);
    }

    /** Ends the answer to a call that has no result. */
    TtcWriter status() {
        return u8(STATUS).numbers(0, 0);
    }

    /** Ends the answer to a call that went well. */
    TtcWriter done(int cursor, long rows) {
        return end(0, cursor, rows);
    }

    /** @param message begins with its number, such as {@code ORA-00942: } */
    TtcWriter error(String message, int cursor, long rows) {
        return end(Integer.parseInt(message.substring(4, 9)), cursor, rows)
                .sized((message + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private TtcWriter end(int error, int cursor, long rows) {
        u8(ERROR).numbers(0, 0, rows, error, 0, 0, cursor, 0);
        // the kind of statement, and flags
        raw(new byte[6]);
        // a row id, and an error of the operating system
        numbers(0, 0).u8(0).numbers(0, 0, 0);
        u8(0).u8(call).numbers(0, 0);
        // a longer row id, and the errors of a batch
        numbers(0, 0, 0, 0);
        return numbers(error, rows);
    }
}
