package dev.headwater.connectors.internal.net;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Requests in the absolute form, passed on in the origin form one after the other for as long as the connection lasts. All of
 * them go to the destination of the first: another one ends the connection. The first has said who asks; drivers do not say it
 * again.
 */
final class HttpRelay extends ProxyRequest {

    private static final int MAX_LINE = 8_192;

    private final HttpHead first;

    HttpRelay(HttpHead first) throws IOException {
        super(authority(first.authority(), 80));
        this.first = first;
    }

    @Override
    void accept(OutputStream out) {}

    @Override
    void refuse(OutputStream out, IOException why) throws IOException {
        refuseHttp(out, why);
    }

    @Override
    void relay(InputStream from, OutputStream to) throws IOException {
        InputStream near = new BufferedInputStream(from);
        OutputStream far = new BufferedOutputStream(to);
        HttpHead head = first;
        while (head != null) {
            far.write(head.forOrigin());
            far.flush();
            if (head.chunked()) {
                passChunks(near, far);
            } else {
                pass(near, far, head.length());
            }
            far.flush();
            head = next(near);
        }
    }

    private @Nullable HttpHead next(InputStream near) throws IOException {
        int begin = near.read();
        if (begin < 0) {
            return null;
        }
        HttpHead head = HttpHead.read(begin, near);
        if (head.method().equals("CONNECT") || !authority(head.authority(), 80).equals(destination())) {
            throw new ProtocolException("another destination than that of the connection");
        }
        return head;
    }

    private static void pass(InputStream near, OutputStream far, long length) throws IOException {
        byte[] buffer = new byte[16_384];
        for (long left = length; left > 0; ) {
            int read = near.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (read < 0) {
                throw new ProtocolException("a body that breaks off");
            }
            far.write(buffer, 0, read);
            far.flush();
            left -= read;
        }
    }

    /** RFC 9112, section 7.1: chunks, then fields as at the head, then an empty line. */
    private static void passChunks(InputStream near, OutputStream far) throws IOException {
        long size;
        do {
            String line = passLine(near, far);
            String digits = line.split(";", 2)[0].strip();
            if (!digits.matches("[0-9A-Fa-f]{1,15}")) {
                throw new ProtocolException("a chunk of unclear length");
            }
            size = Long.parseLong(digits, 16);
            if (size > 0) {
                pass(near, far, size);
                if (!passLine(near, far).isEmpty()) {
                    throw new ProtocolException("a chunk of unclear length");
                }
            }
        } while (size > 0);
        while (!passLine(near, far).isEmpty()) {
            // The end of the body says itself where it is.
        }
    }

    private static String passLine(InputStream near, OutputStream far) throws IOException {
        StringBuilder line = new StringBuilder();
        while (line.length() < 2 || !line.substring(line.length() - 2).equals("\r\n")) {
            int next = near.read();
            boolean bare = next == '\n' && (line.length() == 0 || line.charAt(line.length() - 1) != '\r');
            if (next < 0 || bare || line.length() == MAX_LINE) {
                throw new ProtocolException("no line of a chunked body");
            }
            line.append((char) next);
        }
        far.write(line.toString().getBytes(StandardCharsets.ISO_8859_1));
        return line.substring(0, line.length() - 2);
    }
}
