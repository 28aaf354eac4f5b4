package dev.headwater.connectors.internal.files;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.headwater.spi.ColumnSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Guesses the columns of a CSV file (RFC 4180) from its first records: what separates fields, whether the first record is a
 * header, and the types. Any column can be empty, so all are nullable.
 */
final class CsvColumns {

    private static final char[] SEPARATORS = {',', ';', '\t', '|'};
    private static final int MAX_RECORDS = 100;

    private CsvColumns() {}

    /**
     * {@return the columns; none if the text is empty, and nothing if not even its first record is all there}
     *
     * @param whole whether this is all of the file; else its last record may be cut
     */
    static Optional<List<ColumnSchema>> of(String text, boolean whole) {
        List<List<String>> best = List.of();
        for (char separator : SEPARATORS) {
            List<List<String>> records = records(text, separator, whole);
            if (width(records) > width(best)) {
                best = records;
            }
        }
        if (best.isEmpty()) {
            return whole || text.isEmpty() ? Optional.of(List.of()) : Optional.empty();
        }
        return Optional.of(columns(best));
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
        if (!whole && !records.isEmpty()) {
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
        List<String> first = records.get(0).stream().map(String::strip).toList();
        boolean header = isHeader(first, types(first.size(), records.subList(1, records.size())));
        List<CsvType> types = types(first.size(), header ? records.subList(1, records.size()) : records);
        List<String> names = header ? named(first) : named(Collections.nCopies(first.size(), ""));
        List<ColumnSchema> columns = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            CsvType type = types.get(i);
            columns.add(new ColumnSchema(names.get(i), type.nativeName(), type.canonical(), true, null));
        }
        return columns;
    }

    private static List<CsvType> types(int width, List<List<String>> records) {
        List<CsvType> types = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            CsvType type = null;
            for (List<String> record : records) {
                type = i < record.size() ? wider(type, record.get(i)) : type;
            }
            types.add(type == null ? CsvType.TEXT : type);
        }
        return types;
    }

    private static @Nullable CsvType wider(@Nullable CsvType type, String value) {
        if (value.isEmpty()) {
            return type;
        }
        CsvType other = CsvType.of(value);
        return type == null ? other : type.with(other);
    }

    /**
     * Names are no numbers or dates. As a rule all are there, and they differ; else it is what stands below that tells them
     * from values.
     */
    private static boolean isHeader(List<String> first, List<CsvType> below) {
        boolean texts = first.stream().allMatch(name -> name.isEmpty() || CsvType.of(name) == CsvType.TEXT)
                && first.stream().anyMatch(name -> !name.isEmpty());
        boolean clear = !first.contains("") && new HashSet<>(first).size() == first.size();
        return texts && (clear || below.stream().anyMatch(type -> type != CsvType.TEXT));
    }

    /** {@return the names, with a number for those that are not there, and after those that come again} */
    private static List<String> named(List<String> header) {
        Set<String> taken = new LinkedHashSet<>();
        for (int i = 0; i < header.size(); i++) {
            String name = header.get(i).isEmpty() ? "column" + (i + 1) : header.get(i);
            String free = name;
            for (int n = 2; !taken.add(free); n++) {
                free = name + "_" + n;
            }
        }
        return List.copyOf(taken);
    }
}
