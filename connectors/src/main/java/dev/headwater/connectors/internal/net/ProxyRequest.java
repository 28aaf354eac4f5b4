package dev.headwater.connectors.internal.net;

import dev.headwater.connectors.internal.net.GateProxy.ProxyUser;
import dev.headwater.spi.ConnectorException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a driver asks of a {@link GateProxy}, and how it wants to be answered. */
abstract class ProxyRequest {

    private static final int MAX_HEAD = 65_536;
    private static final String BASIC = "proxy-authorization: basic ";

    private final Endpoint destination;

    ProxyRequest(Endpoint destination) {
        this.destination = destination;
    }

    final Endpoint destination() {
        return destination;
    }

    /** {@return what was read that the destination has to get} */
    byte[] head() {
        return new byte[0];
    }

    /** Says that the destination was reached. */
    abstract void accept(OutputStream out) throws IOException;

    /** Says that it was not, and why as far as the protocol can. */
    abstract void refuse(OutputStream out, IOException why) throws IOException;

    /**
     * Reads the request that a connection begins with.
     *
     * @return null if it was turned away, or ended before
     * @throws IOException if it is no request of a proxy
     */
    static @Nullable ProxyRequest read(Socket near, @Nullable ProxyUser user) throws IOException {
        InputStream in = near.getInputStream();
        int first = in.read();
        if (first < 0) {
            return null;
        }
        return first == Socks5Request.VERSION
                ? Socks5Request.read(in, near.getOutputStream(), user)
                : readHttp(first, in, near.getOutputStream(), user);
    }

    static Endpoint endpoint(String host, int port) throws IOException {
        try {
            return Endpoint.of(host, port);
        } catch (ConnectorException e) {
            throw new ProtocolException("no host and port");
        }
    }

    /** Requests of RFC 9112, section 3.2: the authority form of CONNECT, and the absolute form. */
    private static @Nullable ProxyRequest readHttp(
            int first, InputStream in, OutputStream out, @Nullable ProxyUser user) throws IOException {
        List<String> lines = List.of(readHead(first, in).split("\r\n"));
        if (user != null && !knows(lines, user)) {
            answer(out, "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"gate\"");
            return null;
        }
        String[] request = lines.get(0).split(" ");
        if (request.length != 3) {
            throw new ProtocolException("no HTTP request");
        }
        return request[0].equals("CONNECT")
                ? new Connect(authority(request[1], -1))
                : new Absolute(authority(authorityOf(request[1]), 80), lines);
    }

    private static String readHead(int first, InputStream in) throws IOException {
        StringBuilder head = new StringBuilder().append((char) first);
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int next = in.read();
            if (next < 0 || head.length() == MAX_HEAD) {
                throw new ProtocolException("no HTTP request");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static boolean knows(List<String> lines, ProxyUser user) {
        String expected = Base64.getEncoder()
                .encodeToString((user.name() + ":" + user.password()).getBytes(StandardCharsets.US_ASCII));
        return lines.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(BASIC))
                .anyMatch(line -> line.substring(BASIC.length()).strip().equals(expected));
    }

    private static String authorityOf(String url) throws ProtocolException {
        String scheme = "http://";
        if (!url.regionMatches(true, 0, scheme, 0, scheme.length())) {
            throw new ProtocolException("no URL of http");
        }
        return url.substring(scheme.length()).split("[/?#]", 2)[0];
    }

    private static Endpoint authority(String authority, int usualPort) throws IOException {
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon > authority.lastIndexOf(']');
        if (!hasPort) {
            return endpoint(authority, usualPort);
        }
        String port = authority.substring(colon + 1);
        if (!port.matches("[0-9]{1,5}")) {
            throw new ProtocolException("no port");
        }
        return endpoint(authority.substring(0, colon), Integer.parseInt(port));
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private static void refuseHttp(OutputStream out, IOException why) throws IOException {
        String status = why instanceof DestinationRefusedException ? "403 Forbidden" : "502 Bad Gateway";
        answer(out, status);
    }

    private static void answer(OutputStream out, String status) throws IOException {
        write(out, "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    }

    private static final class Connect extends ProxyRequest {

        Connect(Endpoint destination) {
            super(destination);
        }

        @Override
        void accept(OutputStream out) throws IOException {
            write(out, "HTTP/1.1 200 Connection established\r\n\r\n");
        }

        @Override
        void refuse(OutputStream out, IOException why) throws IOException {
            refuseHttp(out, why);
        }
    }

    /** Goes on as it came, since servers take the absolute form (RFC 9112, section 3.2.2), without the proxy's fields. */
    private static final class Absolute extends ProxyRequest {

        private final List<String> lines;

        Absolute(Endpoint destination, List<String> lines) {
            super(destination);
            this.lines = lines;
        }

        @Override
        byte[] head() {
            StringBuilder head = new StringBuilder();
            lines.stream()
                    .filter(line -> !line.toLowerCase(Locale.ROOT).startsWith("proxy-"))
                    .forEach(line -> head.append(line).append("\r\n"));
            return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        }

        @Override
        void accept(OutputStream out) {}

        @Override
        void refuse(OutputStream out, IOException why) throws IOException {
            refuseHttp(out, why);
        }
    }
}
