package dev.headwater.connectors.files;

import static dev.headwater.connectors.Targets.failure;
import static dev.headwater.connectors.Targets.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.connectors.Connectors;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.TableList;
import dev.headwater.spi.TableSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("CSV files")
class CsvConnectorTest {

    @TempDir
    Path directory;

    private Path root = Path.of("");

    @BeforeEach
    void fill() throws IOException {
        root = Files.createDirectory(directory.resolve("root"));
        Files.writeString(directory.resolve("outside.csv"), "secret\n1\n");
        Files.createDirectories(root.resolve("a/b"));
        Files.writeString(root.resolve("a/one.csv"), "id\n1\n");
        Files.writeString(root.resolve("a/b/two.tsv"), "id\tname\n1\tx\n");
        Files.writeString(root.resolve("a/notes.txt"), "no table");
        Files.createSymbolicLink(root.resolve("a/link.csv"), directory.resolve("outside.csv"));
        Files.createSymbolicLink(root.resolve("up"), directory);
    }

    private List<TableSchema> tables(String path) {
        try (ConnectorSession session = Connectors.csv(root).open(target("csv", Map.of("path", path)))) {
            return session.readTables(100, count -> {}).tables();
        }
    }

    @Test
    @DisplayName("are tables, one each, below a directory or by themselves; links are left out")
    void files() {
        assertThat(tables("a")).extracting(TableSchema::name).containsExactly("b/two.tsv", "one.csv");
        assertThat(tables("a/one.csv")).extracting(TableSchema::name).containsExactly("one.csv");
        assertThat(tables("")).extracting(TableSchema::name).containsExactly("a/b/two.tsv", "a/one.csv");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                "../outside.csv",
                "../not-there.csv",
                "a/link.csv",
                "up",
                "up/outside.csv",
                "/etc/passwd",
                "/nowhere"
            })
    @DisplayName("outside the directory are refused in the same way, whether they are there or not")
    void outside(String path) {
        ConnectorException failure = failure(() -> Connectors.csv(root).reach(target("csv", Map.of("path", path))));

        assertThat(failure.failure()).isEqualTo(FailureCode.DESTINATION_REFUSED);
        assertThat(failure).hasMessage("path leads out of the directory in which CSV files may lie");
    }

    @Test
    @DisplayName("are refused as long as the application names no directory")
    void noDirectory() {
        assertThat(failure(() -> Connectors.csv().reach(target("csv", Map.of("path", "a"))))
                        .failure())
                .isEqualTo(FailureCode.DESTINATION_REFUSED);
    }

    @Test
    @DisplayName("that are not there are told as such, and so is what is no path")
    void missing() {
        assertThat(failure(() -> Connectors.csv(root).reach(target("csv", Map.of("path", "a/three.csv"))))
                        .failure())
                .isEqualTo(FailureCode.NO_SUCH_DATABASE);
        assertThat(failure(() -> Connectors.csv(root).reach(target("csv", Map.of("path", "a\0b"))))
                        .failure())
                .isEqualTo(FailureCode.INVALID_CONFIG);
    }

    @Test
    @DisplayName("are told from other files by their names")
    void otherFiles() {
        ConnectorException failure =
                failure(() -> Connectors.csv(root).reach(target("csv", Map.of("path", "a/notes.txt"))));

        assertThat(failure.failure()).isEqualTo(FailureCode.WRONG_SERVER);
        assertThat(failure.hint()).contains(".csv");
    }

    @Test
    @DisplayName("beyond the limit are left out, which is told, and progress is told on the way")
    void limit() throws IOException {
        for (int i = 0; i < 250; i++) {
            Files.writeString(root.resolve("many" + i + ".csv"), "id\n1\n");
        }
        List<Integer> progress = new ArrayList<>();
        try (ConnectorSession session = Connectors.csv(root).open(target("csv", Map.of()))) {
            TableList some = session.readTables(250, progress::add);
            assertThat(some.tables()).hasSize(250);
            assertThat(some.truncated()).isTrue();
            assertThat(session.readTables(252, count -> {}).truncated()).isFalse();
        }
        assertThat(progress).containsExactly(100, 200, 250);
    }

    @Test
    @DisplayName("are handed to a host as the path where they are")
    void client() throws IOException {
        try (var client =
                Connectors.csv(root).client(target("csv", Map.of("path", "a")), new ClientSettings("files", 1))) {
            assertThat(client.client()).isEqualTo(root.resolve("a").toRealPath());
        }
    }

    @Test
    @DisplayName("of a directory take the place of the connector that refuses all, and every other kind stays")
    void instead() {
        List<Connector> connectors = Connectors.allWith(List.of(Connectors.csv(root)));

        assertThat(connectors).hasSameSizeAs(Connectors.all());
        assertThat(connectors)
                .filteredOn(connector -> connector.kinds().contains("csv"))
                .singleElement()
                .satisfies(connector -> connector.reach(target("csv", Map.of("path", "a"))));
    }
}
