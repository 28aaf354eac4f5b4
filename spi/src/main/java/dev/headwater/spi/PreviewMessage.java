package dev.headwater.spi;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message of a stream, as a connection test shows it on request. What it holds is the data of others: it prints
 * without key and value, and belongs in no log and no store. Immutable, and safe for use by many threads.
 *
 * <p>The parts are those that Chalk's test shows.
 */
public final class PreviewMessage {

    private final String topic;
    private final @Nullable String partition;
    private final String offset;
    private final byte @Nullable [] key;
    private final byte @Nullable [] value;
    private final @Nullable Instant timestamp;

    /**
     * @param topic the topic, stream or subscription that it is from
     * @param partition the partition or shard, or null where the source has none
     * @param offset where in the partition: an offset, a sequence number, or the id of the message
     * @param key its key; null if it has none
     * @param value its value; null if it has none, as the tombstones of Kafka
     * @param timestamp when it was written, as the source says, or null if that does not say
     */
    public PreviewMessage(
            String topic,
            @Nullable String partition,
            String offset,
            byte @Nullable [] key,
            byte @Nullable [] value,
            @Nullable Instant timestamp) {
        this.topic = Objects.requireNonNull(topic, "topic");
        this.partition = partition;
        this.offset = Objects.requireNonNull(offset, "offset");
        this.key = key == null ? null : key.clone();
        this.value = value == null ? null : value.clone();
        this.timestamp = timestamp;
    }

    /** {@return the topic, stream or subscription that it is from} */
    public String topic() {
        return topic;
    }

    /** {@return the partition or shard; empty where the source has none} */
    public Optional<String> partition() {
        return Optional.ofNullable(partition);
    }

    /** {@return where in the partition: an offset, a sequence number, or the id of the message} */
    public String offset() {
        return offset;
    }

    /** {@return a copy of its key; empty if it has none} */
    public Optional<byte[]> key() {
        return key == null ? Optional.empty() : Optional.of(key.clone());
    }

    /** {@return a copy of its value; empty if it has none} */
    public Optional<byte[]> value() {
        return value == null ? Optional.empty() : Optional.of(value.clone());
    }

    /** {@return when it was written; empty if the source does not say} */
    public Optional<Instant> timestamp() {
        return Optional.ofNullable(timestamp);
    }

    /** {@return the bytes of key and value together} */
    public int size() {
        return (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PreviewMessage that
                && topic.equals(that.topic)
                && Objects.equals(partition, that.partition)
                && offset.equals(that.offset)
                && Arrays.equals(key, that.key)
                && Arrays.equals(value, that.value)
                && Objects.equals(timestamp, that.timestamp);
    }

    @Override
    public int hashCode() {
        return Objects.hash(topic, partition, offset, Arrays.hashCode(key), Arrays.hashCode(value), timestamp);
    }

    /** Where it is from and how large it is; neither key nor value. */
    @Override
    public String toString() {
        return "PreviewMessage[" + topic + "/" + partition + "@" + offset + ", " + size() + " bytes]";
    }
}
