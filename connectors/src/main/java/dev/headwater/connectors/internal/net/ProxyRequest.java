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
import org.jspecify.annotations.Nullable;

/** What a driver asks of a {@link GateProxy}, and how it wants to be answered. */
abstract class ProxyRequest {

    private static final String BASIC = "basic ";

    private final Endpoint destination;

    ProxyRequest(Endpoint destination) {
        this.destination = destination;
    }

    final Endpoint destination() {
        return destination;
    }

    /** Says that the destination was reached. */
    abstract void accept(OutputStream out) throws IOException;

    /** Says that it was not, and why as far as the protocol can. */
    abstract void refuse(OutputStream out, IOException why) throws IOException;

    /** Passes on what comes for the destination, until the connection ends. */
    void relay(InputStream near, OutputStream far) throws IOException {
        near.transferTo(far);
    }

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
        HttpHead head = HttpHead.read(first, in);
        if (user != null && !knows(head, user)) {
            answer(out, "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"gate\"");
            return null;
        }
        return head.method().equals("CONNECT") ? new Connect(authority(head.target(), -1)) : new HttpRelay(head);
    }

    private static boolean knows(HttpHead head, ProxyUser user) {
        String expected = Base64.getEncoder()
                .encodeToString((user.name() + ":" + user.password()).getBytes(StandardCharsets.US_ASCII));
        return head.values("proxy-authorization").stream()
                .filter(value -> value.regionMatches(true, 0, BASIC, 0, BASIC.length()))
                .anyMatch(value -> value.substring(BASIC.length()).strip().equals(expected));
    }

    static Endpoint authority(String authority, int usualPort) throws IOException {
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

    static void refuseHttp(OutputStream out, IOException why) throws IOException {
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
}
