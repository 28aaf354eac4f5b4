package dev.headwater.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.core.RegistryBuilder;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The documentation")
class DocumentationTest {

    /** What every snippet may use without saying so. */
    private static final String PRELUDE = """
            import dev.headwater.connectors.*;
            import dev.headwater.core.*;
            import dev.headwater.fakeserver.*;
            import dev.headwater.secrets.aws.*;
            import dev.headwater.secrets.azure.*;
            import dev.headwater.secrets.gcp.*;
            import dev.headwater.spi.*;
            import dev.headwater.store.jdbc.*;
            import java.nio.file.*;
            import java.sql.Connection;
            import java.sql.ResultSet;
            import java.sql.Statement;
            import java.time.Duration;
            import java.util.*;
            import java.util.stream.*;
            import javax.sql.DataSource;
            import org.junit.jupiter.api.Test;
            import org.junit.jupiter.api.extension.ExtendWith;
            class %s {
                DataSourceRegistry registry;
                DataSources sources;
                DataSourceRecord orders;
                DataSource pool;
                SecretStore secrets;
                FakeServer server;
                String password;
                software.amazon.awssdk.auth.credentials.AwsCredentialsProvider credentials;
                com.azure.core.credential.TokenCredential credential;
                void snippet() throws Exception {
            %s
                }
            }
            """;

    @TempDir
    Path classes;

    static List<Markdown> pages() {
        return Markdown.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    @DisplayName("shows Java that compiles")
    void snippets(Markdown page) {
        List<Snippet> snippets = new ArrayList<>();
        for (String block : page.blocks("java")) {
            snippets.add(new Snippet("Snippet" + (snippets.size() + 1), block));
        }
        if (!snippets.isEmpty()) {
            JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
            StringWriter problems = new StringWriter();
            List<String> options = List.of(
                    "-proc:none", "-classpath", System.getProperty("java.class.path"), "-d", classes.toString());
            boolean compiles = compiler.getTask(problems, null, null, options, null, snippets)
                    .call();
            assertThat(compiles).as("%s: %s", page, problems).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    @DisplayName("links to what is there")
    void links(Markdown page) {
        List<String> broken =
                page.links().stream().filter(link -> !leads(page, link)).toList();
        assertThat(broken).as("broken links of %s", page).isEmpty();
    }

    private static boolean leads(Markdown page, String link) {
        int hash = link.indexOf('#');
        String path = hash < 0 ? link : link.substring(0, hash);
        Path target =
                path.isEmpty() ? page.file() : page.file().resolveSibling(path).normalize();
        return Files.exists(target)
                && target.startsWith(Markdown.ROOT)
                && (hash < 0 || new Markdown(target).anchors().contains(link.substring(hash + 1)));
    }

    @Test
    @DisplayName("begins with the command of the quickstart and that of the tests, each a line of its own")
    void commands() {
        List<String> commands = Markdown.of("README.md").blocks("sh");
        assertThat(commands).startsWith("mvn -q -pl examples -am -Pquickstart compile\n", "mvn verify\n");
    }

    @Test
    @DisplayName("promises in the README what a test holds")
    void promises() {
        List<String> tests = Markdown.of("README.md").links().stream()
                .filter(link -> link.contains("/src/test/"))
                .toList();
        assertThat(tests).hasSizeGreaterThan(8).allMatch(link -> link.endsWith("Test.java"));
    }

    @Test
    @DisplayName("tells every limit of a registry, with its default")
    void defaults() throws IllegalAccessException {
        String guide = String.join("\n", read("docs/embedding.md"));
        for (Field field : RegistryBuilder.class.getFields()) {
            String row = Arrays.stream(guide.split("\n"))
                    .filter(line -> line.endsWith("| `" + field.getName() + "` |"))
                    .findFirst()
                    .orElse("");
            assertThat(row).as(field.getName()).contains("| " + shown(field.get(null)) + " |");
        }
    }

    private static List<String> read(String path) {
        try {
            return Files.readAllLines(Markdown.of(path).file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String shown(Object value) {
        if (value instanceof Duration duration) {
            return duration.toSeconds() % 60 == 0 ? duration.toMinutes() + " min" : duration.toSeconds() + " s";
        }
        return String.format(Locale.ROOT, "%,d", (Integer) value);
    }

    private static final class Snippet extends SimpleJavaFileObject {

        private final String source;

        Snippet(String name, String block) {
            super(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE);
            this.source = PRELUDE.formatted(name, block);
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
        }
    }
}
