package dev.headwater.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A faulty server")
class FaultyServerTest {

    private static final int SILENCE_MILLIS = 200;

    private static Socket connect(FaultyServer server) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(SILENCE_MILLIS);
        return socket;
    }

    private static void ask(Socket socket) throws IOException {
        socket.getOutputStream().write('?');
    }

    private static void assertSilent(Socket socket) {
        assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    @DisplayName("that is a black hole takes everything, answers nothing, and counts who is there")
    void blackHole() throws IOException {
        try (FaultyServer server = FaultyServer.blackHole();
                Socket socket = connect(server)) {
            ask(socket);
            assertSilent(socket);
            assertThat(server.accepted()).isEqualTo(1);
            assertThat(server.open()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("that resets does so when it is asked")
    void resetting() throws IOException {
        try (FaultyServer server = FaultyServer.resetting();
                Socket socket = connect(server)) {
            ask(socket);
            socket.setSoTimeout(0);
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    @DisplayName("that answers says the same to everybody, and then hangs up")
    void answering() throws IOException {
        byte[] answer = "nonsense".getBytes(StandardCharsets.US_ASCII);
        try (FaultyServer server = FaultyServer.answering(answer);
                Socket socket = connect(server)) {
            ask(socket);
            socket.setSoTimeout(0);
            assertThat(socket.getInputStream().readAllBytes()).isEqualTo(answer);
        }
    }

    @Test
    @DisplayName("that drips sends its bytes again and again, unasked")
    void dripping() throws IOException {
        try (FaultyServer server = FaultyServer.dripping(new byte[] {'a', 'b'}, Duration.ofMillis(1));
                Socket socket = connect(server)) {
            socket.setSoTimeout(0);
            assertThat(socket.getInputStream().readNBytes(5))
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo("ababa");
        }
    }

    @Test
    @DisplayName("in front of another passes on what both say, until it freezes or is cut")
    void inFront() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                FaultyServer server =
                        FaultyServer.inFrontOf(new InetSocketAddress(other.getInetAddress(), other.getLocalPort()));
                Socket socket = connect(server);
                Socket behind = other.accept()) {
            ask(socket);
            assertThat(behind.getInputStream().read()).isEqualTo('?');
            behind.getOutputStream().write('!');
            assertThat(socket.getInputStream().read()).isEqualTo('!');

            server.freeze();
            behind.getOutputStream().write('!');
            assertSilent(socket);
            assertThat(server.open()).isEqualTo(1);

            server.cut();
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }
}
