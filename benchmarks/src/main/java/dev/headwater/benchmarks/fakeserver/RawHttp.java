package dev.headwater.benchmarks.fakeserver;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One connection of HTTP/1.1 that stays open. The least client, so that what is measured is the server: it loads no class
 * that a JVM does not have ready, and looks only for the status, the length and the end of an answer.
 */
final class RawHttp implements Closeable {

    private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private byte[] buffer = new byte[16_384];
    private int bodyStart;
    private int bodyEnd;

    RawHttp(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    /** A request as it goes over the wire. */
    static byte[] request(String method, String path, String token, String json) {
        return request(method, path, token, "application/json", json);
    }

    /** A request with a body of some type. */
    static byte[] request(String method, String path, String token, String type, String body) {
        // joined, since a first + takes a JVM as long as a small server's start
        return String.join(
                        "",
                        method,
                        " ",
                        path,
                        " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ",
                        token,
                        "\r\nx-chalk-env-id: test\r\nContent-Type: ",
                        type,
                        "\r\nContent-Length: ",
                        Integer.toString(body.getBytes(StandardCharsets.UTF_8).length),
                        "\r\n\r\n",
                        body)
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Sends a request and reads the answer.
     *
     * @return its status
     */
    int call(byte[] request) throws IOException {
        out.write(request);
        int have = 0;
        int head = -1;
        bodyEnd = Integer.MAX_VALUE;
        while (have < bodyEnd) {
            if (have == buffer.length) {
                buffer = Arrays.copyOf(buffer, 2 * have);
            }
            int read = in.read(buffer, have, buffer.length - have);
            if (read < 0) {
                throw new EOFException("the server closed the connection");
            }
            have += read;
            if (head < 0) {
                head = headEnd(have);
                if (head >= 0) {
                    bodyStart = head;
                    bodyEnd = head + length(head);
                }
            }
        }
        return 100 * (buffer[9] - '0') + 10 * (buffer[10] - '0') + (buffer[11] - '0');
    }

    private int headEnd(int have) {
        for (int i = 3; i < have; i++) {
            if (buffer[i] == '\n' && buffer[i - 1] == '\r' && buffer[i - 2] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    private int length(int head) throws IOException {
        for (int line = 0; line < head; line++) {
            if (buffer[line] == '\n' && isLength(line + 1)) {
                int length = 0;
                for (int i = line + 1 + LENGTH.length; buffer[i] != '\r'; i++) {
                    length = buffer[i] == ' ' ? length : 10 * length + buffer[i] - '0';
                }
                return length;
            }
        }
        throw new IOException("an answer without a length");
    }

    private boolean isLength(int at) {
        for (int i = 0; i < LENGTH.length; i++) {
            if ((buffer[at + i] | 0x20) != (LENGTH[i] | 0x20)) {
                return false;
            }
        }
        return true;
    }

    /** {@return the body of the last answer} */
    String body() {
        return new String(buffer, bodyStart, bodyEnd - bodyStart, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
