package dev.headwater.connectors.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import dev.headwater.connectors.Connectors;
import dev.headwater.connectors.internal.pubsub.PubSubKind;
import dev.headwater.connectors.internal.rest.RestConnector;
import dev.headwater.connectors.rest.HttpStub.Asked;
import dev.headwater.connectors.rest.HttpStub.Reply;
import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The identity that Google gives this process")
class GoogleProcessIdentityTest {

    private static final Map<String, String> FLAVOR = Map.of("Metadata-Flavor", "Google");
    private static final String TOKEN = "{\"access_token\":\"" + GoogleStub.TOKEN + "\",\"expires_in\":3599}";

    private final HttpStub metadata = new HttpStub(GoogleProcessIdentityTest::token);
    private final Set<Integer> askedOfThePolicy = ConcurrentHashMap.newKeySet();
    private final Map<String, Object> config = new HashMap<>(new PubSubFixture().workingConfig());

    @AfterEach
    void close() {
        metadata.close();
    }

    private static Reply token(Asked asked) {
        boolean good = asked.path().equals("/computeMetadata/v1/instance/service-accounts/default/token")
                && asked.param("scopes").equals("https://www.googleapis.com/auth/pubsub")
                && asked.header("Metadata-Flavor").equals("Google");
        return good ? new Reply(200, TOKEN, FLAVOR) : Reply.of(403, "");
    }

    private static Connector connector(Map<String, String> environment) {
        return new RestConnector(new PubSubKind(GoogleStub.api(environment)));
    }

    private Connector ofMachine() {
        return connector(Map.of("GCE_METADATA_HOST", "127.0.0.1:" + metadata.port()));
    }

    private ConnectionTarget target() {
        return new ConnectionTarget(
                "pubsub",
                ResolvedConfig.of(config),
                (host, address, port) -> askedOfThePolicy.add(port) || true,
                Duration.ofSeconds(20),
                new Cancellation());
    }

    private ConnectorException failure(Connector connector) {
        return Connecting.failure(() -> connector.open(target()).close());
    }

    @Test
    @DisplayName("comes from the metadata server, which is the host's affair and not the network policy's")
    void ofTheMachine() {
        config.remove("credentials_json");
        try (ConnectorSession session = ofMachine().open(target())) {
            assertThat(session.probe()).contains("clicks-app");
        }
        assertThat(askedOfThePolicy)
                .doesNotContain(metadata.port())
                .containsExactly(PubSubFixture.stub().port());
    }

    @Test
    @DisplayName("comes from the key file that the environment names, if it names one")
    void ofTheFile(@TempDir Path directory) throws IOException {
        Path key = Files.writeString(
                directory.resolve("key.json"),
                config.remove("credentials_json") instanceof dev.headwater.spi.SecretValue secret
                        ? secret.reveal()
                        : "");
        try (ConnectorSession session = connector(Map.of("GOOGLE_APPLICATION_CREDENTIALS", key.toString()))
                .open(target())) {
            assertThat(session.probe()).contains("clicks-app");
        }
        Files.writeString(key, "{\"type\":\"external_account\",\"secret\":\"planted-secret\"}");
        for (Path file : new Path[] {key, directory, directory.resolve("missing")}) {
            ConnectorException refused = failure(connector(Map.of("GOOGLE_APPLICATION_CREDENTIALS", file.toString())));
            assertThat(refused.failure()).isEqualTo(FailureCode.FAILED);
            assertThat(refused)
                    .hasMessageContaining("GOOGLE_APPLICATION_CREDENTIALS")
                    .hasMessageNotContaining("planted")
                    .hasMessageNotContaining(directory.toString())
                    .hasNoCause();
        }
    }

    @Test
    @DisplayName("is not used where a config has a key, nor shown to an emulator")
    void unused() {
        ofMachine().open(target()).close();
        config.remove("credentials_json");
        try (HttpStub emulator = new HttpStub(asked -> {
            assertThat(asked.header("Authorization")).isEmpty();
            return PubSubFixture.answer(asked);
        })) {
            config.put("emulator_host", "127.0.0.1:" + emulator.port());
            ofMachine().open(target()).close();
        }
        assertThat(metadata.asked()).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | Other | {\"access_token\":\"planted-token\"}",
                "404 | Google | no service account",
                "200 | Google | planted-token",
                "302 | Google | {}"
            })
    @DisplayName("is taken from a metadata server only, and nothing that it says is repeated")
    void strangers(int status, String flavor, String body) {
        config.remove("credentials_json");
        metadata.instead(asked -> new Reply(status, body, Map.of("Metadata-Flavor", flavor)));
        ConnectorException failure = failure(ofMachine());
        assertThat(failure.failure()).isEqualTo(FailureCode.WRONG_CREDENTIALS);
        assertThat(failure).hasMessageContaining("this process has no identity").hasMessageNotContaining("planted");
    }

    @Test
    @DisplayName("is missing where there is no metadata server, which is said so")
    void none() {
        config.remove("credentials_json");
        for (String host : new String[] {"127.0.0.1:1", "metadata.invalid", "a b"}) {
            ConnectorException failure = failure(connector(Map.of("GCE_METADATA_HOST", host)));
            assertThat(failure.failure()).isEqualTo(FailureCode.WRONG_CREDENTIALS);
            assertThat(failure.hint()).contains("GOOGLE_APPLICATION_CREDENTIALS");
        }
    }

    @Test
    @DisplayName("is for data sources only if the host says so")
    void consent() {
        config.remove("credentials_json");
        for (Connector connector : Connectors.all()) {
            if (connector.kinds().contains("pubsub")) {
                ConnectorException refused = failure(connector);
                assertThat(refused.failure()).isEqualTo(FailureCode.INVALID_CONFIG);
                assertThat(refused.hint()).contains("googleWithProcessCredentials");
            }
        }
        assertThat(Connectors.googleWithProcessCredentials())
                .flatExtracting(Connector::kinds)
                .containsExactly("pubsub", "spanner");
    }

    @Test
    @DisplayName("is what the vendor's client logs in with, and is fetched anew no more once that is closed")
    void client() throws IOException {
        config.remove("credentials_json");
        ConnectorClient made = ofMachine().client(target(), new ClientSettings("ps", 1));
        var credentials = ((SubscriptionAdminClient) made.client())
                .getSettings()
                .getCredentialsProvider()
                .getCredentials();
        assertThat(credentials.getRequestMetadata().get("Authorization")).containsExactly("Bearer " + GoogleStub.TOKEN);
        assertThat(credentials).asString().doesNotContain(GoogleStub.TOKEN);
        made.close();
        org.assertj.core.api.Assertions.assertThatThrownBy(credentials::refresh)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cancelled");
    }
}
