package dev.headwater.fakeserver;

import static dev.headwater.spi.SourceSystem.DATABRAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.core.DataSourceDraft;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A command of the form of DataBrain's update sample")
class DataBrainSampleTest {

    /** Only the host is to be put in. */
    private static final String COMMAND = """
            curl --request PUT \\
              --url HOST/api/v2/datasource \\
              --header 'Authorization: Bearer dbn_live_abc123...' \\
              --header 'Content-Type: application/json' \\
              --data '{
                "datasourceType": "postgres",
                "credentials": {
                  "name": "production-postgres",
                  "host": "new-db.example.com",
                  "port": 5432,
                  "username": "dbuser",
                  "password": "newpassword",
                  "database": "analytics",
                  "schema": "public"
                }
              }'
            """;

    private final FakeServer server = FakeServer.start();

    @BeforeEach
    void prepare() {
        server.acceptToken(DATABRAIN, "dbn_live_abc123...", null);
        server.seed(DataSourceDraft.of("postgresql", "production-postgres").with("host", "old-db.example.com"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private void updated(String answer) {
        assertThat(answer.replaceAll("\\s", "")).isEqualTo("{\"name\":\"production-postgres\"}");
        assertThat(server.dataSources())
                .singleElement()
                .satisfies(source -> assertThat(source.config())
                        .containsEntry("host", "new-db.example.com")
                        .containsEntry("password", "newpassword"));
    }

    @Test
    @DisplayName("updates the data source, run by curl where it is installed")
    void curl() throws IOException, InterruptedException {
        boolean installed = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "curl")));
        String command = COMMAND.replace("HOST", server.url().toString());
        updated(installed ? run(command) : send(command));
    }

    @Test
    @DisplayName("updates the data source, sent as the same bytes by another client")
    void sameBytes() throws IOException, InterruptedException {
        updated(send(COMMAND.replace("HOST", server.url().toString())));
    }

    private static String run(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (InputStream out = process.getInputStream()) {
            String answer = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            return answer;
        } finally {
            process.destroyForcibly();
        }
    }

    private static String send(String command) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(option(command, "url", "(\\S+)")))
                .version(HttpClient.Version.HTTP_1_1)
                .method(
                        option(command, "request", "(\\S+)"),
                        HttpRequest.BodyPublishers.ofString(option(command, "data", "'([^']+)'")));
        Matcher headers = Pattern.compile("--header '([^:]+): ([^']+)'").matcher(command);
        while (headers.find()) {
            request.header(headers.group(1), headers.group(2));
        }
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.ofString())
                .body();
    }

    private static String option(String command, String name, String value) {
        Matcher matcher = Pattern.compile("--" + name + " " + value).matcher(command);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }
}
