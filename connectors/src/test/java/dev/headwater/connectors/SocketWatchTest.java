package dev.headwater.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.connectors.internal.net.Endpoint;
import dev.headwater.connectors.internal.net.Passage;
import dev.headwater.connectors.internal.net.ReadLimit;
import dev.headwater.spi.Cancellation;
import dev.headwater.spi.NetworkPolicy;
import dev.headwater.testkit.FaultyServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A watch over the JVM's sockets")
class SocketWatchTest {

    private final SocketWatch watch = new SocketWatch();
    private final FaultyServer server = FaultyServer.resetting();

    @BeforeEach
    void begin() {
        watch.begin();
    }

    @AfterEach
    void end() {
        watch.end();
        server.close();
    }

    @Test
    @DisplayName("sees those that were made past the gate, also by the JDK")
    void past() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            assertThat(socket.isConnected()).isTrue();
        }
        HttpURLConnection http = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + server.port()).toURL().openConnection();
        assertThatThrownBy(http::getResponseCode).isInstanceOf(IOException.class);
        assertThat(watch.past()).isEmpty();
        assertThat(watch.past(server.port())).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    @DisplayName("sees those to other machines before they connect")
    void elsewhere() {
        // An address for documentation: https://www.rfc-editor.org/rfc/rfc5737.
        assertThatThrownBy(() -> {
                    try (Socket socket = new Socket()) {
                        socket.connect(new InetSocketAddress("192.0.2.1", 443), 1);
                    }
                })
                .isInstanceOf(IOException.class);
        assertThat(watch.past()).containsExactly("192.0.2.1:443");
    }

    @Test
    @DisplayName("leaves out those of the gate")
    void gated() throws IOException {
        Passage passage = new Passage(NetworkPolicy.refuseLinkLocal(), Targets.TIMEOUT, new Cancellation(), null);
        passage.connect(Endpoint.of("127.0.0.1", server.port()), ReadLimit.NONE).close();
        assertThat(watch.past(server.port())).isEmpty();
    }
}
