package dev.headwater.connectors.kafka;

import static dev.headwater.connectors.Targets.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.connectors.Connectors;
import dev.headwater.connectors.Targets;
import dev.headwater.connectors.TestCertificates;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.TableList;
import dev.headwater.spi.TableSchema;
import dev.headwater.testkit.FaultyServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A login to Kafka")
class KafkaLoginTest {

    private static final KafkaServer SERVER = KafkaServer.get();

    private final Connector connector = Connectors.kafka();

    @BeforeAll
    static void createTopic() {
        SERVER.createTopic("login", 3);
    }

    private String probe(Map<String, Object> config) {
        try (ConnectorSession session = connector.open(Targets.target("kafka", config))) {
            return session.probe();
        }
    }

    private ConnectorException refusal(Map<String, Object> config) {
        return failure(() -> connector.open(Targets.target("kafka", config)).close());
    }

    private static Map<String, Object> with(Map<String, Object> config, String key, Object value) {
        Map<String, Object> changed = new HashMap<>(config);
        changed.put(key, value);
        return changed;
    }

    @ParameterizedTest(name = "{0} with {1}")
    @CsvSource({
        "PLAINTEXT,PLAIN",
        "SASL_PLAINTEXT,PLAIN",
        "SASL_PLAINTEXT,SCRAM-SHA-256",
        "SASL_SSL,PLAIN",
        "SASL_SSL,SCRAM-SHA-256",
        "SASL_SSL,SCRAM-SHA-512"
    })
    @DisplayName("works by every protocol and mechanism, and says what answers")
    void protocols(String protocol, String mechanism) {
        Map<String, Object> config = with(SERVER.config(protocol, "login"), "sasl.mechanism", mechanism);
        assertThat(probe(config))
                .matches("Kafka cluster [\\w-]+ of 1 broker\\(s\\), topic login of 3 partition\\(s\\)");
    }

    @Test
    @DisplayName("works with a client certificate, in PEM or in PKCS #12 without a password")
    void clientCertificate() throws Exception {
        Map<String, Object> config = SERVER.config("SSL", "login");
        assertThat(probe(
                        with(config, "ssl.keystore_location", SERVER.clientPem().toString())))
                .contains("topic login");
        var keys = java.security.KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(TestCertificates.trusted().serverKeyStore())) {
            keys.load(in, TestCertificates.PASSWORD.toCharArray());
        }
        var key = keys.getKey("server", TestCertificates.PASSWORD.toCharArray());
        var open = java.security.KeyStore.getInstance("PKCS12");
        open.load(null, null);
        open.setKeyEntry("client", key, new char[0], keys.getCertificateChain("server"));
        Path file = Files.createTempFile("client", ".p12");
        try (var out = Files.newOutputStream(file)) {
            open.store(out, new char[0]);
        }
        assertThat(probe(with(config, "ssl.keystore_location", file.toString())))
                .contains("topic login");
    }

    @Test
    @DisplayName("takes the authorities of the JVM where no file names others")
    void defaultAuthorities() {
        Map<String, Object> config = SERVER.config("SASL_SSL", "login");
        config.remove("ssl.ca_file");
        assertThat(probe(config)).contains("topic login");
    }

    @Test
    @DisplayName("gets a user and a password across with whatever characters are in them")
    void oddPassword() {
        Map<String, Object> config = SERVER.config("SASL_SSL", "login");
        config.put("sasl.mechanism", "PLAIN");
        config.put("sasl.username", KafkaServer.ODD_USER);
        config.put("sasl.password", SecretValue.of(KafkaServer.ODD_PASSWORD));
        assertThat(probe(config)).contains("topic login");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"})
    @DisplayName("says that the password is wrong, by every mechanism")
    void wrongPassword(String mechanism) {
        Map<String, Object> config = SERVER.config("SASL_PLAINTEXT", "login");
        config.put("sasl.mechanism", mechanism);
        config.put("sasl.password", SecretValue.of("pl4nted"));
        assertThat(refusal(config).failure()).isEqualTo(FailureCode.WRONG_CREDENTIALS);
    }

    @Test
    @DisplayName("says that the user may not see the topic, and shows no topics")
    void stranger() {
        Map<String, Object> config = SERVER.config("SASL_PLAINTEXT", "login");
        config.put("sasl.mechanism", "PLAIN");
        config.put("sasl.username", KafkaServer.STRANGER);
        ConnectorException refusal = refusal(config);
        assertThat(refusal.failure()).isEqualTo(FailureCode.PERMISSION_DENIED);
        assertThat(refusal.hint()).contains("Describe and Read");
    }

    @Test
    @DisplayName("says that there is no such topic, and makes none by asking")
    void missingTopic() {
        Map<String, Object> config = SERVER.config("PLAINTEXT", "not-there-yet");
        for (int i = 0; i < 2; i++) {
            ConnectorException refusal = refusal(config);
            assertThat(refusal.failure()).isEqualTo(FailureCode.NO_SUCH_DATABASE);
            assertThat(refusal).hasMessageContaining("no such topic: not-there-yet");
        }
    }

    @Test
    @DisplayName("says that a broker's certificate is not trusted, or is for another host")
    void certificates() {
        Map<String, Object> config = SERVER.config("SASL_SSL", "login");
        String strange = TestCertificates.strange()
                .serverCertificate()
                .resolveSibling("ca.pem")
                .toString();
        assertThat(refusal(with(config, "ssl.ca_file", strange)).failure()).isEqualTo(FailureCode.TLS_FAILED);
        String byAddress = "127.0.0.1:" + SERVER.port("SASL_SSL");
        assertThat(refusal(with(config, "bootstrap_servers", byAddress)).failure())
                .isEqualTo(FailureCode.TLS_FAILED);
        // TLS 1.3 tells of a missing client certificate after the handshake, when the first request may be under way.
        ConnectorException noClientCertificate = refusal(SERVER.config("SSL", "login"));
        assertThat(noClientCertificate.failure()).isIn(FailureCode.TLS_FAILED, FailureCode.CONNECTION_LOST);
        assertThat(noClientCertificate.hint()).contains("ssl.keystore_location");
    }

    @Test
    @DisplayName("tells a port of another protocol from a wrong password")
    void wrongProtocol() {
        Map<String, Object> config = SERVER.config("SASL_SSL", "login");
        ConnectorException plainToTls = refusal(with(config, "security_protocol", "SASL_PLAINTEXT"));
        assertThat(plainToTls.failure()).isIn(FailureCode.TLS_FAILED, FailureCode.CONNECTION_LOST);
        assertThat(plainToTls.hint()).contains("security_protocol");
        Map<String, Object> plain = SERVER.config("SASL_PLAINTEXT", "login");
        ConnectorException tlsToPlain = refusal(with(plain, "security_protocol", "SASL_SSL"));
        assertThat(tlsToPlain.failure()).isEqualTo(FailureCode.TLS_FAILED);
        assertThat(tlsToPlain.hint()).contains("speaks TLS");
        ConnectorException noLogins =
                refusal(with(plain, "bootstrap_servers", "localhost:" + SERVER.port("PLAINTEXT")));
        assertThat(noLogins.failure()).isEqualTo(FailureCode.WRONG_SERVER);
        assertThat(noLogins.hint()).contains("takes no logins");
        ConnectorException noLogin = refusal(with(plain, "security_protocol", "PLAINTEXT"));
        assertThat(noLogin.failure()).isEqualTo(FailureCode.CONNECTION_LOST);
    }

    @Test
    @DisplayName("says that what answers is no Kafka")
    void wrongServer() {
        try (FaultyServer http =
                        FaultyServer.answering("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                FaultyServer zeros = FaultyServer.answering(new byte[64]);
                FaultyServer lies = FaultyServer.answering(new byte[] {0, 0, 0, 8, 0, 0, 0, 1, 127, 127, 127, 127})) {
            for (FaultyServer server : java.util.List.of(http, zeros, lies)) {
                Map<String, Object> config = SERVER.config("PLAINTEXT", "login");
                config.put("bootstrap_servers", "127.0.0.1:" + server.port());
                assertThat(refusal(config).failure()).isEqualTo(FailureCode.WRONG_SERVER);
            }
        }
    }

    @Test
    @DisplayName("goes on to the next server where one does not answer")
    void severalServers() {
        try (FaultyServer broken = FaultyServer.resetting()) {
            Map<String, Object> config = SERVER.config("PLAINTEXT", "login");
            config.put("bootstrap_servers", "127.0.0.1:" + broken.port() + ", 127.0.0.1:" + SERVER.port("PLAINTEXT"));
            connector.reach(Targets.target("kafka", config));
            assertThat(probe(config)).contains("topic login");
        }
    }

    @Test
    @DisplayName("finds the topics of others, and not those that Kafka keeps for itself")
    void topics() {
        SERVER.createTopic("__hidden", 1);
        try (ConnectorSession session = connector.open(Targets.target("kafka", SERVER.config("PLAINTEXT", "login")))) {
            TableList topics = session.readTables(1_000, count -> {});
            assertThat(topics.tables())
                    .extracting(TableSchema::name)
                    .contains("login")
                    .isSorted();
            assertThat(topics.tables()).extracting(TableSchema::name).noneMatch(name -> name.startsWith("__"));
        }
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "bootstrap_servers|localhost",
                "bootstrap_servers|localhost:0",
                "bootstrap_servers|a:1,",
                "bootstrap_servers|user@host:9092",
                "topic|a/b",
                "topic|a b",
                "security_protocol|NONE",
                "sasl.mechanism|GSSAPI",
                "sasl.password|''",
                "msk_iam_auth|true",
                "extra_args|[]",
                "extra_args|{\"sasl.jaas.config\":\"x\"}",
                "extra_args|{\"interceptor.classes\":\"x\"}",
                "extra_args|{\"bootstrap.servers\":\"evil:9092\"}",
                "extra_args|{\"retries\":{}}",
                "ssl.ca_file|/not/there",
                "ssl.ca_file|/etc/passwd",
                "ssl.keystore_location|/etc/passwd"
            })
    @DisplayName("is not tried with a config that cannot be right or must not be")
    void invalid(String field, String value) {
        ConnectorException refusal = refusal(with(SERVER.config("SASL_SSL", "login"), field, value));
        assertThat(refusal.failure()).isEqualTo(FailureCode.INVALID_CONFIG);
        String named = field.equals("bootstrap_servers") ? "" : field;
        assertThat(refusal).hasMessageContaining(named).hasMessageNotContaining("root:");
    }
}
