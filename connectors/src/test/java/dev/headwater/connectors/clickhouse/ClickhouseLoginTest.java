package dev.headwater.connectors.clickhouse;

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

@DisplayName("Logging in to ClickHouse")
class ClickhouseLoginTest {

    private final Connector connector = Connectors.clickhouse();
    private final Map<String, Object> config = new ClickhouseFixture().workingConfig();

    private ConnectorException openFails() {
        return failure(() -> connector.open(target("clickhouse", config)).close());
    }

    @Test
    @DisplayName("works over HTTPS, and over HTTP")
    void works() {
        try (ConnectorSession session = connector.open(target("clickhouse", config))) {
            assertThat(session.probe()).isEqualTo("ClickHouse 26.7.2.1");
        }
        config.put("port", (long) ClickhouseStub.start(null).port());
        config.put("ssl.enabled", false);
        try (ConnectorSession session = connector.open(target("clickhouse", config))) {
            assertThat(session.probe()).isEqualTo("ClickHouse 26.7.2.1");
        }
    }

    @Test
    @DisplayName("fails where nobody trusted has signed the certificate, or it is for another name")
    void strange() {
        config.put("host", "127.0.0.1");
        assertThat(openFails().failure()).isEqualTo(FailureCode.TLS_FAILED);
        config.put("host", TestCertificates.SERVER_NAME);
        config.put(
                "port", (long) ClickhouseStub.start(TestCertificates.strange()).port());
        assertThat(openFails().failure()).isEqualTo(FailureCode.TLS_FAILED);
    }

    @Test
    @DisplayName("tells a host that does not exist")
    void unknownHost() {
        config.put("host", "no-such-host.invalid");
        assertThat(openFails().failure()).isEqualTo(FailureCode.UNKNOWN_HOST);
    }

    @Test
    @DisplayName("tells a web server that is no ClickHouse")
    void otherServer() {
        config.put("ssl.enabled", false);
        for (String page : new String[] {
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nhello",
            "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nhello",
            "hello"
        }) {
            try (FaultyServer server = FaultyServer.answering(page.getBytes(StandardCharsets.US_ASCII))) {
                config.put("port", (long) server.port());
                // The driver reads a page as rows, which end too soon.
                assertThat(openFails().failure())
                        .as(page)
                        .isEqualTo(page.contains("200 OK") ? FailureCode.CONNECTION_LOST : FailureCode.WRONG_SERVER);
            }
        }
    }

    @Test
    @DisplayName("is followed by queries that the server breaks off after a time of its own")
    void slow() {
        ClickhouseStub stub = ClickhouseStub.start(null);
        stub.beSlow();
        config.put("port", (long) stub.port());
        config.put("ssl.enabled", false);
        try (ConnectorSession session = connector.open(target("clickhouse", config))) {
            assertThat(failure(() -> session.readTables(10, ignored -> {})).failure())
                    .isEqualTo(FailureCode.TIMED_OUT);
        }
    }

    @Test
    @DisplayName("is done by a pool for each connection, which works")
    void pool() throws Exception {
        try (ConnectorClient client =
                connector.client(target("clickhouse", config), new ClientSettings("clickhouse", 2))) {
            DataSource pool = (DataSource) client.client();
            try (Connection first = pool.getConnection();
                    Connection second = pool.getConnection();
                    var rows = second.createStatement().executeQuery("select currentUser()")) {
                assertThat(rows.next()).isTrue();
                assertThat(first.isValid(5)).isTrue();
            }
        }
    }
}
