package dev.headwater.examples;

import dev.headwater.spi.SecretValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The directory in which the quickstart works.
 *
 * @param directory all of it
 */
record QuickstartFiles(Path directory) {

    /** Empties the directory, and puts the sample database and a secret there. */
    static QuickstartFiles makeAnew(Path directory, SecretValue ordersPassword) throws IOException {
        deleteAll(directory);
        QuickstartFiles files = new QuickstartFiles(directory);
        Files.createDirectories(files.secrets());
        Files.writeString(files.secrets().resolve("orders-password"), ordersPassword.reveal());
        try (InputStream sample =
                Objects.requireNonNull(QuickstartFiles.class.getResourceAsStream("rivers.duckdb"), "rivers.duckdb")) {
            Files.copy(sample, files.sample());
        }
        return files;
    }

    Path secrets() {
        return directory.resolve("secrets");
    }

    Path sample() {
        return directory.resolve("rivers.duckdb");
    }

    String storeUrl() {
        return "jdbc:h2:file:" + directory.resolve("registry").toAbsolutePath();
    }

    private static void deleteAll(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(directory)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.delete(file);
        }
    }
}
