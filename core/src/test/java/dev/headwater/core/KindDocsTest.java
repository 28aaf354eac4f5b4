package dev.headwater.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.core.internal.kind.KindReference;
import dev.headwater.spi.KindDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The written reference of the kinds is what the definitions say. */
class KindDocsTest {

    private static final String REWRITE =
            "mvn -q -pl core -am test -Dtest=KindDocsTest -Dsurefire.failIfNoSpecifiedTests=false "
                    + "-Dheadwater.write-docs=true";

    /** Surefire says where the module is. */
    private static final Path DOCS = Path.of(System.getProperty("basedir", "")).resolveSibling("docs");

    private static Map<String, String> generated() {
        KindCatalog catalog = KindCatalog.standard();
        Map<String, String> files = new TreeMap<>();
        files.put("kinds.md", KindReference.index(catalog.all()));
        for (KindDefinition kind : catalog.all()) {
            files.put("kinds/" + kind.id() + ".md", catalog.referencePage(kind.id()));
            files.put("kinds/schema/" + kind.id() + ".json", catalog.jsonSchema(kind.id()));
        }
        return files;
    }

    @Test
    @DisplayName("The committed pages and schemas are those that the definitions give")
    void upToDate() throws IOException {
        Map<String, String> generated = generated();
        if (Boolean.getBoolean("headwater.write-docs")) {
            for (Map.Entry<String, String> file : generated.entrySet()) {
                Path path = DOCS.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            }
        }
        for (Map.Entry<String, String> file : generated.entrySet()) {
            assertThat(DOCS.resolve(file.getKey()))
                    .as("docs/%s is stale; rewrite it with: %s", file.getKey(), REWRITE)
                    .hasContent(file.getValue());
        }
        try (Stream<Path> files = Files.walk(DOCS.resolve("kinds"))) {
            List<String> committed = files.filter(Files::isRegularFile)
                    .map(path -> DOCS.relativize(path).toString())
                    .toList();
            assertThat(generated.keySet())
                    .as("no page is left of a kind that is gone")
                    .containsAll(committed);
        }
    }
}
