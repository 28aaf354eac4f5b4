package dev.headwater.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.core.EncryptionKeys;
import dev.headwater.spi.SecretValue;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The quickstart")
class QuickstartTest {

    private static final SecretValue KEY = EncryptionKeys.generateKey();
    private static final SecretValue BILLING = SecretValue.of("planted-billing-password");
    private static final SecretValue ORDERS = SecretValue.of("planted-orders-password");

    @TempDir
    static Path directory;

    private static String output;

    /** Twice, since the second run finds what the first one left. */
    @BeforeAll
    static void run() throws Exception {
        Path work = directory.resolve("quickstart");
        for (int run = 0; run < 2; run++) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            new Quickstart(work, KEY, BILLING, ORDERS, new PrintStream(bytes, true, StandardCharsets.UTF_8)).run();
            output = bytes.toString(StandardCharsets.UTF_8);
        }
    }

    @Test
    @DisplayName("goes from opening a registry to finding all of it again")
    void sections() {
        assertThat(output.lines().filter(line -> line.matches("[0-9]+\\. .*")))
                .containsExactly(
                        "1. Open a registry",
                        "2. Create data sources",
                        "3. Test connections",
                        "4. Read the schema",
                        "5. Change one",
                        "6. Mistakes",
                        "7. Deploy, and use it",
                        "8. Who did what",
                        "9. Close, and open again");
        assertThat(output)
                .contains("the secret of billing  yes, and the same")
                .contains("the schema of rivers   3 tables, 12 columns")
                .contains("the history            5 commits")
                .contains("the deployment         number 1 at commit 5, by anna")
                .contains("a test of rivers       passes");
    }

    @Test
    @DisplayName("tests, reads and queries a real DuckDB file")
    void duckDb() {
        assertThat(output)
                .containsPattern("read +PASSED +[0-9]+ ms +DuckDB 2")
                .containsPattern("main\\.river +table +id +INTEGER +integer +key")
                .containsPattern("Nile +6650 +2800 +Mediterranean Sea +7")
                .contains("rivers is HEALTHY, its sync SUCCESS.");
    }

    @Test
    @DisplayName("shows failures as a user meets them")
    void failures() {
        assertThat(output)
                .containsPattern("reach +FAILED +[0-9]+ ms +CONNECTION_REFUSED")
                .contains("Hint: Check the port")
                .contains("field password keeps its stored secret")
                .contains("is not valid, 5 problems:")
                .contains("did you mean host?")
                .contains("VersionConflictException: data source orders (changed by ben")
                .contains("5, not 4 as expected");
    }

    @Test
    @DisplayName("prints no secret")
    void noSecrets() {
        assertThat(output)
                .contains("[secret] set")
                .contains("linked to files:orders-password")
                .doesNotContain(KEY.reveal(), BILLING.reveal(), ORDERS.reveal());
    }

    @Test
    @DisplayName("fits into a terminal of 100 columns")
    void width() {
        String path = directory.toString();
        List<String> lines =
                output.lines().map(line -> line.replace(path, "target")).toList();
        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(Console.WIDTH));
        assertThat(output).doesNotContain("\n\n\n");
    }

    @Test
    @DisplayName("keeps no secret in the file of the registry")
    void file() throws Exception {
        String bytes = Files.readString(
                directory.resolve("quickstart").resolve("registry.mv.db"), StandardCharsets.ISO_8859_1);
        assertThat(bytes).contains("rivers").doesNotContain(KEY.reveal(), BILLING.reveal(), ORDERS.reveal());
    }
}
