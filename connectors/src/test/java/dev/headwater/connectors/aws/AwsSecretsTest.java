package dev.headwater.connectors.aws;

import static dev.headwater.connectors.Targets.failure;
import static dev.headwater.connectors.Targets.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.connectors.Connectors;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.SecretValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A key of AWS given to a connector")
class AwsSecretsTest {

    private static final Path LOG = Path.of("slf4j.log");

    @Test
    @DisplayName("stands in no log at any level, be it accepted or not; nor does a session token")
    void log() throws IOException {
        Map<String, Object> config = new LinkedHashMap<>(new KinesisFixture().workingConfig());
        try (ConnectorSession session = Connectors.kinesis().open(target("kinesis", config))) {
            assertThat(session.probe()).contains("contract");
        }
        config.put("session_token", SecretValue.of("pl4nted-session-token"));
        failure(() -> Connectors.kinesis().open(target("kinesis", config)));
        config.put("secret_access_key", SecretValue.of("pl4nted-secret-key"));
        failure(() -> Connectors.kinesis().open(target("kinesis", config)));

        try (Stream<String> lines = Files.lines(LOG, StandardCharsets.ISO_8859_1)) {
            List<String> telling = lines.filter(line -> line.contains("pl4nted-se")
                            || line.contains(AwsStub.SECRET)
                            || line.contains(AwsStub.TOKEN))
                    .map(line -> line.substring(0, Math.min(300, line.length())))
                    .toList();
            assertThat(telling).isEmpty();
        }
    }
}
