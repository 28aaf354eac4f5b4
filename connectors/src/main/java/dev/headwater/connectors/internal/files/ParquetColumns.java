package dev.headwater.connectors.internal.files;

import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;

/**
 * Reads the columns of a Parquet file from its footer; of nested ones, the outermost.
 *
 * @see <a href="https://parquet.apache.org/docs/file-format/">the file format</a>
 */
final class ParquetColumns {

    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

    /** The footer's length and the magic number. */
    private static final int TAIL = 8;

    /** A footer that is larger is of a file with very many row groups or columns. */
    private static final int MAX_FOOTER = 16 * 1024 * 1024;

    private ParquetColumns() {}

    static List<ColumnSchema> of(FileColumns.Parts file) throws IOException {
        if (file.size() < MAGIC.length + TAIL) {
            return List.of();
        }
        ByteBuffer tail = ByteBuffer.wrap(file.read(file.size() - TAIL, TAIL)).order(ByteOrder.LITTLE_ENDIAN);
        int length = tail.getInt();
        byte[] magic = new byte[MAGIC.length];
        tail.get(magic);
        // Encrypted footers end in another magic number.
        if (!Arrays.equals(magic, MAGIC) || length < 0 || length > Math.min(MAX_FOOTER, file.size() - TAIL)) {
            return List.of();
        }
        byte[] footer = file.read(file.size() - TAIL - length, length);
        try {
            return columns(Util.readFileMetaData(new ByteArrayInputStream(footer), true)
                    .getSchema());
        } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
            // No footer, whatever the magic number says: its lengths and depths are those of garbage.
            return List.of();
        }
    }

    /** The elements are the tree in depth-first order, the root first. */
    private static List<ColumnSchema> columns(List<SchemaElement> elements) {
        List<ColumnSchema> columns = new ArrayList<>();
        int at = 1;
        while (at < elements.size()) {
            SchemaElement element = elements.get(at);
            columns.add(new ColumnSchema(
                    element.getName(),
                    nativeType(element),
                    canonical(element),
                    element.getRepetition_type() != FieldRepetitionType.REQUIRED,
                    null));
            at = end(elements, at);
        }
        return columns;
    }

    /** {@return the index after an element and all that is below it} */
    private static int end(List<SchemaElement> elements, int at) {
        int open = 1;
        int next = at;
        while (open > 0 && next < elements.size()) {
            open += elements.get(next).getNum_children() - 1;
            next++;
        }
        return next;
    }

    private static String nativeType(SchemaElement element) {
        String physical = element.isSetType() ? element.getType().name().toLowerCase(Locale.ROOT) : "group";
        String meaning = element.isSetConverted_type()
                ? element.getConverted_type().name()
                : element.isSetLogicalType()
                        ? element.getLogicalType().getSetField().name()
                        : "";
        return meaning.isEmpty() ? physical : physical + " (" + meaning.toLowerCase(Locale.ROOT) + ")";
    }

    /** A logical type says more than the older converted type, and newer writers leave that out. */
    private static CanonicalType canonical(SchemaElement element) {
        if (element.getRepetition_type() == FieldRepetitionType.REPEATED) {
            return CanonicalType.ARRAY;
        }
        CanonicalType known = CanonicalType.UNKNOWN;
        if (element.isSetLogicalType()) {
            known = logical(element.getLogicalType());
        }
        if (known == CanonicalType.UNKNOWN && element.isSetConverted_type()) {
            known = converted(element.getConverted_type());
        }
        if (known != CanonicalType.UNKNOWN) {
            return known;
        }
        return element.isSetType() ? physical(element.getType()) : CanonicalType.STRUCT;
    }

    private static CanonicalType logical(LogicalType type) {
        return switch (type.getSetField()) {
            case STRING, ENUM -> CanonicalType.TEXT;
            case MAP -> CanonicalType.MAP;
            case LIST -> CanonicalType.ARRAY;
            case DECIMAL -> CanonicalType.DECIMAL;
            case DATE -> CanonicalType.DATE;
            case TIME -> CanonicalType.TIME;
            case TIMESTAMP ->
                type.getTIMESTAMP().isIsAdjustedToUTC() ? CanonicalType.TIMESTAMP_WITH_ZONE : CanonicalType.TIMESTAMP;
            case INTEGER -> CanonicalType.INTEGER;
            case JSON, BSON, VARIANT -> CanonicalType.JSON;
            case UUID -> CanonicalType.UUID;
            case FLOAT16 -> CanonicalType.FLOAT;
            case GEOMETRY, GEOGRAPHY -> CanonicalType.GEOGRAPHY;
            default -> CanonicalType.UNKNOWN;
        };
    }

    private static CanonicalType converted(ConvertedType type) {
        return switch (type) {
            case UTF8, ENUM -> CanonicalType.TEXT;
            case MAP, MAP_KEY_VALUE -> CanonicalType.MAP;
            case LIST -> CanonicalType.ARRAY;
            case DECIMAL -> CanonicalType.DECIMAL;
            case DATE -> CanonicalType.DATE;
            case TIME_MILLIS, TIME_MICROS -> CanonicalType.TIME;
            case TIMESTAMP_MILLIS, TIMESTAMP_MICROS -> CanonicalType.TIMESTAMP_WITH_ZONE;
            case UINT_8, UINT_16, UINT_32, UINT_64, INT_8, INT_16, INT_32, INT_64 -> CanonicalType.INTEGER;
            case JSON, BSON -> CanonicalType.JSON;
            case INTERVAL -> CanonicalType.INTERVAL;
        };
    }

    private static CanonicalType physical(Type type) {
        return switch (type) {
            case BOOLEAN -> CanonicalType.BOOLEAN;
            case INT32, INT64 -> CanonicalType.INTEGER;
            // Impala's old timestamps
            case INT96 -> CanonicalType.TIMESTAMP;
            case FLOAT, DOUBLE -> CanonicalType.FLOAT;
            case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> CanonicalType.BINARY;
        };
    }
}
