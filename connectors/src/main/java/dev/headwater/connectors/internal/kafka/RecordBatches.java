package dev.headwater.connectors.internal.kafka;

import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.PreviewMessage;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads stored batches of messages: https://kafka.apache.org/documentation/#recordbatch. Batches of before Kafka 0.11 are
 * left out, and so are the marks of transactions.
 */
final class RecordBatches {

    private static final int MAGIC = 2;
    private static final int BEFORE_LENGTH = 12;
    private static final int HEADER = 61;
    private static final int COMPRESSION_BITS = 0b111;
    private static final int TIME_OF_APPEND = 0b1000;
    private static final int CONTROL = 0b100000;

    private final String topic;
    private final int partition;
    private final long from;
    private final int maxMessages;

    /** The latest so far, and no more than a preview holds. */
    private final Deque<PreviewMessage> latest = new ArrayDeque<>();

    private int bytes;

    private RecordBatches(String topic, int partition, long from, int maxMessages) {
        this.topic = topic;
        this.partition = partition;
        this.from = from;
        this.maxMessages = maxMessages;
    }

    /** {@return the latest messages from an offset on; the last batch may be cut off} */
    static List<PreviewMessage> read(String topic, int partition, long from, int maxMessages, byte[] batches)
            throws IOException {
        RecordBatches reader = new RecordBatches(topic, partition, from, maxMessages);
        ByteBuffer in = ByteBuffer.wrap(batches);
        while (in.remaining() >= HEADER) {
            int start = in.position();
            int length = in.getInt(start + BEFORE_LENGTH - 4);
            if (length < HEADER - BEFORE_LENGTH || length > in.remaining() - BEFORE_LENGTH) {
                break;
            }
            reader.batch(in.slice(start, BEFORE_LENGTH + length));
            in.position(start + BEFORE_LENGTH + length);
        }
        return List.copyOf(reader.latest);
    }

    private void batch(ByteBuffer in) throws IOException {
        long baseOffset = in.getLong(0);
        int attributes = in.getShort(21);
        long firstTime = in.getLong(27);
        long lastTime = in.getLong(35);
        int count = in.getInt(57);
        if (in.get(16) != MAGIC || (attributes & CONTROL) != 0) {
            return;
        }
        var stored = new ByteArrayInputStream(in.array(), in.arrayOffset() + HEADER, in.capacity() - HEADER);
        try (var records = new DataInputStream(Compression.open(attributes & COMPRESSION_BITS, stored))) {
            for (int i = 0; i < count; i++) {
                varint(records);
                records.readByte();
                long time = firstTime + varint(records);
                long offset = baseOffset + varint(records);
                Part key = Part.read(records);
                Part value = Part.read(records);
                headers(records);
                if (offset >= from && !key.tooLarge && !value.tooLarge) {
                    keep(offset, (attributes & TIME_OF_APPEND) != 0 ? lastTime : time, key, value);
                }
            }
        }
    }

    private void keep(long offset, long time, Part key, Part value) {
        // Kafka keeps -1 for a message without a time.
        Instant timestamp = time < 0 ? null : Instant.ofEpochMilli(time);
        PreviewMessage message = new PreviewMessage(
                topic, String.valueOf(partition), String.valueOf(offset), key.bytes, value.bytes, timestamp);
        latest.addLast(message);
        bytes += message.size();
        while (latest.size() > maxMessages || bytes > ConnectorSession.MAX_PREVIEW_BYTES) {
            bytes -= latest.removeFirst().size();
        }
    }

    private static void headers(DataInputStream in) throws IOException {
        long count = varint(in);
        for (long i = 0; i < count; i++) {
            in.skipNBytes(Math.max(0, varint(in)));
            in.skipNBytes(Math.max(0, varint(in)));
        }
    }

    /** A key or a value. */
    private static final class Part {

        private static final Part NONE = new Part(null, false);
        private static final Part TOO_LARGE = new Part(null, true);

        private final byte @Nullable [] bytes;
        private final boolean tooLarge;

        private Part(byte @Nullable [] bytes, boolean tooLarge) {
            this.bytes = bytes;
            this.tooLarge = tooLarge;
        }

        static Part read(DataInputStream in) throws IOException {
            long length = varint(in);
            if (length < 0) {
                return NONE;
            }
            if (length > ConnectorSession.MAX_PREVIEW_BYTES) {
                in.skipNBytes(length);
                return TOO_LARGE;
            }
            byte[] bytes = in.readNBytes((int) length);
            if (bytes.length < length) {
                throw new EOFException("a batch of messages is cut short");
            }
            return new Part(bytes, false);
        }
    }

    /** A number in the zigzag form of Protocol Buffers. */
    private static long varint(DataInputStream in) throws IOException {
        long raw = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = in.readByte();
            raw |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return raw >>> 1 ^ -(raw & 1);
            }
        }
        throw new NotKafkaException("a batch of messages makes no sense");
    }
}
