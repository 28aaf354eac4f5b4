package dev.headwater.connectors.oracle;

import static dev.headwater.connectors.Targets.failure;
import static dev.headwater.connectors.Targets.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.connectors.Await;
import dev.headwater.connectors.Connectors;
import dev.headwater.connectors.Targets;
import dev.headwater.connectors.TestCertificates;
import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.NetworkPolicy;
import dev.headwater.spi.ResolvedConfig;
import dev.headwater.spi.SecretValue;
import dev.headwater.testkit.FaultyServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Logging in to Oracle")
class OracleLoginTest {

    private static OracleServer secure;
    private static OracleServer plain;

    private final Connector connector = Connectors.oracle();
    private final Map<String, Object> config = OracleFixture.config(secure);

    @BeforeAll
    static void startServers() {
        secure = OracleServer.start(TestCertificates.trusted());
        plain = OracleServer.start(null);
    }

    private void usePlain() {
        config.put("ssl.enabled", false);
        config.put("port", (long) plain.port());
    }

    private ConnectorException openFails() {
        ConnectorException failure =
                failure(() -> connector.open(target("oracle", config)).close());
        assertThat(failure).hasNoCause().hasNoSuppressedExceptions().hasMessageNotContaining(OracleLogin.PASSWORD);
        return failure;
    }

    @Test
    @DisplayName("works over TLS and without, and sends no password in plain text")
    void works() {
        try (ConnectorSession session = connector.open(target("oracle", config))) {
            assertThat(session.probe()).isEqualTo("Oracle 19.0.0.0.0");
        }
        usePlain();
        try (ConnectorSession session = connector.open(target("oracle", config))) {
            assertThat(session.probe()).isEqualTo("Oracle 19.0.0.0.0");
        }
        assertThat(plain.lastRequest()).contains("SERVICE_NAME=orders").doesNotContain(OracleLogin.PASSWORD);
    }

    @ParameterizedTest
    @CsvSource({
        "e12505,NO_SUCH_DATABASE",
        "e12514,NO_SUCH_DATABASE",
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
        usePlain();
        assertThat(openFails().failure()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "nobody,ORA-01017,WRONG_CREDENTIALS,password",
        "locked,ORA-28000,WRONG_CREDENTIALS,unlocked",
        "expired,ORA-28001,WRONG_CREDENTIALS,expired",
        "stranger,ORA-01045,PERMISSION_DENIED,Grant"
    })
    @DisplayName("tells why a user does not get in, and what to do")
    void keptOut(String user, String number, FailureCode code, String hint) {
        config.put("username", user);
        ConnectorException failure = openFails();
        assertThat(failure.failure()).isEqualTo(code);
        assertThat(failure).hasMessageContaining(number);
        assertThat(failure.hint()).contains(hint);
    }

    @Test
    @DisplayName("tells those who do not know the password nothing else about an account")
    void wrongPassword() {
        config.put("username", "locked");
        config.put("password", SecretValue.of("planted"));
        assertThat(openFails()).hasMessageContaining("ORA-01017").hasMessageNotContaining("planted");
    }

    @Test
    @DisplayName("is no leave to read the views of the data dictionary")
    void noDictionary() {
        config.put("username", OracleTables.NO_DICTIONARY);
        try (ConnectorSession session = connector.open(target("oracle", config))) {
            ConnectorException failure = failure(() -> session.readTables(10, ignored -> {}));
            assertThat(failure.failure()).isEqualTo(FailureCode.PERMISSION_DENIED);
            assertThat(failure).hasMessageContaining("ORA-00942");
        }
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
    @DisplayName("goes where a listener sends it, over TLS and without, if the policy allows that place too")
    void redirects() {
        for (OracleServer server : List.of(secure, plain)) {
            config.put("ssl.enabled", server == secure);
            config.put("port", (long) server.port());
            OracleServer other = OracleServer.start(server == secure ? TestCertificates.trusted() : null);
            config.put("database", OracleServer.ELSEWHERE + other.port());
            NetworkPolicy policy = NetworkPolicy.refuseLinkLocal().onlyPorts(Set.of(server.port()));
            ConnectionTarget refused = new ConnectionTarget(
                    "oracle", ResolvedConfig.of(config), policy, Targets.TIMEOUT, new Cancellation());
            assertThat(failure(() -> connector.open(refused)).failure()).isEqualTo(FailureCode.DESTINATION_REFUSED);
            assertThat(other.lastRequest()).isEmpty();
            connector.open(target("oracle", config)).close();
            assertThat(other.lastRequest()).contains("SERVICE_NAME=" + OracleServer.DATABASE);
        }
    }

    @Test
    @DisplayName("tells a host that does not exist")
    void unknownHost() {
        config.put("host", "no-such-host.invalid");
        assertThat(openFails().failure()).isEqualTo(FailureCode.UNKNOWN_HOST);
    }

    @Test
    @DisplayName("tells a server of something else")
    void otherServer() {
        usePlain();
        byte[] page = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        try (FaultyServer server = FaultyServer.answering(page)) {
            config.put("port", (long) server.port());
            assertThat(openFails().failure()).isIn(FailureCode.WRONG_SERVER, FailureCode.CONNECTION_LOST);
        }
    }

    private void assertTimesOut() {
        assertThat(failure(() -> connector.open(target("oracle", config, Duration.ofMillis(500), new Cancellation())))
                        .failure())
                .isEqualTo(FailureCode.TIMED_OUT);
    }

    @Test
    @DisplayName("gives up on a listener that is silent without TLS too, and leaves no connection")
    void silence() {
        usePlain();
        try (FaultyServer server = FaultyServer.blackHole()) {
            config.put("port", (long) server.port());
            assertTimesOut();
            Await.until(() -> server.open() == 0);
        }
    }

    @Test
    @DisplayName("gives up on a server that is silent once it is connected to, and leaves no connection")
    void silenceLater() {
        config.put("database", OracleServer.SILENT);
        assertTimesOut();
        Await.until(() -> secure.open() == 0);
    }
}
