package dev.headwater.connectors.internal.kafka;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a broker, in versions that brokers from 2.1 on understand: https://kafka.apache.org/protocol#protocol_api_keys.
 */
final class KafkaBroker {

    private static final int FETCH = 1;
    private static final int LIST_OFFSETS = 2;
    private static final int METADATA = 3;

    private static final int NO_REPLICA = -1;
    private static final int UNKNOWN = -1;
    private static final int LATEST = -1;
    private static final int EARLIEST = -2;
    private static final int READ_UNCOMMITTED = 0;
    private static final int NO_FETCH_SESSION = -1;

    private final KafkaConnection connection;

    KafkaBroker(KafkaConnection connection) {
        this.connection = connection;
    }

    /** A broker as the cluster advertises it. */
    record Node(int id, String host, int port) {}

    /** @param leader the id of the node that serves it, or less than 0 if there is none now */
    record Partition(int index, int leader) {}

    /** @param error why it cannot be used, or 0 */
    record Topic(int error, String name, boolean internal, List<Partition> partitions) {}

    record Metadata(List<Node> nodes, @Nullable String clusterId, List<Topic> topics) {}

    /** The messages of a partition that are there: from the first to before the last. */
    record Range(int partition, long first, long end) {}

    /** {@return the brokers of the cluster, and the topic, or all topics if it is null} */
    Metadata metadata(@Nullable String topic) throws IOException {
        WireIn in = connection.ask(METADATA, 5, out -> {
            if (topic == null) {
                out.int32(-1);
            } else {
                out.int32(1).string(topic);
            }
            // A topic is not made by asking for it.
            out.int8(0);
        });
        in.int32();
        List<Node> nodes = in.array(node -> {
            Node one = new Node(node.int32(), node.string(), node.int32());
            node.nullableString();
            return one;
        });
        String clusterId = in.nullableString();
        in.int32();
        return new Metadata(nodes, clusterId, in.array(KafkaBroker::topic));
    }

    private static Topic topic(WireIn in) throws IOException {
        return new Topic(in.int16(), in.string(), in.bool(), in.array(partition -> {
            partition.int16();
            Partition one = new Partition(partition.int32(), partition.int32());
            partition.array(WireIn::int32);
            partition.array(WireIn::int32);
            partition.array(WireIn::int32);
            return one;
        }));
    }

    /** {@return what the partitions hold that the broker leads; nothing for one that is moving to another just now} */
    List<Range> ranges(String topic, List<Integer> partitions) throws IOException {
        Map<Integer, Long> first = offsets(topic, partitions, EARLIEST);
        Map<Integer, Long> end = offsets(topic, partitions, LATEST);
        return partitions.stream()
                .map(partition ->
                        new Range(partition, first.getOrDefault(partition, 0L), end.getOrDefault(partition, 0L)))
                .toList();
    }

    private Map<Integer, Long> offsets(String topic, List<Integer> partitions, int which) throws IOException {
        WireIn in = connection.ask(LIST_OFFSETS, 2, out -> {
            out.int32(NO_REPLICA).int8(READ_UNCOMMITTED);
            out.int32(1).string(topic).int32(partitions.size());
            for (int partition : partitions) {
                out.int32(partition).int64(which);
            }
        });
        in.int32();
        Map<Integer, Long> offsets = new LinkedHashMap<>();
        in.array(one -> {
            one.string();
            return one.array(partition -> {
                int index = partition.int32();
                int error = partition.int16();
                partition.int64();
                long offset = partition.int64();
                if (!KafkaErrorException.isMoving(error)) {
                    KafkaErrorException.check(error, "the broker does not tell where " + topic + " ends");
                    offsets.put(index, offset);
                }
                return index;
            });
        });
        return offsets;
    }

    /**
     * Reads from where each range begins, without a consumer group, so that no position is kept or moved.
     *
     * @param maxBytes about how much to read, of each partition and in all
     * @return the batches of each partition, as they are stored
     */
    Map<Integer, byte[]> fetch(String topic, List<Range> ranges, int maxBytesEach, int maxBytes) throws IOException {
        WireIn in = connection.ask(FETCH, 10, out -> {
            out.int32(NO_REPLICA).int32(0).int32(0).int32(maxBytes).int8(READ_UNCOMMITTED);
            out.int32(0).int32(NO_FETCH_SESSION);
            out.int32(1).string(topic).int32(ranges.size());
            for (Range range : ranges) {
                out.int32(range.partition()).int32(UNKNOWN).int64(range.first()).int64(UNKNOWN);
                out.int32(maxBytesEach);
            }
            out.int32(0);
        });
        in.int32();
        KafkaErrorException.check(in.int16(), "the broker does not show messages");
        in.int32();
        Map<Integer, byte[]> batches = new LinkedHashMap<>();
        in.array(one -> {
            one.string();
            return one.array(partition -> {
                int index = partition.int32();
                int error = partition.int16();
                if (!KafkaErrorException.isMoving(error)) {
                    KafkaErrorException.check(error, "the broker does not show messages of " + topic);
                }
                partition.int64();
                partition.int64();
                partition.int64();
                partition.array(aborted -> new ArrayList<>(List.of(aborted.int64(), aborted.int64())));
                return batches.put(index, partition.bytes());
            });
        });
        return batches;
    }
}
