package dev.headwater.connectors.internal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.headwater.spi.Cancellation;
import dev.headwater.spi.NetworkPolicy;
import dev.headwater.testkit.FaultyServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Authenticator;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The proxy for drivers without a socket factory")
class GateProxyTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final NetworkPolicy noting = (host, address, port) -> {
        asked.add(host + "/" + address.getHostAddress() + ":" + port);
        return true;
    };
    private final Cancellation cancellation = new Cancellation();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] answer = ("hello " + exchange.getRequestURI().getPath() + " "
                            + exchange.getRequestHeaders().containsKey("Proxy-Authorization"))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Passage passage(NetworkPolicy policy) {
        return new Passage(policy, TIMEOUT, cancellation, null);
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private static Proxy socks(GateProxy proxy) {
        return new Proxy(Proxy.Type.SOCKS, new InetSocketAddress(proxy.host(), proxy.port()));
    }

    private static String get(Proxy through, String url) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection(through);
        try (InputStream in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            connection.disconnect();
        }
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("waited for too long").isNegative();
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("headwater-proxy-"))
                .count();
    }

    @Test
    @DisplayName("speaks SOCKS5, resolves names itself, and asks the policy about the address")
    void socks() throws IOException {
        try (GateProxy proxy = GateProxy.open(passage(noting));
                Socket socket = new Socket(socks(proxy))) {
            socket.connect(InetSocketAddress.createUnresolved("localhost", port()));
            socket.getOutputStream().write("GET /socks HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .endsWith("hello /socks false");
        }
        assertThat(asked).contains("localhost/127.0.0.1:" + port());
        until(() -> threads() == 0);
    }

    @Test
    @DisplayName("speaks HTTP with a whole URL, and with CONNECT")
    void http() throws Exception {
        try (GateProxy proxy = GateProxy.open(passage(noting))) {
            Proxy http = new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.host(), proxy.port()));
            assertThat(get(http, "http://localhost:" + port() + "/url?q=1")).isEqualTo("hello /url false");
            try (Socket socket = new Socket(proxy.host(), proxy.port())) {
                OutputStream out = socket.getOutputStream();
                out.write(("CONNECT localhost:" + port()
                                + " HTTP/1.1\r\nHost: localhost\r\n\r\nGET /tunnel HTTP/1.0\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                        .startsWith("HTTP/1.1 200 Connection established\r\n\r\n")
                        .endsWith("hello /tunnel false");
            }
        }
        assertThat(asked).hasSize(2).allMatch(one -> one.endsWith(":" + port()));
        until(() -> threads() == 0);
    }

    @Test
    @DisplayName("with a guard lets nobody in who does not know its password, which goes no further")
    void guarded() throws Exception {
        try (GateProxy proxy = GateProxy.guarded(passage(noting))) {
            Proxy http = new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.host(), proxy.port()));
            assertThatThrownBy(() -> get(http, "http://localhost:" + port() + "/"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("407");
            assertThatThrownBy(() -> {
                        try (Socket socket = new Socket(socks(proxy))) {
                            socket.connect(InetSocketAddress.createUnresolved("localhost", port()));
                        }
                    })
                    .isInstanceOf(SocketException.class);
            assertThat(asked).isEmpty();

            GateProxy.ProxyUser user = proxy.user();
            assertThat(user).hasToString("ProxyUser");
            HttpClient client = HttpClient.newBuilder()
                    .proxy(java.net.ProxySelector.of(new InetSocketAddress(proxy.host(), proxy.port())))
                    .authenticator(new Authenticator() {
                        @Override
                        protected PasswordAuthentication getPasswordAuthentication() {
                            return new PasswordAuthentication(
                                    user.name(), user.password().toCharArray());
                        }
                    })
                    .build();
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port() + "/in"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.body()).isEqualTo("hello /in false");

            try (Socket socket = new Socket(proxy.host(), proxy.port())) {
                OutputStream out = socket.getOutputStream();
                out.write(new byte[] {5, 2, 0, 2});
                assertThat(socket.getInputStream().readNBytes(2)).containsExactly(5, 2);
                out.write(login(user));
                assertThat(socket.getInputStream().readNBytes(2)).containsExactly(1, 0);
            }
        }
    }

    private static byte[] login(GateProxy.ProxyUser user) {
        byte[] name = user.name().getBytes(StandardCharsets.US_ASCII);
        byte[] password = user.password().getBytes(StandardCharsets.US_ASCII);
        byte[] login = new byte[3 + name.length + password.length];
        login[0] = 1;
        login[1] = (byte) name.length;
        System.arraycopy(name, 0, login, 2, name.length);
        login[2 + name.length] = (byte) password.length;
        System.arraycopy(password, 0, login, 3 + name.length, password.length);
        return login;
    }

    @Test
    @DisplayName("goes nowhere where the policy does not allow it, and says why to who asks")
    void refused() throws IOException {
        try (FaultyServer nobody = FaultyServer.blackHole();
                GateProxy proxy = GateProxy.open(passage((host, address, port) -> false))) {
            proxy.loggingIn();
            try (Socket socket = new Socket(socks(proxy))) {
                assertThatThrownBy(() -> socket.connect(InetSocketAddress.createUnresolved("localhost", nobody.port())))
                        .isInstanceOf(SocketException.class);
            }
            assertThat(proxy.failure()).isInstanceOf(DestinationRefusedException.class);
            assertThat(nobody.accepted()).isZero();
            proxy.loggingIn();
            assertThat(proxy.failure()).isNull();
        }
    }

    @Test
    @DisplayName("leads to one destination alone where it was told so")
    void onlyTo() throws IOException {
        try (GateProxy proxy = GateProxy.open(passage(noting))) {
            Proxy http = new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.host(), proxy.port()));
            proxy.onlyTo(Endpoint.of("localhost", port()));
            assertThat(get(http, "http://localhost:" + port() + "/only")).isEqualTo("hello /only false");
            assertThatThrownBy(() -> get(http, "http://127.0.0.1:" + port() + "/other"))
                    .isInstanceOf(IOException.class);
            assertThat(proxy.failure()).isInstanceOf(DestinationRefusedException.class);
        }
    }

    @Test
    @DisplayName("tells a name that nobody knows from a port where nobody listens")
    void failures() throws IOException {
        try (GateProxy proxy = GateProxy.open(passage(noting));
                ServerSocket bound = new ServerSocket()) {
            try (Socket socket = new Socket(socks(proxy))) {
                assertThatThrownBy(() -> socket.connect(InetSocketAddress.createUnresolved("no-such-host.invalid", 80)))
                        .isInstanceOf(SocketException.class);
            }
            assertThat(proxy.failure()).isInstanceOf(UnknownHostException.class);
            bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int closedPort = bound.getLocalPort();
            bound.close();
            try (Socket socket = new Socket(socks(proxy))) {
                assertThatThrownBy(() -> socket.connect(InetSocketAddress.createUnresolved("localhost", closedPort)))
                        .isInstanceOf(SocketException.class);
            }
            assertThat(proxy.failure()).isInstanceOf(ConnectException.class);
        }
    }

    /** Waits for the end of what the other side sends; a proxy may end it in order or by a reset. */
    private static boolean isEnded(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException e) {
            return true;
        }
    }

    @Test
    @DisplayName("waits for no answer beyond a login's time, and waits again when the login is done")
    void deadline() throws IOException {
        Passage quick = new Passage(noting, Duration.ofMillis(300), cancellation, null);
        try (FaultyServer silent = FaultyServer.blackHole();
                GateProxy proxy = GateProxy.open(quick)) {
            proxy.loggingIn();
            try (Socket socket = new Socket(socks(proxy))) {
                socket.connect(InetSocketAddress.createUnresolved("localhost", silent.port()));
                assertThat(isEnded(socket)).isTrue();
            }
            assertThat(proxy.failure()).isInstanceOf(SocketTimeoutException.class);
            proxy.loggingIn();
            proxy.loggedIn();
            try (Socket socket = new Socket(socks(proxy))) {
                socket.connect(InetSocketAddress.createUnresolved("localhost", silent.port()));
                socket.setSoTimeout(600);
                assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            }
            assertThat(proxy.failure()).isNull();
        }
        until(() -> threads() == 0);
    }

    @Test
    @DisplayName("ends all connections and threads when its work is cancelled")
    void cancelled() throws IOException {
        try (FaultyServer silent = FaultyServer.blackHole();
                GateProxy proxy = GateProxy.open(passage(noting));
                Socket socket = new Socket(socks(proxy))) {
            socket.connect(InetSocketAddress.createUnresolved("localhost", silent.port()));
            until(() -> silent.open() == 1);
            cancellation.cancel();
            until(() -> silent.open() == 0 && threads() == 0);
            assertThatThrownBy(() -> new Socket(proxy.host(), proxy.port()).close())
                    .isInstanceOf(ConnectException.class);
        }
    }
}
