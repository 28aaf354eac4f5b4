package dev.headwater.connectors.internal.files;

import dev.headwater.connectors.internal.Artifacts;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * The columns of a file, by the ending of its name: CSV ({@code .csv}, {@code .tsv}, also with {@code .gz}) and Parquet
 * ({@code .parquet}). Others have none. Only the beginning of a CSV file is read, and of a Parquet file the end.
 */
public final class FileColumns {

    /** How many bytes of a CSV file are looked at. */
    static final int CSV_BYTES = 65_536;

    /** How many, where not even the first record ends in so many. */
    static final int LONGEST_RECORD = 1_048_576;

    private static final String PACKED = ".gz";

    private FileColumns() {}

    /** A file that can be read in parts. */
    public interface Parts {

        /** {@return how many bytes it has} */
        long size();

        /**
         * {@return some of its bytes; fewer only at its end}
         *
         * @throws IOException if they cannot be read
         */
        byte[] read(long offset, int length) throws IOException;
    }

    /**
     * Reads the columns.
     *
     * @return the columns; none if the file is of another format, or is not what its name says
     * @throws IOException if the file cannot be read
     * @throws ConnectorException with {@link FailureCode#DRIVER_MISSING} if the reader of the format is not there
     */
    public static List<ColumnSchema> of(String name, Parts file) throws IOException {
        String lower = name.toLowerCase(Locale.ROOT);
        if (isCsv(lower)) {
            Artifacts.require("CSV reader", "de.siegmar.fastcsv.reader.CsvReader", "de.siegmar:fastcsv");
            boolean packed = lower.endsWith(PACKED);
            Optional<List<ColumnSchema>> columns = csv(file, packed, CSV_BYTES);
            return columns.isPresent()
                    ? columns.get()
                    : csv(file, packed, LONGEST_RECORD).orElse(List.of());
        }
        if (lower.endsWith(".parquet")) {
            Artifacts.require(
                    "Parquet reader", "org.apache.parquet.format.Util", "org.apache.parquet:parquet-format-structures");
            return ParquetColumns.of(file);
        }
        return List.of();
    }

    /** {@return whether a file of this name is read as CSV} */
    static boolean isCsv(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String plain = lower.endsWith(PACKED) ? lower.substring(0, lower.length() - PACKED.length()) : lower;
        return plain.endsWith(".csv") || plain.endsWith(".tsv");
    }

    private static Optional<List<ColumnSchema>> csv(Parts file, boolean packed, int most) throws IOException {
        byte[] begin = file.read(0, (int) Math.min(most, file.size()));
        byte[] text = packed ? unpacked(begin, most) : begin;
        boolean whole = begin.length == file.size() && (!packed || text.length < most);
        return CsvColumns.of(CsvText.of(text), whole);
    }

    /** As much as the beginning of the packed file gives. */
    private static byte[] unpacked(byte[] packed, int most) {
        byte[] text = new byte[most];
        int length = 0;
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            int read = in.read(text, 0, text.length);
            while (read > 0) {
                length += read;
                read = in.read(text, length, text.length - length);
            }
        } catch (EOFException e) {
            // the end of what was read of the file
        } catch (IOException e) {
            return new byte[0];
        }
        return Arrays.copyOf(text, length);
    }
}
