package dev.headwater.connectors.oracle;

import static dev.headwater.connectors.Targets.failure;
import static dev.headwater.connectors.Targets.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.headwater.connectors.Await;
import dev.headwater.connectors.Connectors;
import dev.headwater.connectors.Targets;
import dev.headwater.connectors.TestCertificates;
import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.NetworkPolicy;
import dev.headwater.spi.ResolvedConfig;
import dev.headwater.spi.SecretValue;
import dev.headwater.testkit.FaultyServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Logging in to Oracle, as far as its listener,")
class OracleLoginTest {

    private static final String PASSWORD = "planted-password";
    private static final long GENEROUS_SECONDS = 30;

    private static OracleServer secure;
    private static OracleServer plain;

    private final Connector connector = Connectors.oracle();
    private final Map<String, Object> config = new LinkedHashMap<>();

    @BeforeAll
    static void startListeners() {
        secure = OracleServer.start(TestCertificates.trusted());
        plain = OracleServer.start(null);
    }

    OracleLoginTest() {
        config.put("host", TestCertificates.SERVER_NAME);
        config.put("port", (long) secure.port());
        config.put("database", "e12514");
        config.put("username", "app");
        config.put("password", SecretValue.of(PASSWORD));
    }

    private ConnectorException openFails(ConnectionTarget target) {
        ConnectorException failure = failure(() -> connector.open(target).close());
        assertThat(failure).hasNoCause().hasNoSuppressedExceptions().hasMessageNotContaining(PASSWORD);
        return failure;
    }

    private ConnectorException openFails() {
        return openFails(target("oracle", config));
    }

    @ParameterizedTest
    @CsvSource({
        "e12514,NO_SUCH_DATABASE",
        "e12505,NO_SUCH_DATABASE",
        "e12516,FAILED",
        "e12526,FAILED",
        "e12537,CONNECTION_LOST"
    })
    @DisplayName("tells what a listener says, over TLS and without")
    void refusals(String service, FailureCode code) {
        config.put("database", service);
        ConnectorException failure = openFails();
        assertThat(failure.failure()).isEqualTo(code);
        assertThat(failure).hasMessageContaining("ORA-" + service.substring(1));
        config.put("ssl.enabled", false);
        config.put("port", (long) plain.port());
        assertThat(openFails().failure()).isEqualTo(code);
        assertThat(plain.lastRequest()).contains("SERVICE_NAME=" + service).doesNotContain(PASSWORD);
    }

    @Test
    @DisplayName("reaches it without a login")
    void reaches() {
        assertThatCode(() -> connector.reach(target("oracle", config))).doesNotThrowAnyException();
    }

    @Test
    @DisplayName("fails where nobody trusted has signed the certificate, or it is for another name")
    void certificates() {
        config.put("host", "127.0.0.1");
        assertThat(openFails().failure()).isEqualTo(FailureCode.TLS_FAILED);
        config.put("host", TestCertificates.SERVER_NAME);
        config.put("port", (long) OracleServer.start(TestCertificates.strange()).port());
        assertThat(openFails().failure()).isEqualTo(FailureCode.TLS_FAILED);
    }

    @Test
    @DisplayName("tells a host that does not exist")
    void unknownHost() {
        config.put("host", "no-such-host.invalid");
        assertThat(openFails().failure()).isEqualTo(FailureCode.UNKNOWN_HOST);
    }

    @Test
    @DisplayName("tells a port where nobody listens")
    void refused() throws IOException {
        try (Socket nobody = new Socket()) {
            nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            config.put("port", (long) nobody.getLocalPort());
            assertThat(openFails().failure()).isEqualTo(FailureCode.CONNECTION_REFUSED);
        }
    }

    @ParameterizedTest(name = "TLS {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName("gives up on a silent server when its time is up, and leaves no connection")
    void silence(boolean tls) {
        config.put("ssl.enabled", tls);
        try (FaultyServer server = FaultyServer.blackHole()) {
            config.put("port", (long) server.port());
            assertThat(openFails(target("oracle", config, Duration.ofMillis(500), new Cancellation()))
                            .failure())
                    .isEqualTo(FailureCode.TIMED_OUT);
            Await.until(() -> server.open() == 0);
        }
    }

    @ParameterizedTest(name = "TLS {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName("is freed by a cancel while the server is silent")
    void cancel(boolean tls) throws Exception {
        config.put("ssl.enabled", tls);
        try (FaultyServer server = FaultyServer.blackHole()) {
            config.put("port", (long) server.port());
            Cancellation cancellation = new Cancellation();
            ConnectionTarget target = target("oracle", config, Duration.ofHours(1), cancellation);
            CompletableFuture<FailureCode> ended =
                    CompletableFuture.supplyAsync(() -> openFails(target).failure());
            Await.until(() -> server.open() > 0);
            cancellation.cancel();
            assertThat(ended.get(GENEROUS_SECONDS, TimeUnit.SECONDS)).isEqualTo(FailureCode.CANCELLED);
            Await.until(() -> server.open() == 0);
        }
    }

    @Test
    @DisplayName("tells a server that breaks the connection off, and one that is no Oracle")
    void broken() {
        config.put("ssl.enabled", false);
        try (FaultyServer server = FaultyServer.resetting()) {
            config.put("port", (long) server.port());
            assertThat(openFails().failure()).isEqualTo(FailureCode.CONNECTION_LOST);
        }
        try (FaultyServer server = FaultyServer.answering("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes())) {
            config.put("port", (long) server.port());
            assertThat(openFails().failure()).isIn(FailureCode.WRONG_SERVER, FailureCode.CONNECTION_LOST);
        }
    }

    @Test
    @DisplayName("goes nowhere where the policy does not allow it, and nowhere for a client that nobody uses")
    void policy() {
        try (FaultyServer server = FaultyServer.blackHole()) {
            config.put("port", (long) server.port());
            NetworkPolicy none = (host, address, port) -> false;
            ConnectionTarget target = new ConnectionTarget(
                    "oracle", ResolvedConfig.of(config), none, Targets.TIMEOUT, new Cancellation());
            assertThat(openFails(target).failure()).isEqualTo(FailureCode.DESTINATION_REFUSED);
            try (ConnectorClient client = connector.client(target("oracle", config), new ClientSettings("oracle", 2))) {
                assertThat(client.inUse()).isZero();
            }
            assertThat(server.accepted()).isZero();
        }
    }
}
