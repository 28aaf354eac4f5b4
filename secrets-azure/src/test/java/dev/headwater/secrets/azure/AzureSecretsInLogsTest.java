package dev.headwater.secrets.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.util.Configuration;
import dev.headwater.spi.SecretStoreException;
import dev.headwater.spi.SecretValue;
import dev.headwater.testkit.AzureKeyVaultEmulator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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
class AzureSecretsInLogsTest {

    private static final String VAULT = "https://myvault.vault.azure.net";
    private static final String SECRET = "planted-secret-9f2c";
    private static final Logger ROOT = Logger.getLogger("");

    private final Queue<String> written = new ConcurrentLinkedQueue<>();
    private final Handler handler = new Collector();
    private Level before;

    @BeforeEach
    void listen() {
        before = ROOT.getLevel();
        handler.setLevel(Level.ALL);
        ROOT.setLevel(Level.ALL);
        ROOT.addHandler(handler);
        Configuration.getGlobalConfiguration()
                .put(Configuration.PROPERTY_AZURE_HTTP_LOG_DETAIL_LEVEL, "BODY_AND_HEADERS");
    }

    @AfterEach
    void stopListening() {
        Configuration.getGlobalConfiguration().remove(Configuration.PROPERTY_AZURE_HTTP_LOG_DETAIL_LEVEL);
        ROOT.removeHandler(handler);
        ROOT.setLevel(before);
    }

    @Test
    @DisplayName("neither a secret nor an access token is written, though the environment asks for bodies")
    void nothingIsWritten() throws IOException {
        String token;
        try (AzureKeyVaultEmulator emulator = AzureKeyVaultEmulator.start(VAULT);
                AzureKeyVaultStore store = AzureKeyVaultStore.builder(VAULT)
                        .credential(emulator.credential())
                        .httpClient(emulator.httpClient())
                        .build()) {
            AccessToken issued = emulator.credential().getTokenSync(new TokenRequestContext().addScopes("any"));
            token = issued.getToken();
            emulator.set("db", SECRET);
            SecretValue value = store.fetchLatest("db");
            assertThat(value.reveal()).isEqualTo(SECRET);
            written.add(value + " " + store);

            for (String id : new String[] {SECRET, VAULT + "/secrets/" + SECRET + "/0a", "https://" + SECRET + "/x"}) {
                emulator.changeAnswers(answer -> answer.addProperty("id", id));
                assertThatExceptionOfType(SecretStoreException.class).isThrownBy(() -> store.fetchLatest("db"));
            }
            emulator.changeAnswers(answer -> answer.addProperty("attributes", SECRET));
            assertThatExceptionOfType(SecretStoreException.class).isThrownBy(() -> store.fetchLatest("db"));
        }
        Logger.getLogger("host").config("written by the host");
        LoggerFactory.getLogger("host").trace("traced by the host");

        String all = String.join("\n", written) + Files.readString(Path.of("trace.log"));
        assertThat(all)
                .contains("written by the host", "traced by the host")
                .doesNotContain(SECRET)
                .doesNotContain(token);
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
