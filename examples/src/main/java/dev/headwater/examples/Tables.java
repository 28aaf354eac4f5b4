package dev.headwater.examples;

import dev.headwater.spi.Change;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.Commit;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.SchemaSnapshot;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TestReport;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.sql.DataSource;

/** Shows what a registry gives as tables. All of it may be shown to anybody: none of these types holds a secret. */
final class Tables {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Console console;

    Tables(Console console) {
        this.console = console;
    }

    void records(List<DataSourceRecord> records) {
        console.table(
                List.of("name", "kind", "version", "by", "display name"),
                records.stream()
                        .map(record -> List.of(
                                record.name(),
                                record.kind(),
                                String.valueOf(record.version()),
                                record.updated().by(),
                                Objects.requireNonNullElse(record.spec().displayName(), "")))
                        .toList());
    }

    void config(DataSourceRecord record) {
        console.table(
                List.of("field", "value"),
                record.config().entrySet().stream()
                        .map(field -> List.of(field.getKey(), field.getValue().toString()))
                        .toList());
    }

    void test(TestReport report) {
        console.table(
                List.of("step", "outcome", "took", "code", "message"),
                report.steps().stream()
                        .map(step -> List.of(
                                lower(step.step()),
                                step.outcome().name(),
                                step.took().toMillis() + " ms",
                                step.code() == null ? "" : step.code().name(),
                                Objects.requireNonNullElse(step.message(), "")))
                        .toList());
        report.failure().ifPresent(step -> console.say("  Hint: " + step.hint() + "\n"));
    }

    void schema(SchemaSnapshot snapshot) {
        List<List<String>> rows = new ArrayList<>();
        for (TableSchema table : snapshot.tables()) {
            String heading = table.schema() + "." + table.name();
            for (ColumnSchema column : table.columns()) {
                rows.add(List.of(
                        heading,
                        heading.isEmpty() ? "" : lower(table.type()),
                        column.name(),
                        column.nativeType(),
                        lower(column.type()),
                        table.primaryKey().contains(column.name()) ? "key" : "",
                        Objects.requireNonNullElse(column.comment(), "")));
                heading = "";
            }
        }
        console.table(List.of("table", "type", "column", "native type", "type", "key", "comment"), rows);
    }

    void history(List<Commit> commits) {
        console.table(
                List.of("commit", "at (UTC)", "by", "did", "data source", "changed", "why"),
                commits.stream()
                        .map(commit -> List.of(
                                String.valueOf(commit.number()),
                                time(commit.stamp().at()),
                                commit.stamp().by(),
                                verb(commit.change()),
                                commit.change().name(),
                                commit.change() instanceof Change.Updated updated
                                        ? String.join(", ", updated.changed())
                                        : "",
                                Objects.requireNonNullElse(commit.message(), "")))
                        .toList());
    }

    /** Runs a query and shows what it gives. */
    void query(DataSource dataSource, String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(sql)) {
            List<String> headings = new ArrayList<>();
            for (int column = 1; column <= results.getMetaData().getColumnCount(); column++) {
                headings.add(results.getMetaData().getColumnLabel(column));
            }
            List<List<String>> rows = new ArrayList<>();
            while (results.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= headings.size(); column++) {
                    row.add(String.valueOf(results.getString(column)));
                }
                rows.add(row);
            }
            console.table(headings, rows);
        }
    }

    static String time(Instant instant) {
        return TIME.format(instant);
    }

    private static String verb(Change change) {
        if (change instanceof Change.Inserted) {
            return "insert";
        }
        return change instanceof Change.Updated ? "update" : "delete";
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
