package dev.headwater.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.connectors.Connectors;
import dev.headwater.connectors.Targets;
import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.PreviewMessage;
import dev.headwater.spi.ResolvedConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A preview of a Kafka topic")
class KafkaPreviewTest {

    private static final KafkaServer SERVER = KafkaServer.get();

    private static List<PreviewMessage> preview(String topic, int maxMessages) {
        try (ConnectorSession session =
                Connectors.kafka().open(Targets.target("kafka", SERVER.config("PLAINTEXT", topic)))) {
            return session.preview(maxMessages);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, int partition, long time, String value) {
        return new ProducerRecord<>(topic, partition, time, bytes("k" + time), bytes(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
    @DisplayName("shows the latest messages of all partitions in the order of their time, however they are compressed")
    void latest(String compression) {
        String topic = "preview-" + compression;
        SERVER.createTopic(topic, 3);
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 1; i <= 30; i++) {
            records.add(record(topic, i % 3, i * 1_000L, "value " + i + " " + "x".repeat(200)));
        }
        // Many in one batch: what is stored begins before what is asked for.
        SERVER.send(Map.of("compression.type", compression, "linger.ms", 200), records);
        List<PreviewMessage> messages = preview(topic, 4);
        assertThat(messages)
                .extracting(message -> message.timestamp().orElseThrow())
                .containsExactly(
                        Instant.ofEpochSecond(27),
                        Instant.ofEpochSecond(28),
                        Instant.ofEpochSecond(29),
                        Instant.ofEpochSecond(30));
        PreviewMessage last = messages.get(3);
        assertThat(last.topic()).isEqualTo(topic);
        assertThat(last.partition()).contains("0");
        assertThat(last.offset()).isEqualTo("9");
        assertThat(last.key()).contains(bytes("k30000"));
        assertThat(last.value().orElseThrow()).startsWith(bytes("value 30 x"));
    }

    @Test
    @DisplayName("of an empty topic is empty, at once")
    void empty() {
        SERVER.createTopic("preview-empty", 2);
        assertThat(preview("preview-empty", 5)).isEmpty();
    }

    @Test
    @DisplayName("shows tombstones, messages without keys and those with headers, and not the marks of transactions")
    void oddMessages() {
        SERVER.createTopic("preview-odd", 1);
        var withHeaders = new ProducerRecord<>("preview-odd", 0, 2_000L, new byte[0], new byte[] {2});
        withHeaders.headers().add(new RecordHeader("trace", bytes("t"))).add(new RecordHeader("none", null));
        var properties = new java.util.HashMap<>(SERVER.plain());
        properties.put("transactional.id", "preview");
        var serializer = new ByteArraySerializer();
        try (var producer = new KafkaProducer<byte[], byte[]>(properties, serializer, serializer)) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("preview-odd", 0, 1_000L, bytes("gone"), (byte[]) null));
            producer.send(withHeaders);
            producer.commitTransaction();
        }
        List<PreviewMessage> messages = preview("preview-odd", 10);
        assertThat(messages).hasSize(2);
        assertThat(messages.get(0).value()).isEmpty();
        assertThat(messages.get(0).key()).contains(bytes("gone"));
        assertThat(messages.get(1).key()).contains(new byte[0]);
        assertThat(messages.get(1).value()).contains(new byte[] {2});
    }

    @Test
    @DisplayName("holds no more bytes than its limit, and leaves out what is larger")
    void large() {
        SERVER.createTopic("preview-large", 1);
        SERVER.send(
                Map.of("max.request.size", 3_000_000, "buffer.memory", 8_000_000L, "batch.size", 0),
                List.of(
                        record("preview-large", 0, 1_000, "x".repeat(400_000)),
                        record("preview-large", 0, 2_000, "x".repeat(700_000)),
                        record("preview-large", 0, 3_000, "small")));
        List<PreviewMessage> messages = preview("preview-large", 3);
        assertThat(messages.stream().mapToInt(PreviewMessage::size).sum())
                .isLessThanOrEqualTo(ConnectorSession.MAX_PREVIEW_BYTES);
        assertThat(messages).isNotEmpty();
    }

    @Test
    @DisplayName("leaves no consumer group behind")
    void noGroup() throws Exception {
        SERVER.createTopic("preview-group", 1);
        SERVER.send(Map.of(), List.of(record("preview-group", 0, 1_000, "v")));
        assertThat(preview("preview-group", 1)).hasSize(1);
        try (Admin admin = Admin.create(SERVER.plain())) {
            assertThat(admin.listGroups().all().get())
                    .noneMatch(group -> group.groupId().contains("preview"));
        }
    }

    @Test
    @DisplayName("goes to a broker's advertised address only if the policy allows it")
    void advertisedAddress() {
        SERVER.createTopic("preview-policy", 1);
        SERVER.send(Map.of(), List.of(record("preview-policy", 0, 1_000, "v")));
        // Reached by its address, the broker advertises a name.
        Map<String, Object> config = SERVER.config("PLAINTEXT", "preview-policy");
        config.put("bootstrap_servers", "127.0.0.1:" + SERVER.port("PLAINTEXT"));
        ConnectionTarget target = new ConnectionTarget(
                "kafka",
                ResolvedConfig.of(config),
                (host, address, port) -> !host.equals("localhost"),
                Duration.ofSeconds(20),
                new Cancellation());
        try (ConnectorSession session = Connectors.kafka().open(target)) {
            assertThat(session.probe()).contains("preview-policy");
            assertThat(Targets.failure(() -> session.preview(1)).failure()).isEqualTo(FailureCode.DESTINATION_REFUSED);
        }
    }
}
