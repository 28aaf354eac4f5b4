package dev.headwater.connectors.kafka;

import dev.headwater.connectors.KindFixture;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Topics of its own on the Kafka broker of the tests. */
public final class KafkaFixture implements KindFixture {

    private static boolean filled;

    @Override
    public String kind() {
        return "kafka";
    }

    @Override
    public Map<String, Object> workingConfig() {
        fill();
        return KafkaServer.get().config("SASL_SSL", "contract");
    }

    private static synchronized void fill() {
        if (!filled) {
            KafkaServer.get().createTopic("contract", 2);
            KafkaServer.get().createTopic("contract-other", 1);
            KafkaServer.get()
                    .send(
                            Map.of(),
                            List.of(
                                    new ProducerRecord<>("contract", 0, 1_000L, null, new byte[] {1}),
                                    new ProducerRecord<>("contract", 1, 2_000L, null, new byte[] {2}),
                                    new ProducerRecord<>("contract", 0, 3_000L, null, new byte[] {3})));
            filled = true;
        }
    }

    @Override
    public TableSchema knownTable() {
        return new TableSchema(
                null,
                null,
                "contract",
                TableType.TOPIC,
                "2 partitions",
                List.of(
                        new ColumnSchema("key", "bytes", CanonicalType.BINARY, true, null),
                        new ColumnSchema("value", "bytes", CanonicalType.BINARY, true, null),
                        new ColumnSchema("partition", "int32", CanonicalType.INTEGER, false, null),
                        new ColumnSchema("offset", "int64", CanonicalType.INTEGER, false, null),
                        new ColumnSchema(
                                "timestamp", "timestamp in ms", CanonicalType.TIMESTAMP_WITH_ZONE, false, null)),
                List.of("partition", "offset"));
    }

    @Override
    public Optional<Map<String, Object>> wrongCredentials(String secret) {
        return Optional.of(Map.of("sasl.password", SecretValue.of(secret)));
    }

    @Override
    public Optional<Map<String, Object>> missingDatabase() {
        return Optional.of(Map.of("topic", "not-there"));
    }

    @Override
    public Optional<Map<String, Object>> atPort(int port) {
        return Optional.of(Map.of("bootstrap_servers", "127.0.0.1:" + port));
    }
}
