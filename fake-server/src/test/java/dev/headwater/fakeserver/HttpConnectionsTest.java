package dev.headwater.fakeserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.fakeserver.internal.HttpFront;
import dev.headwater.spi.SourceSystem;
import dev.headwater.testkit.SettableClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A connection to the HTTP port")
class HttpConnectionsTest {

    private static final FakeServer SERVER =
            FakeServer.builder().clock(SettableClock.at("2026-06-01T08:09:10Z")).start();
    private static final String GET = "GET /api/v2/datasource HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
            + SERVER.token(SourceSystem.DATABRAIN) + "\r\n";

    @AfterAll
    static void close() {
        SERVER.close();
    }

    /** A connection that is written to and read from byte by byte. */
    private static final class Raw implements AutoCloseable {

        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;

        Raw(FakeServer server) throws IOException {
            socket = new Socket("127.0.0.1", server.url().getPort());
            socket.setSoTimeout(20_000);
            in = socket.getInputStream();
            out = socket.getOutputStream();
        }

        void send(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        /** The head of the next answer. */
        String head() throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int c = in.read();
                if (c < 0) {
                    return head.toString();
                }
                head.append((char) c);
            }
            return head.toString();
        }

        /** Whether the server closed it, after what it still had to say. */
        boolean ended() throws IOException {
            in.readAllBytes();
            return true;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    @DisplayName("is asked to go on before a client sends the body that it announced")
    void expectContinue() throws IOException {
        try (Raw raw = new Raw(SERVER)) {
            raw.send(
                    "POST /api/v2/datasource HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
            assertThat(raw.head()).startsWith("HTTP/1.1 100");
            raw.send("{}");
            assertThat(raw.head()).startsWith("HTTP/1.1 401");
        }
    }

    @Test
    @DisplayName("gets the date by the server's clock")
    void date() throws IOException {
        try (Raw raw = new Raw(SERVER)) {
            raw.send(GET + "\r\n");
            assertThat(raw.head()).contains("\r\nDate: Mon, 01 Jun 2026 08:09:10 GMT\r\n");
        }
    }

    @Test
    @DisplayName("is closed where the client asks for it, and after each answer of HTTP/1.0 unless it asks otherwise")
    void closed() throws IOException {
        try (Raw raw = new Raw(SERVER)) {
            raw.send(GET + "Connection: close\r\n\r\n");
            assertThat(raw.head()).startsWith("HTTP/1.1 200").contains("Connection: close");
            assertThat(raw.ended()).isTrue();
        }
        try (Raw raw = new Raw(SERVER)) {
            raw.send(GET.replace("1.1", "1.0") + "\r\n");
            assertThat(raw.head()).contains(" 200 ");
            assertThat(raw.ended()).isTrue();
        }
        try (Raw raw = new Raw(SERVER)) {
            String head =
                    GET.replace("1.1", "1.0").replace("datasource ", "nothing ") + "Connection: keep-alive\r\n\r\n";
            raw.send("HEAD" + head.substring(3) + "HEAD" + head.substring(3));
            assertThat(raw.head()).contains(" 404 ").containsIgnoringCase("Connection: keep-alive");
            assertThat(raw.head()).contains(" 404 ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "GET\r\n\r\n",
                "GET / HTTP/7.0\r\nHost: x\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nnonsense\r\n\r\n",
                "GET /a%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n\r\n"
            })
    @DisplayName("is closed after what is not HTTP, with an error or without, and others are served")
    void malformed(String request) throws IOException {
        try (Raw raw = new Raw(SERVER)) {
            raw.send(request);
            assertThat(raw.head()).doesNotContain(" 200 ");
            assertThat(raw.ended()).isTrue();
        }
        try (Raw raw = new Raw(SERVER)) {
            raw.send(GET + "\r\n");
            assertThat(raw.head()).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    @DisplayName("hears that its headers are too large")
    void headers() throws IOException {
        for (String headers : List.of("X: " + "x".repeat(70_000) + "\r\n", "X: x\r\n".repeat(300))) {
            try (Raw raw = new Raw(SERVER)) {
                raw.send(GET + headers + "\r\n");
                assertThat(raw.head()).startsWith("HTTP/1.1 431");
            }
        }
    }

    @Test
    @DisplayName("hears that a body in chunks is too large, and serves the next request")
    void chunks() throws IOException {
        try (Raw raw = new Raw(SERVER)) {
            raw.send("POST /api/v2/datasource HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
            int size = HttpFront.MAX_BODY_BYTES / 4;
            String chunk = Integer.toHexString(size) + "\r\n" + " ".repeat(size) + "\r\n";
            for (int i = 0; i < 5; i++) {
                raw.send(chunk);
            }
            raw.send("0\r\n\r\nHEAD /api/v2/nothing HTTP/1.1\r\nHost: x\r\n\r\n");
            String head = raw.head();
            assertThat(head).startsWith("HTTP/1.1 400");
            int length = Integer.parseInt(head.replaceAll("(?s).*Content-Length: (\\d+).*", "$1"));
            assertThat(raw.in.readNBytes(length)).hasSize(length);
            assertThat(raw.head()).startsWith("HTTP/1.1 404");
        }
    }

    @Test
    @DisplayName("does not wait for others, however many are open")
    void many() throws IOException {
        List<Raw> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                idle.add(new Raw(SERVER));
            }
            for (Raw raw : idle) {
                raw.send(GET + "\r\n");
            }
            for (Raw raw : idle) {
                assertThat(raw.head()).startsWith("HTTP/1.1 200");
            }
        } finally {
            for (Raw raw : idle) {
                raw.close();
            }
        }
    }

    @Test
    @DisplayName("ends when the server is closed, and its port is free again")
    void end() throws IOException {
        FakeServer server = FakeServer.start();
        int port = server.url().getPort();
        try (Raw idle = new Raw(server);
                Raw stalled = new Raw(server)) {
            idle.send(GET + "\r\n");
            assertThat(idle.head()).contains(" 200 ");
            server.next(1).stall();
            stalled.send(GET + "\r\n");
            server.close();
            assertThat(idle.ended()).isTrue();
        }
        FakeServer.builder().port(port).start().close();
    }
}
