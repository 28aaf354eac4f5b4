package dev.headwater.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The embedding example")
class EmbeddingExampleTest {

    @Test
    @DisplayName("shows a service with users, teams, an audit trail, a rollback and new keys, on a real PostgreSQL")
    void runs(@TempDir Path directory) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String password;
        try (DemoPostgres postgres = DemoPostgres.start(directory)) {
            password = postgres.password().reveal();
            new EmbeddingExample(postgres, new PrintStream(bytes, true, StandardCharsets.UTF_8)).run();
        }
        String output = bytes.toString(StandardCharsets.UTF_8);
        assertThat(output)
                .contains("test-failed: the connection test of shop failed at AUTHENTICATE")
                .contains("not-found: no data source ledger in environment acme")
                .contains("access-denied: vic may not write")
                .containsPattern("kettle +3 +117\\.70")
                .containsPattern("authenticate +FAILED +[0-9]+ ms +NO_SUCH_DATABASE")
                .contains("shop passes again:")
                .contains("commit 1: shop was inserted by lena (the first of acme)")
                .contains("commit 6: ledger was inserted by host")
                .containsPattern("2 +2 +0 +0 +0")
                .contains("key-2025 is gone, and the test of shop passes.")
                .doesNotContain(password);
        assertThat(output.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(Console.WIDTH));
    }
}
