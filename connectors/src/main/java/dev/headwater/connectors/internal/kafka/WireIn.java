package dev.headwater.connectors.internal.kafka;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the primitive types of Kafka's protocol out of one answer: https://kafka.apache.org/protocol#protocol_types. Ends in
 * {@link NotKafkaException} where the bytes make no sense, however they were made.
 */
final class WireIn {

    private final ByteBuffer in;

    WireIn(byte[] answer) {
        this.in = ByteBuffer.wrap(answer);
    }

    /** Reads one element of an array. */
    interface Element<T> {
        T read(WireIn in) throws IOException;
    }

    boolean bool() throws IOException {
        return int8() != 0;
    }

    byte int8() throws IOException {
        require(1);
        return in.get();
    }

    short int16() throws IOException {
        require(2);
        return in.getShort();
    }

    int int32() throws IOException {
        require(4);
        return in.getInt();
    }

    long int64() throws IOException {
        require(8);
        return in.getLong();
    }

    String string() throws IOException {
        String text = nullableString();
        if (text == null) {
            throw new NotKafkaException("a text is missing in an answer");
        }
        return text;
    }

    @Nullable
    String nullableString() throws IOException {
        int length = int16();
        return length < 0 ? null : new String(take(length), StandardCharsets.UTF_8);
    }

    /** {@return the bytes; none for null} */
    byte[] bytes() throws IOException {
        int length = int32();
        return length < 0 ? new byte[0] : take(length);
    }

    <T> List<T> array(Element<T> element) throws IOException {
        int count = int32();
        List<T> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(element.read(this));
        }
        return all;
    }

    private byte[] take(int length) throws IOException {
        require(length);
        byte[] taken = new byte[length];
        in.get(taken);
        return taken;
    }

    private void require(int length) throws IOException {
        if (in.remaining() < length) {
            throw new NotKafkaException("an answer is cut short");
        }
    }
}
