package dev.headwater.secrets.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.headwater.spi.SecretStoreException;
import dev.headwater.testkit.AwsSecretsManagerEmulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

@DisplayName("With every log at its finest level")
class AwsSecretsInLogsTest {

    private static final String SECRET = "planted-for-logs-5e7a";
    private static final String ACCESS_SECRET = "planted-access-secret-3b1d";

    @Test
    @DisplayName("neither a secret nor a secret access key is written, in clear or Base64")
    void nothingIsWritten() throws IOException {
        try (AwsSecretsManagerEmulator emulator = AwsSecretsManagerEmulator.start("123456789012", "us-east-1");
                AwsSecretsManagerStore store = AwsSecretsManagerStore.builder("123456789012", "us-east-1")
                        .endpoint(emulator.endpoint())
                        .credentials(StaticCredentialsProvider.create(
                                AwsSessionCredentials.create(emulator.accessKeyId(), ACCESS_SECRET, "session")))
                        .build()) {
            emulator.set("db", SECRET);
            assertThat(store.fetchLatest("db").reveal()).isEqualTo(SECRET);
            emulator.changeAnswers(answer -> answer.addProperty("ARN", SECRET));
            assertThatExceptionOfType(SecretStoreException.class).isThrownBy(() -> store.fetchLatest("db"));
        }

        String all = Files.readString(Path.of("trace.log"));
        assertThat(all).contains("software.amazon.awssdk");
        for (String planted : new String[] {SECRET, ACCESS_SECRET}) {
            assertThat(all)
                    .doesNotContain(planted)
                    .doesNotContain(Base64.getEncoder()
                            .withoutPadding()
                            .encodeToString(planted.getBytes(StandardCharsets.UTF_8)));
        }
    }
}
