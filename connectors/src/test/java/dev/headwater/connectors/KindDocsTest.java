package dev.headwater.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.core.KindCatalog;
import dev.headwater.spi.KindDefinition;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The table of the connectors' page is what the files of the kinds say. */
@DisplayName("The kinds that have a connector")
class KindDocsTest {

    private static final String REWRITE =
            "mvn -q -pl connectors -am test -Dtest='dev.headwater.connectors.KindDocsTest' "
                    + "-Dsurefire.failIfNoSpecifiedTests=false -Dheadwater.write-docs=true";

    /** Surefire says where the module is. */
    private static final Path PAGE =
            Path.of(System.getProperty("basedir", "")).resolveSibling("docs").resolve("connectors.md");

    private static final String BEGIN = "<!-- written by KindDocsTest -->\n";
    private static final String END = "<!-- end -->";

    private static String table() {
        StringBuilder table = new StringBuilder(BEGIN)
                .append(
                        "| kind | add | its licence | its size | which is | tried in the build on |\n|---|---|---|---|---|---|\n");
        for (KindFacts facts : KindFacts.all()) {
            table.append("| `")
                    .append(facts.kind())
                    .append("` | ")
                    .append(artifact(facts.fact("artifact")))
                    .append(" | ")
                    .append(facts.fact("licence"))
                    .append(" | ")
                    .append(facts.fact("megabytes"))
                    .append(" MB | ")
                    .append(which(facts))
                    .append(" | ")
                    .append(facts.fact("on"))
                    .append(" |\n");
        }
        return table.append(END).toString();
    }

    private static String which(KindFacts facts) {
        String tested = facts.fact("tested");
        if (!List.of("real", "emulator", "stub").contains(tested)) {
            throw new IllegalStateException(facts.kind() + ": tested must be real, emulator or stub, is " + tested);
        }
        return tested;
    }

    /** The version that the tests run with, as the name of its jar tells it. */
    private static String artifact(String coordinates) {
        String beginning = coordinates.substring(coordinates.indexOf(':') + 1) + "-";
        String version = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).getFileName().toString())
                .filter(file -> file.matches("\\Q" + beginning + "\\E[0-9].*\\.jar"))
                .map(file -> file.substring(beginning.length(), file.length() - ".jar".length()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(coordinates + " is not on the class path"));
        return "`" + coordinates + "` (" + version + ")";
    }

    @Test
    @DisplayName("stand in the table of the page as their files say")
    void upToDate() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END) + END.length();
        assertThat(begin).isNotNegative();
        String written = page.substring(0, begin) + table() + page.substring(end);
        if (Boolean.getBoolean("headwater.write-docs")) {
            Files.writeString(PAGE, written);
        }
        assertThat(PAGE)
                .as("docs/connectors.md is stale; rewrite it with: %s", REWRITE)
                .hasContent(written);
    }

    @Test
    @DisplayName("are all that there are, and each has a file that says how it is tested")
    void complete() {
        Set<String> tested = KindFacts.all().stream().map(KindFacts::kind).collect(Collectors.toSet());
        Set<String> served = Connectors.all().stream()
                .flatMap(connector -> connector.kinds().stream())
                .collect(Collectors.toSet());
        assertThat(tested).isEqualTo(served);
        assertThat(tested)
                .isEqualTo(KindCatalog.standard().all().stream()
                        .map(KindDefinition::id)
                        .collect(Collectors.toSet()));
    }
}
