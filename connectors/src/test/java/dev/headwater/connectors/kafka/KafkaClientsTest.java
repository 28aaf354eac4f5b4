package dev.headwater.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.headwater.connectors.Await;
import dev.headwater.connectors.Connectors;
import dev.headwater.connectors.KafkaClients;
import dev.headwater.connectors.Targets;
import dev.headwater.connectors.TestLog;
import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.NetworkPolicy;
import dev.headwater.spi.ResolvedConfig;
import dev.headwater.spi.SecretValue;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The clients of a Kafka source")
class KafkaClientsTest {

    private static final KafkaServer SERVER = KafkaServer.get();
    private static final Duration POLL = Duration.ofMillis(200);

    static {
        SERVER.createTopic("clients", 1);
    }

    private static ConnectorClient client(Map<String, Object> config, NetworkPolicy policy) {
        var target = new ConnectionTarget(
                "kafka", ResolvedConfig.of(config), policy, Duration.ofSeconds(20), new Cancellation());
        return Connectors.kafka().client(target, new ClientSettings("clients", 2));
    }

    private static ConnectorClient client(Map<String, Object> config) {
        return client(config, NetworkPolicy.refuseLinkLocal());
    }

    private static KafkaClients clients(ConnectorClient client) {
        return (KafkaClients) client.client();
    }

    private static Consumer<String, String> consumer(KafkaClients clients, String group) {
        return clients.consumer(group, new StringDeserializer(), new StringDeserializer());
    }

    private static Producer<String, String> producer(KafkaClients clients) {
        return clients.producer(new StringSerializer(), new StringSerializer());
    }

    @ParameterizedTest(name = "{0} with {1}")
    @CsvSource({"PLAINTEXT,PLAIN", "SASL_PLAINTEXT,SCRAM-SHA-512", "SASL_SSL,PLAIN", "SSL,PLAIN"})
    @DisplayName("are Kafka's own, logged in as the config says, and counted until they are closed")
    void work(String protocol, String mechanism) throws Exception {
        Map<String, Object> config = SERVER.config(protocol, "clients");
        config.put("client_id_prefix", "shop-");
        config.put("group_id_prefix", "shop.");
        config.put("dead_letter_queue", "clients-dead");
        config.put("extra_args", "{\"auto.offset.reset\":\"earliest\",\"linger.ms\":1,\"enable.auto.commit\":false}");
        if (protocol.equals("SSL")) {
            config.put("ssl.keystore_location", SERVER.clientPem().toString());
        } else if (protocol.equals("SASL_SSL")) {
            config.put("sasl.mechanism", mechanism);
            config.put("sasl.username", KafkaServer.ODD_USER);
            config.put("sasl.password", SecretValue.of(KafkaServer.ODD_PASSWORD));
        } else {
            config.put("sasl.mechanism", mechanism);
        }
        try (ConnectorClient client = client(config)) {
            KafkaClients clients = clients(client);
            assertThat(clients.topic()).isEqualTo("clients");
            assertThat(clients.deadLetterTopic()).contains("clients-dead");
            try (Producer<String, String> producer = producer(clients)) {
                producer.send(new ProducerRecord<>("clients", protocol, "hello"))
                        .get(20, TimeUnit.SECONDS);
                assertThat(client.inUse()).isEqualTo(1);
            }
            try (Admin admin = clients.admin();
                    Consumer<String, String> consumer = consumer(clients, protocol)) {
                assertThat(client.inUse()).isEqualTo(2);
                assertThat(consumer.groupMetadata().groupId()).isEqualTo("shop." + protocol);
                assertThat(admin.listTopics().names().get(20, TimeUnit.SECONDS)).contains("clients");
                consumer.subscribe(List.of("clients"));
                Await.until(() -> consumer.poll(POLL).count() > 0);
            }
            assertThat(client.inUse()).isZero();
        }
    }

    @Test
    @DisplayName("end with what they came from: an idle one is closed, a busy consumer woken up")
    void end() throws Exception {
        ConnectorClient client = client(SERVER.config("PLAINTEXT", "clients"));
        KafkaClients clients = clients(client);
        Producer<String, String> idle = producer(clients);
        Consumer<String, String> busy = consumer(clients, "busy");
        busy.subscribe(List.of("clients"));
        CompletableFuture<Throwable> polling =
                CompletableFuture.supplyAsync(() -> catchThrowable(() -> busy.poll(Duration.ofMinutes(5))));
        // The messages of other tests end a poll at once; this group begins where the topic ends.
        Await.until(() -> !busy.metrics().isEmpty());
        assertThat(client.inUse()).isEqualTo(2);
        client.retire();
        assertThat(Targets.failure(() -> producer(clients)).failure()).isEqualTo(FailureCode.CANCELLED);
        assertThat(idle.partitionsFor("clients")).hasSize(1);
        client.close();
        assertThat(catchThrowable(() -> idle.send(new ProducerRecord<>("clients", "late"))))
                .isInstanceOf(IllegalStateException.class);
        Throwable woken = polling.get(30, TimeUnit.SECONDS);
        assertThat(woken).isInstanceOfAny(WakeupException.class, IllegalStateException.class);
        busy.close();
        assertThat(client.inUse()).isZero();
    }

    @Test
    @DisplayName("are not made where the policy refuses an address that the brokers advertise")
    void policy() {
        Map<String, Object> config = SERVER.config("PLAINTEXT", "clients");
        config.put("bootstrap_servers", "127.0.0.1:" + SERVER.port("PLAINTEXT"));
        try (ConnectorClient client = client(config, (host, address, port) -> !host.equals("localhost"))) {
            assertThat(Targets.failure(() -> producer(clients(client))).failure())
                    .isEqualTo(FailureCode.DESTINATION_REFUSED);
            assertThat(client.inUse()).isZero();
        }
    }

    @Test
    @DisplayName("are not made with a wrong password, and nothing tells what it was")
    void wrongPassword() throws Exception {
        String planted = "pl4nted \"pass\\word";
        Map<String, Object> config = new HashMap<>(SERVER.config("SASL_SSL", "clients"));
        config.put("sasl.password", SecretValue.of(planted));
        try (ConnectorClient client = client(config)) {
            var failure = Targets.failure(() -> producer(clients(client)));
            assertThat(failure.failure()).isEqualTo(FailureCode.WRONG_CREDENTIALS);
            StringWriter seen = new StringWriter();
            failure.printStackTrace(new PrintWriter(seen, true));
            seen.append(client.toString()).append(client.client().toString());
            assertThat(seen.toString()).doesNotContain("pl4nted");
        }
        assertThat(TestLog.contains("pl4nted")).isFalse();
    }

    @Test
    @DisplayName("do not log the password that they log in with")
    void logs() throws Exception {
        Map<String, Object> config = SERVER.config("SASL_SSL", "clients");
        config.put("sasl.mechanism", "PLAIN");
        config.put("sasl.username", KafkaServer.ODD_USER);
        config.put("sasl.password", SecretValue.of(KafkaServer.ODD_PASSWORD));
        try (ConnectorClient client = client(config);
                Producer<String, String> producer = producer(clients(client));
                Consumer<String, String> consumer = consumer(clients(client), "logs");
                Admin admin = clients(client).admin()) {
            assertThat(producer.partitionsFor("clients")).isNotEmpty();
            assertThat(consumer.partitionsFor("clients")).isNotEmpty();
            assertThat(admin.listTopics().names().get(20, TimeUnit.SECONDS)).isNotEmpty();
        }
        assertThat(TestLog.contains("ProducerConfig values")).isTrue();
        assertThat(TestLog.contains("sasl.jaas.config = [hidden]")).isTrue();
        // The beginning of it, which is the same in every form of quotes.
        assertThat(TestLog.contains(KafkaServer.ODD_PASSWORD)).isFalse();
        assertThat(TestLog.contains("c;d e='f'")).isFalse();
    }
}
