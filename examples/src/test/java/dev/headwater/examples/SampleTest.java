package dev.headwater.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The sample database")
class SampleTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from river order by id",
                "from course order by all",
                "from continent order by name",
                "select table_name, column_name, data_type, is_nullable, comment from duckdb_columns()"
                        + " where not internal order by all",
                "select table_name, comment from duckdb_tables() order by all",
                "select view_name, comment from duckdb_views() where not internal order by all"
            })
    @DisplayName("is what its script makes")
    void made(String query) throws Exception {
        Path file = directory.resolve("rivers.duckdb");
        try (InputStream sample = Quickstart.class.getResourceAsStream("rivers.duckdb")) {
            Files.copy(sample, file);
        }
        List<String> shipped;
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file)) {
            shipped = rows(connection, query);
        }
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(script());
            }
            assertThat(shipped).isNotEmpty().isEqualTo(rows(connection, query));
        }
    }

    @Test
    @DisplayName("is small")
    void small() throws Exception {
        try (InputStream sample = Quickstart.class.getResourceAsStream("rivers.duckdb")) {
            assertThat(sample.readAllBytes()).hasSizeLessThan(200_000);
        }
    }

    private static String script() throws IOException {
        try (InputStream script = Quickstart.class.getResourceAsStream("rivers.sql")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<String> rows(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (results.next()) {
                StringBuilder row = new StringBuilder();
                for (int column = 1; column <= results.getMetaData().getColumnCount(); column++) {
                    row.append(results.getString(column)).append('|');
                }
                rows.add(row.toString());
            }
            return rows;
        }
    }
}
