package dev.headwater.connectors.internal.kafka;

import dev.headwater.connectors.internal.kafka.KafkaBroker.Node;
import dev.headwater.connectors.internal.kafka.KafkaBroker.Partition;
import dev.headwater.connectors.internal.kafka.KafkaBroker.Range;
import dev.headwater.connectors.internal.kafka.KafkaBroker.Topic;
import dev.headwater.connectors.internal.net.Endpoint;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.PreviewMessage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the latest messages of a topic. It asks the brokers that lead its partitions one after the other until there are
 * enough, so of a topic on many brokers it may not find the very latest.
 */
final class KafkaPreview {

    private static final int MAX_BYTES_EACH = 262_144;
    private static final int MAX_BYTES = 4_194_304;
    private static final int MAX_PARTITIONS_EACH = 64;

    private final KafkaSettings settings;
    private final ConnectionTarget target;
    private final KafkaConnection own;
    private final int maxMessages;
    private final List<PreviewMessage> found = new ArrayList<>();

    KafkaPreview(KafkaSettings settings, ConnectionTarget target, KafkaConnection own, int maxMessages) {
        this.settings = settings;
        this.target = target;
        this.own = own;
        this.maxMessages = maxMessages;
    }

    List<PreviewMessage> read(List<Node> nodes, Topic topic) throws IOException {
        Map<Integer, List<Integer>> byLeader = new LinkedHashMap<>();
        for (Partition partition : topic.partitions()) {
            byLeader.computeIfAbsent(partition.leader(), leader -> new ArrayList<>())
                    .add(partition.index());
        }
        for (Node node : nodes) {
            List<Integer> led = byLeader.getOrDefault(node.id(), List.of());
            if (!led.isEmpty() && found.size() < maxMessages) {
                readFrom(endpoint(node), led);
            }
        }
        return latest();
    }

    /** What a broker says of itself is checked like what a config says. */
    static Endpoint endpoint(Node node) throws NotKafkaException {
        try {
            return Endpoint.of(node.host(), node.port());
        } catch (ConnectorException e) {
            throw new NotKafkaException("a broker advertises an address that is none");
        }
    }

    private void readFrom(Endpoint leader, List<Integer> partitions) throws IOException {
        if (leader.equals(own.endpoint())) {
            readFrom(own, partitions);
            return;
        }
        try (KafkaConnection other = KafkaConnection.open(leader, settings, target, target.timeout())) {
            readFrom(other, partitions);
        }
    }

    private void readFrom(KafkaConnection connection, List<Integer> partitions) throws IOException {
        KafkaBroker broker = new KafkaBroker(connection);
        List<Range> ranges = broker.ranges(settings.topic(), partitions).stream()
                .filter(range -> range.end() > range.first())
                .limit(MAX_PARTITIONS_EACH)
                .map(range ->
                        new Range(range.partition(), Math.max(range.first(), range.end() - maxMessages), range.end()))
                .toList();
        if (ranges.isEmpty()) {
            return;
        }
        Map<Integer, byte[]> batches = broker.fetch(settings.topic(), ranges, MAX_BYTES_EACH, MAX_BYTES);
        for (Range range : ranges) {
            byte[] stored = batches.getOrDefault(range.partition(), new byte[0]);
            found.addAll(RecordBatches.read(settings.topic(), range.partition(), range.first(), maxMessages, stored));
        }
    }

    private List<PreviewMessage> latest() {
        Comparator<PreviewMessage> byTime =
                Comparator.comparing(message -> message.timestamp().orElse(Instant.MIN));
        found.sort(byTime);
        List<PreviewMessage> latest = new ArrayList<>();
        int bytes = 0;
        for (int i = found.size() - 1; i >= 0 && latest.size() < maxMessages; i--) {
            int size = found.get(i).size();
            if (size <= ConnectorSession.MAX_PREVIEW_BYTES - bytes) {
                latest.add(found.get(i));
                bytes += size;
            }
        }
        Collections.reverse(latest);
        return latest;
    }
}
