package dev.headwater.secrets.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.OAuth2Credentials;
import dev.headwater.spi.SecretStoreException;
import dev.headwater.spi.SecretValue;
import dev.headwater.testkit.GcpSecretManagerEmulator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@DisplayName("With every log at its finest level")
class GcpSecretsInLogsTest {

    private static final String SECRET = "planted-secret-9f2c";
    private static final String TOKEN = "planted-token-77aa";
    private static final Logger ROOT = Logger.getLogger("");
    private static final Logger WIRE = Logger.getLogger("com.google.api.client.http.HttpTransport");

    private final Queue<String> written = new ConcurrentLinkedQueue<>();
    private final Handler handler = new Collector();
    private Level before;

    @BeforeEach
    void listen() {
        before = ROOT.getLevel();
        handler.setLevel(Level.ALL);
        ROOT.setLevel(Level.ALL);
        ROOT.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        ROOT.removeHandler(handler);
        ROOT.setLevel(before);
    }

    @Test
    @DisplayName("neither a secret nor an access token is written, in clear, Base64 or hex")
    void nothingIsWritten() throws IOException {
        try (GcpSecretManagerEmulator emulator = GcpSecretManagerEmulator.start("my-proj", 456);
                GcpSecretManagerStore store = GcpSecretManagerStore.builder("my-proj")
                        .credentials(OAuth2Credentials.create(
                                new AccessToken(TOKEN, Date.from(Instant.now().plusSeconds(3600)))))
                        .settings(settings -> settings.setEndpoint(emulator.endpoint()))
                        .build()) {
            emulator.addVersion("db", SECRET);
            SecretValue value = store.fetchLatest("db");
            assertThat(value.reveal()).isEqualTo(SECRET);
            written.add(value + " " + store);

            emulator.changeAnswers(answer -> answer.addProperty("name", SECRET));
            assertThatExceptionOfType(SecretStoreException.class).isThrownBy(() -> store.fetchLatest("db"));
        }
        WIRE.config("written by the host");
        LoggerFactory.getLogger("host").trace("traced by the host");

        String all = String.join("\n", written) + Files.readString(Path.of("trace.log"));
        assertThat(all).contains("written by the host", "traced by the host");
        for (String planted : new String[] {SECRET, TOKEN}) {
            byte[] bytes = planted.getBytes(StandardCharsets.UTF_8);
            assertThat(all)
                    .doesNotContain(planted)
                    .doesNotContain(Base64.getEncoder().withoutPadding().encodeToString(bytes))
                    .doesNotContain(HexFormat.of().formatHex(bytes, 0, 8));
        }
    }

    private final class Collector extends Handler {

        @Override
        public void publish(LogRecord line) {
            // The emulator's own server runs in this JVM; what it sees is not the store's doing.
            if (line.getLoggerName() == null || !line.getLoggerName().startsWith("com.sun.net.httpserver")) {
                StringWriter text = new StringWriter();
                text.write(line.getLoggerName() + " " + new SimpleFormatter().formatMessage(line));
                if (line.getThrown() != null) {
                    line.getThrown().printStackTrace(new PrintWriter(text));
                }
                written.add(text.toString());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
