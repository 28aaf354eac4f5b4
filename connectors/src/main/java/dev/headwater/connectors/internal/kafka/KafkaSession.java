package dev.headwater.connectors.internal.kafka;

import dev.headwater.connectors.internal.Failures;
import dev.headwater.connectors.internal.kafka.KafkaBroker.Metadata;
import dev.headwater.connectors.internal.kafka.KafkaBroker.Topic;
import dev.headwater.connectors.internal.net.Endpoint;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.PreviewMessage;
import dev.headwater.spi.TableList;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;

/** A login to one broker. The topic of the config was there when it began. */
final class KafkaSession implements ConnectorSession {

    /** What a consumer gets of each message; what key and value hold is known to those who write them only. */
    private static final List<ColumnSchema> COLUMNS = List.of(
            new ColumnSchema("key", "bytes", CanonicalType.BINARY, true, null),
            new ColumnSchema("value", "bytes", CanonicalType.BINARY, true, null),
            new ColumnSchema("partition", "int32", CanonicalType.INTEGER, false, null),
            new ColumnSchema("offset", "int64", CanonicalType.INTEGER, false, null),
            new ColumnSchema("timestamp", "timestamp in ms", CanonicalType.TIMESTAMP_WITH_ZONE, false, null));

    private final KafkaSettings settings;
    private final ConnectionTarget target;
    private final KafkaConnection connection;
    private final KafkaBroker broker;

    KafkaSession(KafkaSettings settings, ConnectionTarget target, KafkaConnection connection) {
        this.settings = settings;
        this.target = target;
        this.connection = connection;
        this.broker = new KafkaBroker(connection);
    }

    @Override
    public String probe() {
        return run("read the topic", () -> {
            Metadata metadata = broker.metadata(settings.topic());
            Topic topic = requireTopic(metadata);
            String text = "Kafka cluster " + metadata.clusterId() + " of "
                    + metadata.nodes().size() + " broker(s), topic " + topic.name() + " of "
                    + topic.partitions().size() + " partition(s)";
            return Failures.line(text, target.config());
        });
    }

    @Override
    public TableList readTables(int maxTables, IntConsumer progress) {
        if (maxTables < 1) {
            throw new IllegalArgumentException("maxTables must be at least 1, is " + maxTables);
        }
        return run("read the topics", () -> {
            List<Topic> topics = broker.metadata(null).topics().stream()
                    .filter(topic -> !topic.internal() && !topic.name().startsWith("__"))
                    .sorted(Comparator.comparing(Topic::name))
                    .toList();
            List<TableSchema> tables =
                    topics.stream().limit(maxTables).map(KafkaSession::table).toList();
            progress.accept(tables.size());
            return new TableList(tables, topics.size() > maxTables);
        });
    }

    private static TableSchema table(Topic topic) {
        int partitions = topic.partitions().size();
        return new TableSchema(
                null,
                null,
                topic.name(),
                TableType.TOPIC,
                partitions == 1 ? "1 partition" : partitions + " partitions",
                COLUMNS,
                List.of("partition", "offset"));
    }

    @Override
    public List<PreviewMessage> preview(int maxMessages) {
        if (maxMessages < 1) {
            throw new IllegalArgumentException("maxMessages must be at least 1, is " + maxMessages);
        }
        return run("read messages", () -> {
            Metadata metadata = broker.metadata(settings.topic());
            return new KafkaPreview(settings, target, connection, maxMessages)
                    .read(metadata.nodes(), requireTopic(metadata));
        });
    }

    /** Checks that the topic of the config is there. */
    void requireTopic() throws IOException {
        requireTopic(broker.metadata(settings.topic()));
    }

    /**
     * Checks all addresses that a client of the cluster may connect to, since Kafka's client cannot be told to ask.
     *
     * @throws ConnectorException with {@link FailureCode#DESTINATION_REFUSED} if the policy refuses one
     */
    void requireAllowedAddresses() {
        run("check the addresses of the brokers", () -> {
            Set<Endpoint> all = new LinkedHashSet<>(settings.servers());
            for (KafkaBroker.Node node : broker.metadata(settings.topic()).nodes()) {
                all.add(KafkaPreview.endpoint(node));
            }
            for (Endpoint endpoint : all) {
                settings.requireMsk(endpoint);
                for (InetAddress address : InetAddress.getAllByName(endpoint.host())) {
                    if (!target.policy().allows(endpoint.host(), address, endpoint.port())) {
                        throw new ConnectorException(
                                FailureCode.DESTINATION_REFUSED,
                                "the network policy does not allow " + endpoint + ", an address of the cluster");
                    }
                }
            }
            return all;
        });
    }

    private static Topic requireTopic(Metadata metadata) throws IOException {
        if (metadata.topics().isEmpty()) {
            throw new NotKafkaException("the broker answers nothing of the topic");
        }
        Topic topic = metadata.topics().get(0);
        if (topic.error() == KafkaErrorException.UNKNOWN_TOPIC) {
            throw new KafkaErrorException(topic.error(), "no such topic: " + topic.name());
        }
        // A partition that has no leader for the moment does not make the topic go away.
        if (topic.error() != KafkaErrorException.LEADER_NOT_AVAILABLE) {
            KafkaErrorException.check(topic.error(), "the broker does not let the user see topic " + topic.name());
        }
        return topic;
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private <T> T run(String doing, Work<T> work) {
        Failures.refuseCancelled(target);
        try {
            return work.run();
        } catch (IOException | RuntimeException e) {
            throw KafkaFailures.translate(target, doing, e);
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
