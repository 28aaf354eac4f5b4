package dev.headwater.connectors.internal.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.headwater.connectors.internal.Login;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.duckdb.DuckDBDriver;

@Label("The path of a DuckDB database")
class DuckDbPathTest {

    @Provide
    Arbitrary<String> fileName() {
        Arbitrary<String> odd = Arbitraries.strings()
                .withChars("?&=#%+,;:@[]\\\"'{}$* .ab0-_\u00e9\t")
                .ofMinLength(1)
                .ofMaxLength(20);
        Arbitrary<String> attacks = Arbitraries.of(
                "a;access_mode=read_only",
                "a;session_init_sql_file=x",
                "a?x=y",
                "%2e%2e",
                "~",
                ":memory:a",
                "a:b.db",
                "memory:",
                "'; drop");
        return Arbitraries.oneOf(odd, attacks).filter(name -> !name.equals(".") && !name.equals(".."));
    }

    private static Login login(String database) {
        return new DuckDbKind().login(ResolvedConfig.of(Map.of("database", database)));
    }

    @Property(tries = 150)
    @Label("opens that very file or is refused, whatever its name is")
    void opensThatFile(@ForAll("fileName") String name) throws IOException, SQLException {
        Path directory = Files.createTempDirectory("duck");
        String path = directory + "/" + name;
        Throwable refusal = catchThrowable(() -> login(path));
        if (refusal != null) {
            assertThat(refusal)
                    .isInstanceOfSatisfying(
                            ConnectorException.class,
                            e -> assertThat(e.failure()).isEqualTo(FailureCode.INVALID_CONFIG));
            return;
        }
        Login login = login(path);
        try (Connection connection = new DuckDBDriver().connect(login.url(), login.properties());
                var statement = connection.createStatement()) {
            statement.execute("create table t (a int)");
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly(name);
        }
    }

    @Example
    @Label("is no URL, no extension's scheme and no list of options")
    void refusals() {
        for (String database : List.of(
                "",
                " ",
                "jdbc:duckdb:/tmp/x",
                "md:mine",
                "https://example.com/x.duckdb",
                "s3://bucket/x.duckdb",
                "sqlite:x.db",
                "postgres:dbname=x",
                "ducklake:x",
                ":memory:shared",
                "memory:",
                "/tmp/x;threads=1",
                "/tmp/x\n",
                "/tmp/x ",
                "/tmp/\0x")) {
            assertThatThrownBy(() -> login(database))
                    .as(database)
                    .isInstanceOfSatisfying(
                            ConnectorException.class,
                            e -> assertThat(e.failure()).isEqualTo(FailureCode.INVALID_CONFIG));
        }
    }
}
