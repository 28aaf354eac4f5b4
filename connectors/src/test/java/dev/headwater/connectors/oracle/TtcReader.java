package dev.headwater.connectors.oracle;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads requests in TTC. */
final class TtcReader {

    private static final int CHUNKED = 0xfe;

    private final DataInputStream in;

    TtcReader(InputStream in) {
        this.in = new DataInputStream(in);
    }

    int u8() throws IOException {
        return in.readUnsignedByte();
    }

    int u16() throws IOException {
        return in.readUnsignedShort();
    }

    byte[] bytes(int length) throws IOException {
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }

    void skip(int length) throws IOException {
        bytes(length);
    }

    /** Skips what ends with a zero. */
    void skipTerminated() throws IOException {
        int read = u8();
        while (read != 0) {
            read = u8();
        }
    }

    /** A number that is not negative, after its length in bytes. */
    int number() throws IOException {
        int number = 0;
        for (int left = u8(); left > 0; left--) {
            number = number << 8 | u8();
        }
        return number;
    }

    void skipNumbers(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            number();
        }
    }

    /** Bytes after their length, or in chunks if there are many. */
    byte[] sized() throws IOException {
        int length = u8();
        if (length != CHUNKED) {
            return bytes(length);
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (int chunk = number(); chunk > 0; chunk = number()) {
            whole.writeBytes(bytes(chunk));
        }
        return whole.toByteArray();
    }

    /** A text whose length is told twice, or once if it is 0. */
    String optional() throws IOException {
        return number() == 0 ? "" : new String(sized(), StandardCharsets.UTF_8);
    }

    /** Pairs of a name and a value, each with flags. */
    Map<String, String> pairs(int count) throws IOException {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            pairs.put(optional(), optional());
            number();
        }
        return pairs;
    }
}
