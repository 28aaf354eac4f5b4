package dev.headwater.connectors.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.spi.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A request with a whole URL, passed on by the proxy,")
class HttpRelayTest {

    private static final int MILLIS = 20_000;

    private ServerSocket origin;
    private GateProxy proxy;
    private Socket client;

    @BeforeEach
    void open() throws IOException {
        origin = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        origin.setSoTimeout(MILLIS);
        proxy = GateProxy.guarded(
                new Passage((host, address, port) -> true, Duration.ofMillis(MILLIS), new Cancellation(), null));
        client = new Socket(proxy.host(), proxy.port());
        client.setSoTimeout(MILLIS);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        proxy.close();
        origin.close();
    }

    private String at() {
        return "127.0.0.1:" + origin.getLocalPort();
    }

    private String guard() {
        GateProxy.ProxyUser user = proxy.user();
        String login = user.name() + ":" + user.password();
        return "pRoxy-Authorization: Basic "
                + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.US_ASCII)) + "\r\n";
    }

    private void send(String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String readUpTo(String end, InputStream in) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(end) < 0) {
            int next = in.read();
            assertThat(next).as("after " + read).isNotNegative();
            read.append((char) next);
        }
        return read.toString();
    }

    @Test
    @DisplayName("reaches the origin in its own form, without what was for the proxy alone")
    void form() throws IOException {
        send("GET HTTP://" + at() + "?a=b#c HTTP/1.1\r\nHost: other.example\r\n" + guard()
                + "Proxy-Connection: keep-alive\r\nKeep-Alive: 5\r\nTE: gzip\r\nUpgrade: h2c\r\nHTTP2-Settings: x\r\n"
                + "Connection: Keep-Alive, X-Hop, close\r\nX-Hop: 1\r\nX-End: 2\r\n\r\n");
        try (Socket far = origin.accept()) {
            assertThat(readUpTo("\r\n\r\n", far.getInputStream()))
                    .isEqualTo("GET /?a=b HTTP/1.1\r\nHost: " + at() + "\r\nX-End: 2\r\nConnection: close\r\n\r\n");
        }
    }

    @Test
    @DisplayName("is followed by others on the same connection, with bodies, none of which shows the proxy's password")
    void following() throws IOException {
        send("POST http://" + at() + "/1 HTTP/1.1\r\n" + guard() + "Content-Length: 5\r\n\r\nGET 1");
        send("PUT http://" + at() + "/2 HTTP/1.1\r\n" + guard()
                + "Transfer-Encoding: chunked\r\nConnection: Transfer-Encoding\r\n\r\n"
                + "3;x=y\r\nabc\r\n0A\r\n0123456789\r\n0\r\nX-Sum: 1\r\n\r\n");
        send("OPTIONS http://" + at() + " HTTP/1.1\r\n\r\n");
        try (Socket far = origin.accept()) {
            far.setSoTimeout(MILLIS);
            String host = "Host: " + at() + "\r\n";
            assertThat(readUpTo("OPTIONS * HTTP/1.1\r\n" + host + "\r\n", far.getInputStream()))
                    .isEqualTo("POST /1 HTTP/1.1\r\n" + host + "Content-Length: 5\r\n\r\nGET 1"
                            + "PUT /2 HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n"
                            + "3;x=y\r\nabc\r\n0A\r\n0123456789\r\n0\r\nX-Sum: 1\r\n\r\n"
                            + "OPTIONS * HTTP/1.1\r\n" + host + "\r\n");
            far.getOutputStream().write("HTTP/1.1 204 None\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(readUpTo("\r\n\r\n", client.getInputStream())).startsWith("HTTP/1.1 204");
        }
    }

    @Test
    @DisplayName("opens the way for no other destination")
    void elsewhere() throws IOException {
        for (String next : new String[] {
            "GET http://127.0.0.1:1/ HTTP/1.1\r\n" + guard() + "\r\n",
            "CONNECT " + at() + " HTTP/1.1\r\n" + guard() + "\r\n"
        }) {
            client = new Socket(proxy.host(), proxy.port());
            send("GET http://" + at() + "/first HTTP/1.1\r\n" + guard() + "\r\n" + next);
            try (Socket far = origin.accept()) {
                far.setSoTimeout(MILLIS);
                assertThat(rest(far)).contains("/first").doesNotContain("second", "CONNECT", "roxy-");
            }
            client.close();
        }
    }

    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X: 1\r\n folded",
                "X: 1\nProxy-Authorization: Basic x",
                "X : 1",
                "X",
                ": 1",
                "Content-Length: 1\r\nContent-Length: 2",
                "Content-Length: 1, 1",
                "Content-Length: -1",
                "Content-Length: 1\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"
            })
    @DisplayName("goes nowhere if the origin could read it otherwise than the proxy does")
    void unclear(String field) throws IOException {
        send("POST http://" + at() + "/ HTTP/1.1\r\n" + guard() + field + "\r\n\r\n");
        assertThat(ended()).isTrue();
        origin.setSoTimeout(1);
        assertThat(org.assertj.core.api.Assertions.catchThrowable(origin::accept))
                .isInstanceOf(java.net.SocketTimeoutException.class);
    }

    private boolean ended() throws IOException {
        try {
            return client.getInputStream().read() < 0;
        } catch (SocketException e) {
            return true;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\r\n", "1\r\nab\r\n0\r\n\r\n", "1\na\r\n", "fffffffffffffffff\r\n"})
    @DisplayName("is broken off at chunks that are none")
    void badChunks(String chunks) throws IOException {
        send("POST http://" + at() + "/ HTTP/1.1\r\n" + guard() + "Transfer-Encoding: chunked\r\n\r\n" + chunks);
        try (Socket far = origin.accept()) {
            far.setSoTimeout(MILLIS);
            assertThat(rest(far)).doesNotContain("0\r\n\r\n");
            assertThat(ended()).isTrue();
        }
    }
}
