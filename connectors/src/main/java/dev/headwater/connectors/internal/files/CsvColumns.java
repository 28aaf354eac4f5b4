package dev.headwater.connectors.internal.files;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.headwater.spi.ColumnSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Guesses the columns of a CSV file (RFC 4180, in UTF-8) from its first records: what separates fields, whether the first
 * record is a header, and the types. Any column can be empty, so all are nullable.
 */
final class CsvColumns {

    private static final char[] SEPARATORS = {',', ';', '\t', '|'};
    private static final int MAX_RECORDS = 100;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private CsvColumns() {}

    /** @param whole whether this is all of the file; else its last record may be cut */
    static List<ColumnSchema> of(byte[] begin, boolean whole) {
        String text = new String(begin, StandardCharsets.UTF_8);
        String plain = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        List<List<String>> best = List.of();
        for (char separator : SEPARATORS) {
            List<List<String>> records = records(plain, separator, whole);
            if (width(records) > width(best)) {
                best = records;
            }
        }
        return best.isEmpty() ? List.of() : columns(best);
    }

    private static List<List<String>> records(String text, char separator, boolean whole) {
        List<List<String>> records = new ArrayList<>();
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .fieldSeparator(separator)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text)) {
            for (CsvRecord record : reader) {
                records.add(record.getFields());
                if (records.size() == MAX_RECORDS) {
                    return records;
                }
            }
        } catch (CsvParseException | IOException e) {
            // A quote that is not closed: what comes before is right.
        }
        if (!whole && records.size() > 1) {
            records.remove(records.size() - 1);
        }
        return records;
    }

    /** How many fields each record has; 1 if they differ, for then this is not what separates them. */
    private static int width(List<List<String>> records) {
        if (records.isEmpty()) {
            return 0;
        }
        int width = records.get(0).size();
        return records.stream().allMatch(record -> record.size() == width) ? width : 1;
    }

    private static List<ColumnSchema> columns(List<List<String>> records) {
        List<String> first = records.get(0);
        boolean header = isHeader(first);
        List<ColumnSchema> columns = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            CsvType type = null;
            for (List<String> record : records.subList(header ? 1 : 0, records.size())) {
                type = i < record.size() ? wider(type, record.get(i)) : type;
            }
            CsvType found = type == null ? CsvType.TEXT : type;
            String name = header ? first.get(i).strip() : "column" + (i + 1);
            columns.add(new ColumnSchema(name, found.nativeName(), found.canonical(), true, null));
        }
        return columns;
    }

    private static @Nullable CsvType wider(@Nullable CsvType type, String value) {
        if (value.isEmpty()) {
            return type;
        }
        CsvType other = CsvType.of(value);
        return type == null ? other : type.with(other);
    }

    /** Names are there, differ, and are no numbers or dates. */
    private static boolean isHeader(List<String> record) {
        Set<String> seen = new HashSet<>();
        return record.stream()
                .map(String::strip)
                .allMatch(name -> !name.isEmpty() && CsvType.of(name) == CsvType.TEXT && seen.add(name));
    }
}
