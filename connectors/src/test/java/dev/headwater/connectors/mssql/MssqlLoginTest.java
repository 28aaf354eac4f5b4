package dev.headwater.connectors.mssql;

import static dev.headwater.connectors.Targets.failure;
import static dev.headwater.connectors.Targets.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.connectors.Connectors;
import dev.headwater.connectors.TestCertificates;
import dev.headwater.connectors.mssql.TdsServer.Tls;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import dev.headwater.testkit.FaultyServer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Logging in to SQL Server")
class MssqlLoginTest {

    private static final Map<Tls, TdsServer> TRUSTED = new HashMap<>();
    private static final Map<Tls, TdsServer> STRANGE = new HashMap<>();

    private final Connector connector = Connectors.mssql();

    @BeforeAll
    static void startServers() {
        for (Tls tls : Tls.values()) {
            TRUSTED.put(tls, TdsServer.start(tls, TestCertificates.trusted()));
            STRANGE.put(tls, TdsServer.start(tls, TestCertificates.strange()));
        }
    }

    private static Map<String, Object> config(Tls tls, Map<Tls, TdsServer> servers) {
        Map<String, Object> config = MssqlFixture.config(servers.get(tls));
        if (tls == Tls.STRICT) {
            config.put("extraProperties.encrypt", "strict");
        } else if (tls == Tls.NONE) {
            config.put("ssl.enabled", false);
        }
        return config;
    }

    private ConnectorException openFails(Map<String, Object> config) {
        return failure(() -> connector.open(target("mssql", config)).close());
    }

    @ParameterizedTest
    @EnumSource(Tls.class)
    @DisplayName("works with TLS inside the protocol, before it, and without")
    void works(Tls tls) {
        try (ConnectorSession session = connector.open(target("mssql", config(tls, TRUSTED)))) {
            assertThat(session.probe()).isEqualTo("SQL Server 16.0.4135.4");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Tls.class,
            names = {"INSIDE", "STRICT"})
    @DisplayName("fails where the certificate is for another name, unless another name is what the config wants")
    void otherName(Tls tls) {
        Map<String, Object> config = config(tls, TRUSTED);
        config.put("host", "127.0.0.1");
        assertThat(openFails(config).failure()).isEqualTo(FailureCode.TLS_FAILED);
        config.put("extraProperties.hostNameInCertificate", TestCertificates.SERVER_NAME);
        connector.open(target("mssql", config)).close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Tls.class,
            names = {"INSIDE", "STRICT"})
    @DisplayName("fails where nobody trusted has signed the certificate")
    void strange(Tls tls) {
        assertThat(openFails(config(tls, STRANGE)).failure()).isEqualTo(FailureCode.TLS_FAILED);
    }

    @Test
    @DisplayName("takes any certificate where the config says so")
    void unverified() {
        Map<String, Object> config = config(Tls.INSIDE, STRANGE);
        config.put("extraProperties.trustServerCertificate", "true");
        connector.open(target("mssql", config)).close();
    }

    @Test
    @DisplayName("fails where the server has no TLS, and sends no password before it knows")
    void noTls() {
        Map<String, Object> config = config(Tls.NONE, TRUSTED);
        config.put("ssl.enabled", true);
        assertThat(openFails(config).failure()).isEqualTo(FailureCode.TLS_FAILED);
    }

    @Test
    @DisplayName("tells a host that does not exist")
    void unknownHost() {
        Map<String, Object> config = config(Tls.INSIDE, TRUSTED);
        config.put("host", "no-such-host.invalid");
        assertThat(openFails(config).failure()).isEqualTo(FailureCode.UNKNOWN_HOST);
    }

    @Test
    @DisplayName("tells a server of something else")
    void otherServer() {
        byte[] page = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        try (FaultyServer server = FaultyServer.answering(page)) {
            Map<String, Object> config = config(Tls.INSIDE, TRUSTED);
            config.put("port", (long) server.port());
            assertThat(openFails(config).failure()).isEqualTo(FailureCode.WRONG_SERVER);
        }
    }
}
