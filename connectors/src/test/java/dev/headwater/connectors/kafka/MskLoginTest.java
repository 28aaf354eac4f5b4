package dev.headwater.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.connectors.Await;
import dev.headwater.connectors.Connectors;
import dev.headwater.connectors.KafkaClients;
import dev.headwater.connectors.Targets;
import dev.headwater.connectors.TestLog;
import dev.headwater.connectors.internal.kafka.KafkaConnector;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On a real broker with a stub that verifies signatures as MSK does; never tried on MSK itself. */
@DisplayName("A login to Kafka by AWS IAM")
class MskLoginTest {

    private static final KafkaServer SERVER = KafkaServer.get();

    /** What every token begins with. */
    private static final String TOKEN = Base64.getUrlEncoder()
            .encodeToString("https://kafka.eu-west-1".getBytes(StandardCharsets.UTF_8))
            .substring(0, 30);

    private final Connector connector =
            new KafkaConnector((host, region) -> host.equals("localhost") && region.equals(MskStandIn.REGION));
    private final Map<String, Object> config = SERVER.config("SASL_SSL", "msk");

    MskLoginTest() {
        List.of("sasl.mechanism", "sasl.username", "sasl.password").forEach(config::remove);
        config.put("msk_iam_auth", true);
        config.put("region", MskStandIn.REGION);
    }

    @BeforeAll
    static void topic() {
        SERVER.createTopic("msk", 1);
    }

    @BeforeEach
    void credentials() {
        System.setProperty("aws.accessKeyId", MskStandIn.KEY_ID);
        System.setProperty("aws.secretAccessKey", MskStandIn.SECRET);
    }

    @AfterEach
    void noCredentials() {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        assertThat(TestLog.contains(MskStandIn.SECRET)).isFalse();
        assertThat(TestLog.contains(TOKEN)).isFalse();
    }

    private ConnectorException refusal(Connector by) {
        ConnectorException refusal =
                Targets.failure(() -> by.open(Targets.target("kafka", config)).close());
        assertThat(refusal).hasNoCause().hasMessageNotContaining("pl4nted").hasMessageNotContaining(TOKEN);
        return refusal;
    }

    @Test
    @DisplayName("shows the broker a URL signed as AWS signs it, with the credentials of this process")
    void logsIn() {
        try (ConnectorSession session = connector.open(Targets.target("kafka", config))) {
            assertThat(session.probe()).contains("topic msk");
            assertThat(session.preview(5)).isNotNull();
        }
    }

    @Test
    @DisplayName("works for Kafka's own clients")
    void clients() throws Exception {
        try (ConnectorClient client = connector.client(Targets.target("kafka", config), new ClientSettings("msk", 1))) {
            KafkaClients clients = (KafkaClients) client.client();
            try (Producer<String, String> producer = clients.producer(new StringSerializer(), new StringSerializer());
                    Consumer<String, String> consumer =
                            clients.consumer("msk", new StringDeserializer(), new StringDeserializer())) {
                producer.send(new ProducerRecord<>("msk", "a", "hello")).get(20, TimeUnit.SECONDS);
                assertThat(consumer.partitionsFor("msk")).hasSize(1);
                consumer.subscribe(List.of("msk"));
                Await.until(() -> {
                    consumer.poll(Duration.ofMillis(100));
                    return !consumer.assignment().isEmpty();
                });
            }
        }
    }

    @Test
    @DisplayName("is refused with wrong credentials, and says none of them")
    void wrong() {
        System.setProperty("aws.secretAccessKey", "pl4nted-wrong");
        assertThat(refusal(connector).failure()).isEqualTo(FailureCode.WRONG_CREDENTIALS);
        assertThat(TestLog.contains("pl4nted-wrong")).isFalse();
    }

    @Test
    @DisplayName("is for data sources only if the host says so, and even then for brokers of MSK only")
    void consent() {
        ConnectorException withoutConsent = refusal(Connectors.kafka());
        assertThat(withoutConsent.failure()).isEqualTo(FailureCode.INVALID_CONFIG);
        assertThat(withoutConsent.hint()).contains("kafkaWithProcessCredentials");
        ConnectorException stranger = refusal(Connectors.kafkaWithProcessCredentials());
        assertThat(stranger.failure()).isEqualTo(FailureCode.INVALID_CONFIG);
        assertThat(stranger).hasMessageContaining("is no broker of Amazon MSK");
    }

    @ParameterizedTest
    @CsvSource({
        "bootstrap_servers, 'localhost:1,evil.example.com:9098'",
        "region, us-east-1",
        "region, 'eu-west-1.evil'",
        "security_protocol, SASL_PLAINTEXT",
        "security_protocol, SSL",
        "sasl.username, app"
    })
    @DisplayName("is not tried where a token could go astray, or with a user beside it")
    void invalid(String field, String value) {
        config.put(field, value);
        assertThat(refusal(connector).failure()).isEqualTo(FailureCode.INVALID_CONFIG);
    }
}
