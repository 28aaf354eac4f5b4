package dev.headwater.connectors.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import dev.headwater.connectors.internal.Failures;
import dev.headwater.connectors.internal.net.TlsSettings;
import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.NetworkPolicy;
import dev.headwater.spi.ResolvedConfig;
import dev.headwater.testkit.FaultyServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The HTTP client of the connectors")
class GatedHttpTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final ResolvedConfig CONFIG = ResolvedConfig.of(Map.of());

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
        server.createContext("/echo", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("X-Method", exchange.getRequestMethod());
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.createContext("/elsewhere", exchange -> {
            exchange.getResponseHeaders().add("Location", "http://169.254.169.254/latest/meta-data");
            exchange.getResponseHeaders().add("Set-Cookie", "a=b");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/cookie", exchange -> {
            exchange.sendResponseHeaders(exchange.getRequestHeaders().containsKey("Cookie") ? 400 : 200, -1);
            exchange.close();
        });
        server.createContext("/long", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try {
                byte[] kilobyte = new byte[1_024];
                for (int i = 0; i < 10_000; i++) {
                    exchange.getResponseBody().write(kilobyte);
                }
            } catch (IOException e) {
                // the client has had enough
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private GatedHttp http(NetworkPolicy policy, Duration timeout) {
        return GatedHttp.open(
                new ConnectionTarget("test", CONFIG, policy, timeout, cancellation), TlsSettings.VERIFIED);
    }

    private Request.Builder request(String path) {
        return request("localhost", server.getAddress().getPort(), path);
    }

    private static Request.Builder request(String host, int port, String path) {
        return new Request.Builder().url("http://" + host + ":" + port + path);
    }

    private FailureCode code(Throwable failure) {
        return Failures.translate((cause, config) -> null, CONFIG, cancellation, "ask", failure)
                .failure();
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("waited for too long").isNegative();
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    @DisplayName("asks the policy about each address, and sends and reads")
    void sends() throws IOException {
        try (GatedHttp http = http(noting, TIMEOUT)) {
            RequestBody body = RequestBody.create("grüße".getBytes(StandardCharsets.UTF_8));
            HttpAnswer answer = http.send(request("/echo").post(body).build(), 100);
            assertThat(answer.ok()).isTrue();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("grüße");
            assertThat(answer.header("x-method")).contains("POST");
            assertThat(answer).hasToString("HttpAnswer[200]");
            assertThat(http.send(request("/echo").build(), 100).body()).isEmpty();
        }
        assertThat(asked).contains("localhost/127.0.0.1:" + server.getAddress().getPort());
    }

    @Test
    @DisplayName("follows no redirect and keeps no cookie")
    void redirect() throws IOException {
        try (GatedHttp http = http(noting, TIMEOUT)) {
            assertThat(http.send(request("/elsewhere").build(), 100).status()).isEqualTo(302);
            assertThat(http.send(request("/cookie").build(), 100).status()).isEqualTo(200);
        }
        assertThat(asked).noneMatch(one -> one.contains("169.254"));
    }

    @Test
    @DisplayName("takes no longer answer than allowed")
    void tooLong() {
        try (GatedHttp http = http(noting, TIMEOUT)) {
            assertThatThrownBy(() -> http.send(request("/long").build(), 100_000))
                    .isInstanceOf(AnswerTooLongException.class)
                    .hasMessageContaining("100000");
        }
    }

    @Test
    @DisplayName("goes nowhere where the policy does not allow it")
    void refused() {
        try (FaultyServer nobody = FaultyServer.blackHole();
                GatedHttp http = http((host, address, port) -> false, TIMEOUT)) {
            Throwable failure = catchThrowable(
                    () -> http.send(request("localhost", nobody.port(), "/").build(), 100));
            assertThat(code(failure)).isEqualTo(FailureCode.DESTINATION_REFUSED);
            assertThat(nobody.accepted()).isZero();
        }
    }

    @Test
    @DisplayName("tells apart why there is no answer")
    void failures() throws IOException {
        int closed;
        try (ServerSocket bound = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = bound.getLocalPort();
        }
        try (GatedHttp http = http(noting, TIMEOUT);
                FaultyServer resetting = FaultyServer.resetting()) {
            assertThat(code(catchThrowable(
                            () -> http.send(request("localhost", closed, "/").build(), 100))))
                    .isEqualTo(FailureCode.CONNECTION_REFUSED);
            assertThat(code(catchThrowable(() ->
                            http.send(request("no-such-host.invalid", 80, "/").build(), 100))))
                    .isEqualTo(FailureCode.UNKNOWN_HOST);
            assertThat(code(catchThrowable(() -> http.send(
                            request("localhost", resetting.port(), "/").build(), 100))))
                    .isEqualTo(FailureCode.CONNECTION_LOST);
        }
    }

    @Test
    @DisplayName("gives up in time on a server that is silent, and on one that drips")
    void deadline() {
        try (FaultyServer silent = FaultyServer.blackHole();
                FaultyServer dripping = FaultyServer.dripping(
                        "HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII), Duration.ofMillis(20));
                GatedHttp http = http(noting, Duration.ofMillis(400))) {
            for (FaultyServer server : List.of(silent, dripping)) {
                Throwable failure = catchThrowable(
                        () -> http.send(request("localhost", server.port(), "/").build(), 1_000_000));
                assertThat(code(failure)).isEqualTo(FailureCode.TIMED_OUT);
                until(() -> server.open() == 0);
            }
        }
    }

    @Test
    @DisplayName("is freed at once by a cancel")
    void cancel() throws Exception {
        try (FaultyServer silent = FaultyServer.blackHole();
                GatedHttp http = http(noting, TIMEOUT)) {
            CompletableFuture<Throwable> ended = CompletableFuture.supplyAsync(() -> catchThrowable(
                    () -> http.send(request("localhost", silent.port(), "/").build(), 100)));
            until(() -> silent.open() == 1);
            cancellation.cancel();
            assertThat(code(ended.get(20, TimeUnit.SECONDS))).isEqualTo(FailureCode.CANCELLED);
            until(() -> silent.open() == 0);
        }
    }

    @Test
    @DisplayName("keeps a connection for the next request, and none when it is closed")
    void keepsAlive() throws IOException {
        try (FaultyServer counting = FaultyServer.inFrontOf(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), server.getAddress().getPort()))) {
            try (GatedHttp http = http(noting, TIMEOUT)) {
                http.send(request("localhost", counting.port(), "/cookie").build(), 100);
                http.send(request("localhost", counting.port(), "/cookie").build(), 100);
                assertThat(counting.accepted()).isEqualTo(1);
            }
            until(() -> counting.open() == 0);
        }
    }

    @Test
    @DisplayName("refuses URLs with users, queries or other schemes, and does not repeat them")
    void urls() {
        assertThat(GatedHttp.url("endpoint_url", "https://example.com/a").host())
                .isEqualTo("example.com");
        for (String bad :
                List.of("ftp://x/s3cret", "https://u:s3cret@x", "https://x/?a=s3cret", "s3cret", "https://x/#s3cret")) {
            assertThatThrownBy(() -> GatedHttp.url("endpoint_url", bad))
                    .isInstanceOf(ConnectorException.class)
                    .hasMessageContaining("endpoint_url")
                    .hasMessageNotContaining("s3cret");
        }
    }
}
