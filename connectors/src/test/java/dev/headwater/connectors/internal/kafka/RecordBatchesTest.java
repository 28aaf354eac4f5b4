package dev.headwater.connectors.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Stored batches of messages")
class RecordBatchesTest {

    private static byte[] batch(int compression, int count, byte[] records) {
        return ByteBuffer.allocate(61 + records.length)
                .putLong(0)
                .putInt(49 + records.length)
                .putInt(0)
                .put((byte) 2)
                .putInt(0)
                .putShort((short) compression)
                .putInt(0)
                .putLong(1_000)
                .putLong(2_000)
                .putLong(-1)
                .putShort((short) -1)
                .putInt(-1)
                .putInt(count)
                .put(records)
                .array();
    }

    @Property
    @Label("that make no sense end in an I/O failure or in messages, and in nothing else")
    void garbage(
            @ForAll @IntRange(max = 7) int compression, @ForAll int count, @ForAll @Size(max = 200) byte[] records) {
        try {
            assertThat(RecordBatches.read("t", 0, 0, 3, batch(compression, count, records)))
                    .hasSizeLessThanOrEqualTo(3);
        } catch (IOException e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }

    @Test
    @DisplayName("that hold far more than they should are given up")
    void bomb() throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 17; i++) {
                out.write(zeros);
            }
        }
        assertThatThrownBy(
                        () -> RecordBatches.read("t", 0, 0, 3, batch(1, Integer.MAX_VALUE, compressed.toByteArray())))
                .isInstanceOf(NotKafkaException.class)
                .hasMessageContaining("more than");
    }
}
