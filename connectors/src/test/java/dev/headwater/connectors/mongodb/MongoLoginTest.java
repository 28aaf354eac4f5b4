package dev.headwater.connectors.mongodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.connectors.Connectors;
import dev.headwater.connectors.Targets;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.SecretValue;
import dev.headwater.testkit.FaultyServer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A login to MongoDB")
class MongoLoginTest {

    private static final MongoProcess SERVER = MongoProcess.get();

    private final Connector connector = Connectors.mongodb();
    private final Map<String, Object> config = SERVER.config();

    private String probe() {
        try (ConnectorSession session = connector.open(Targets.target("mongodb", config))) {
            return session.probe();
        }
    }

    private ConnectorException refusal() {
        return Targets.failure(this::probe);
    }

    private void withoutTls() {
        config.put("port", (long) SERVER.plainPort());
        config.put("extraProperties.tls", "false");
    }

    @Test
    @DisplayName("works with TLS and, if told so, without")
    void works() {
        assertThat(probe()).isEqualTo("MongoDB 5.0.0");
        withoutTls();
        assertThat(probe()).isEqualTo("MongoDB 5.0.0");
    }

    @Test
    @DisplayName("works for a user whose password the server keeps for SHA-1 only")
    void oldPassword() {
        config.put("username", MongoProcess.OLD_USER);
        assertThat(probe()).startsWith("MongoDB");
        config.put("password", SecretValue.of("wrong"));
        assertThat(refusal().failure()).isEqualTo(FailureCode.WRONG_CREDENTIALS);
    }

    @Test
    @DisplayName("gets a user and a password across with whatever characters are in them")
    void oddPassword() {
        config.put("username", MongoProcess.ODD_USER);
        config.put("password", SecretValue.of(MongoProcess.ODD_PASSWORD));
        assertThat(probe()).startsWith("MongoDB");
    }

    @Test
    @DisplayName("says that a user is unknown, or may do nothing")
    void refused() {
        config.put("username", "nobody");
        assertThat(refusal().failure()).isEqualTo(FailureCode.WRONG_CREDENTIALS);
        assertThat(refusal().hint()).contains("authSource");
        config.put("username", MongoProcess.MUTE_USER);
        assertThat(refusal().failure()).isEqualTo(FailureCode.PERMISSION_DENIED);
    }

    @Test
    @DisplayName("says that the certificate is for another host, and how to do without")
    void tls() {
        config.put("host", "127.0.0.1");
        assertThat(refusal().failure()).isEqualTo(FailureCode.TLS_FAILED);
        assertThat(refusal().hint()).contains("extraProperties.tls");
    }

    @Test
    @DisplayName("says that what answers is no MongoDB")
    void wrongServer() {
        withoutTls();
        byte[] http = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8);
        byte[] nonsense = ByteBuffer.allocate(40)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(40)
                .putInt(9)
                .putInt(1)
                .putInt(2_013)
                .putInt(0)
                .put((byte) 0)
                .putInt(19)
                .put((byte) 99)
                .array();
        for (byte[] answer : List.of(http, new byte[64], nonsense)) {
            try (FaultyServer server = FaultyServer.answering(answer)) {
                config.put("host", "127.0.0.1");
                config.put("port", (long) server.port());
                assertThat(refusal().failure()).isEqualTo(FailureCode.WRONG_SERVER);
            }
        }
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "host|a,b",
                "host|mongodb://a",
                "host|user@a",
                "host|a/?tls=false",
                "port|0",
                "password|''",
                "extraProperties.tlsAllowInvalidCertificates|true",
                "extraProperties.authMechanism|PLAIN",
                "extraProperties.authSource|$external",
                "extraProperties.authSource|a.b",
                "extraProperties.readPreference|all",
                "extraProperties.tls|maybe"
            })
    @DisplayName("is not tried with a config that cannot be right or must not be")
    void invalid(String field, String value) {
        config.put(field, field.equals("port") ? (Object) Long.parseLong(value) : value);
        assertThat(refusal().failure()).isEqualTo(FailureCode.INVALID_CONFIG);
    }
}
