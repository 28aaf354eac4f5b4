package dev.headwater.connectors.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.NanoSeconds;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The columns of a Parquet file")
class ParquetColumnsTest {

    private static List<ColumnSchema> columns(byte[] content) throws IOException {
        return FileColumns.of("table.parquet", new FileColumns.Parts() {
            @Override
            public long size() {
                return content.length;
            }

            @Override
            public byte[] read(long offset, int length) {
                return Arrays.copyOfRange(content, (int) offset, (int) offset + length);
            }
        });
    }

    private static SchemaElement element(String name, Type type, FieldRepetitionType repetition) {
        SchemaElement element = new SchemaElement(name);
        element.setType(type);
        element.setRepetition_type(repetition);
        return element;
    }

    private static byte[] file(SchemaElement... columns) throws IOException {
        List<SchemaElement> all = new ArrayList<>();
        all.add(new SchemaElement("root").setNum_children(columns.length));
        all.addAll(List.of(columns));
        ByteArrayOutputStream footer = new ByteArrayOutputStream();
        Util.writeFileMetaData(new FileMetaData(1, all, 0, List.of()), footer);
        ByteBuffer file = ByteBuffer.allocate(footer.size() + 12).order(ByteOrder.LITTLE_ENDIAN);
        byte[] magic = "PAR1".getBytes(StandardCharsets.US_ASCII);
        return file.put(magic)
                .put(footer.toByteArray())
                .putInt(footer.size())
                .put(magic)
                .array();
    }

    private static byte[] sample() throws IOException {
        SchemaElement text = element("text", Type.BYTE_ARRAY, FieldRepetitionType.OPTIONAL);
        text.setLogicalType(LogicalType.STRING(new StringType()));
        SchemaElement time = element("time", Type.INT64, FieldRepetitionType.REQUIRED);
        time.setLogicalType(LogicalType.TIME(new TimeType(true, TimeUnit.NANOS(new NanoSeconds()))));
        return file(text, time, element("many", Type.INT32, FieldRepetitionType.REPEATED));
    }

    @Test
    @DisplayName("have the types that newer writers give, which leave out the older ones, and lists of the oldest")
    void logicalTypes() throws IOException {
        assertThat(columns(sample()))
                .containsExactly(
                        new ColumnSchema("text", "byte_array (string)", CanonicalType.TEXT, true, null),
                        new ColumnSchema("time", "int64 (time)", CanonicalType.TIME, false, null),
                        new ColumnSchema("many", "int32", CanonicalType.ARRAY, true, null));
    }

    @Test
    @DisplayName("are none or others, and no error, wherever a byte of the file is wrong or its end is missing")
    void corrupt() throws IOException {
        byte[] good = sample();
        for (int at = 0; at < good.length; at++) {
            for (int wrong : new int[] {0, 0x7F, 0x80, 0xF9, 0xFF}) {
                byte[] bad = good.clone();
                bad[at] = (byte) wrong;
                assertThatCode(() -> columns(bad))
                        .as("byte %s as %s", at, wrong)
                        .doesNotThrowAnyException();
            }
            byte[] cut = Arrays.copyOf(good, at);
            assertThat(columns(cut)).as("cut at %s", at).isEmpty();
        }
    }
}
