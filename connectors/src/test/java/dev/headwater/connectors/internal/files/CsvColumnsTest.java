package dev.headwater.connectors.internal.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.spi.ColumnSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The columns of a CSV file")
class CsvColumnsTest {

    private static List<String> columns(String name, byte[] content) throws IOException {
        FileColumns.Parts parts = new FileColumns.Parts() {
            @Override
            public long size() {
                return content.length;
            }

            @Override
            public byte[] read(long offset, int length) {
                return Arrays.copyOfRange(content, (int) offset, (int) offset + length);
            }
        };
        return FileColumns.of(name, parts).stream().map(CsvColumnsTest::shown).toList();
    }

    private static String shown(ColumnSchema column) {
        return column.name() + " " + column.type();
    }

    private static List<String> columns(String text) throws IOException {
        return columns("table.csv", text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] packed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    @DisplayName("are read in the encoding that a byte order mark tells")
    void encodings(String charset) throws IOException {
        assertThat(columns("table.csv", "\uFEFFid;größe\r\n1;2.5\r\n".getBytes(Charset.forName(charset))))
                .containsExactly("id INTEGER", "größe DECIMAL");
    }

    @Test
    @DisplayName("are none where there is no text")
    void noText() throws IOException {
        assertThat(columns("")).isEmpty();
        assertThat(columns("\uFEFF")).isEmpty();
        assertThat(columns("table.csv", new byte[] {1, 0, 2, 0})).isEmpty();
        assertThat(columns("table.csv.gz", "not packed".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    @Test
    @DisplayName("get a number where a name comes again or is not there, as in the index of a data frame")
    void doubtfulHeaders() throws IOException {
        assertThat(columns("a,b,a,a\n1,x,2,y\n")).containsExactly("a INTEGER", "b TEXT", "a_2 INTEGER", "a_3 TEXT");
        assertThat(columns(",price\n0,1.5\n1,2.5\n")).containsExactly("column1 INTEGER", "price DECIMAL");
        assertThat(columns("a,a_2,a\n1,1,1\n")).containsExactly("a INTEGER", "a_2 INTEGER", "a_3 INTEGER");
    }

    @Test
    @DisplayName("have no names where the first record looks like the others")
    void noHeader() throws IOException {
        assertThat(columns("x,x\ny,z\n")).containsExactly("column1 TEXT", "column2 TEXT");
        assertThat(columns("1,x\n2,y\n")).containsExactly("column1 INTEGER", "column2 TEXT");
        assertThat(columns("id,name\n")).containsExactly("id TEXT", "name TEXT");
    }

    @Test
    @DisplayName("are found across line breaks, separators and quotes within quotes")
    void quotes() throws IOException {
        assertThat(columns("id,\"a\nlong, \"\"wide\"\" name\"\n1,\"x\n;y\"\n"))
                .containsExactly("id INTEGER", "a\nlong, \"wide\" name TEXT");
        assertThat(columns("id,name\n1,\"never closed\n2,x\n")).first().isEqualTo("id INTEGER");
    }

    @Test
    @DisplayName("are all there when the header is longer than what is read of other files")
    void longHeader() throws IOException {
        StringBuilder header = new StringBuilder();
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            header.append(i == 0 ? "" : ",").append("measurement").append(i);
            values.append(i == 0 ? "" : ",").append(i);
        }
        String text = header + "\n" + values + "\n";
        assertThat(text.length()).isGreaterThan(FileColumns.CSV_BYTES);
        assertThat(columns(text)).hasSize(10_000).last().isEqualTo("measurement9999 INTEGER");
        assertThat(columns("table.csv.gz", packed(text))).hasSize(10_000);
    }

    @Test
    @DisplayName("are none when the first record has no end, rather than some of them")
    void endless() throws IOException {
        assertThat(columns("name,".repeat(FileColumns.LONGEST_RECORD))).isEmpty();
        assertThat(columns("table.csv.gz", packed("x".repeat(10 * FileColumns.LONGEST_RECORD))))
                .isEmpty();
    }
}
