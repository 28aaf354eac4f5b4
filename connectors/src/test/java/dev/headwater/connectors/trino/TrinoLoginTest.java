package dev.headwater.connectors.trino;

import static dev.headwater.connectors.Targets.failure;
import static dev.headwater.connectors.Targets.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.connectors.Connectors;
import dev.headwater.connectors.TestCertificates;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import dev.headwater.testkit.FaultyServer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Logging in to Trino")
class TrinoLoginTest {

    private final Connector connector = Connectors.trino();
    private final Map<String, Object> config = new TrinoFixture().workingConfig();

    private ConnectorException openFails() {
        return failure(() -> connector.open(target("trino", config)).close());
    }

    @Test
    @DisplayName("works over TLS with a password, and tells the version")
    void password() {
        try (ConnectorSession session = connector.open(target("trino", config))) {
            assertThat(session.probe()).startsWith("Trino ");
        }
    }

    @Test
    @DisplayName("works without TLS where there is no password")
    void plain() {
        config.put("port", (long) TrinoProcess.get().plainPort());
        config.put("extraProperties.SSL", "false");
        config.remove("password");
        try (ConnectorSession session = connector.open(target("trino", config))) {
            assertThat(session.probe()).startsWith("Trino ");
        }
    }

    @Test
    @DisplayName("fails where the certificate is for another name, unless that is not to be looked at")
    void otherName() {
        config.put("host", "127.0.0.1");
        assertThat(openFails().failure()).isEqualTo(FailureCode.TLS_FAILED);
        config.put("extraProperties.SSLVerification", "CA");
        connector.open(target("trino", config)).close();
    }

    @Test
    @DisplayName("fails where nobody trusted has signed the certificate, unless that is not to be looked at")
    void strange() throws Exception {
        try (var tls = TestCertificates.strange()
                .serverContext()
                .getServerSocketFactory()
                .createServerSocket(0)) {
            Thread acceptor = new Thread(() -> {
                try (var socket = tls.accept()) {
                    int ignored = socket.getInputStream().read();
                } catch (java.io.IOException e) {
                    // as it should be
                }
            });
            acceptor.start();
            config.put("port", (long) tls.getLocalPort());
            assertThat(openFails().failure()).isEqualTo(FailureCode.TLS_FAILED);
            acceptor.join();
        }
    }

    @Test
    @DisplayName("tells a schema that is not there")
    void schema() {
        config.put("schema", "not_there");
        ConnectorException failure = openFails();
        assertThat(failure.failure()).isEqualTo(FailureCode.NO_SUCH_DATABASE);
        assertThat(failure).hasMessageContaining("there is no schema not_there");
        assertThat(failure.hint()).contains("schema");
    }

    @Test
    @DisplayName("tells a host that does not exist")
    void unknownHost() {
        config.put("host", "no-such-host.invalid");
        assertThat(openFails().failure()).isEqualTo(FailureCode.UNKNOWN_HOST);
    }

    @Test
    @DisplayName("tells TLS from plain text, either way round")
    void mixedUp() {
        config.put("port", (long) TrinoProcess.get().plainPort());
        assertThat(openFails().failure()).isIn(FailureCode.WRONG_SERVER, FailureCode.TLS_FAILED);
        config.put("port", (long) TrinoProcess.get().tlsPort());
        config.put("extraProperties.SSL", "false");
        config.remove("password");
        assertThat(openFails().failure()).isIn(FailureCode.WRONG_SERVER, FailureCode.CONNECTION_LOST);
    }

    @Test
    @DisplayName("tells a web server that is no Trino")
    void otherServer() {
        config.put("extraProperties.SSL", "false");
        config.remove("password");
        byte[] page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nhello"
                .getBytes(StandardCharsets.US_ASCII);
        try (FaultyServer server = FaultyServer.answering(page)) {
            config.put("port", (long) server.port());
            assertThat(openFails().failure()).isEqualTo(FailureCode.WRONG_SERVER);
        }
    }

    @Test
    @DisplayName("is done by a pool for each connection, which works")
    void pool() throws Exception {
        try (ConnectorClient client = connector.client(target("trino", config), new ClientSettings("trino", 2))) {
            DataSource pool = (DataSource) client.client();
            try (Connection first = pool.getConnection();
                    Connection second = pool.getConnection();
                    var rows = second.createStatement().executeQuery("select count(*) from a")) {
                assertThat(rows.next()).isTrue();
                assertThat(first.isValid(5)).isTrue();
            }
        }
    }
}
