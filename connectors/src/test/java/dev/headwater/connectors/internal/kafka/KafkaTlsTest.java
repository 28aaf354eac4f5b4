package dev.headwater.connectors.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.connectors.Targets;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The files that a Kafka source has for TLS")
class KafkaTlsTest {

    @TempDir
    Path directory;

    private static void isRefused(@Nullable String caFile, @Nullable String keyStore, String message) {
        ConnectorException failure = Targets.failure(() -> new KafkaTls(caFile, keyStore));
        assertThat(failure.failure()).isEqualTo(FailureCode.INVALID_CONFIG);
        assertThat(failure).hasMessageContaining(message).hasNoCause();
    }

    @Test
    @DisplayName("are files: not directories, nor pipes and devices, which could keep a thread for ever")
    void regular() {
        isRefused(directory.toString(), null, "the file of ssl.ca_file is no regular file");
        isRefused(null, directory.toString(), "the file of ssl.keystore_location is no regular file");
        isRefused(directory.resolve("nowhere.pem").toString(), null, "the file of ssl.ca_file cannot be read");
        isRefused("a\0b", null, "the file of ssl.ca_file cannot be read");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no PEM",
                "-----BEGIN CERTIFICATE-----\nA\n-----END CERTIFICATE-----\n",
                "-----BEGIN CERTIFICATE-----\nAAAA=AAA\n-----END CERTIFICATE-----\n",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\nA\n-----END PRIVATE KEY-----\n"
            })
    @DisplayName("are refused by their fields' names when they hold something else")
    void contents(String content) throws IOException {
        String file = Files.writeString(directory.resolve("file.pem"), content).toString();
        isRefused(file, null, "the file of ssl.ca_file holds");
        isRefused(null, file, "the file of ssl.keystore_location is neither");
    }
}
