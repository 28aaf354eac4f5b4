package dev.headwater.connectors.internal.kafka;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes the primitive types of Kafka's protocol: https://kafka.apache.org/protocol#protocol_types. */
final class WireOut {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    WireOut int8(int value) throws IOException {
        out.writeByte(value);
        return this;
    }

    WireOut int16(int value) throws IOException {
        out.writeShort(value);
        return this;
    }

    WireOut int32(int value) throws IOException {
        out.writeInt(value);
        return this;
    }

    WireOut int64(long value) throws IOException {
        out.writeLong(value);
        return this;
    }

    WireOut string(@Nullable String value) throws IOException {
        if (value == null) {
            return int16(-1);
        }
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        int16(text.length);
        out.write(text);
        return this;
    }

    WireOut bytes(byte[] value) throws IOException {
        int32(value.length);
        out.write(value);
        return this;
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }
}
