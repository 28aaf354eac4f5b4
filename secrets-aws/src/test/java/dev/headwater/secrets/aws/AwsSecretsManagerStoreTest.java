package dev.headwater.secrets.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.headwater.spi.SecretStoreException;
import dev.headwater.spi.SecretStoreException.Reason;
import dev.headwater.testkit.AwsSecretsManagerEmulator;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

@DisplayName("The store of AWS Secrets Manager")
class AwsSecretsManagerStoreTest {

    private static final String ACCOUNT = "123456789012";
    private static final String REGION = "us-east-1";
    private static final String SECRET = "planted-secret-9f2c";

    private final AwsSecretsManagerEmulator emulator = AwsSecretsManagerEmulator.start(ACCOUNT, REGION);
    private final AwsCredentialsProvider credentials =
            StaticCredentialsProvider.create(AwsBasicCredentials.create(emulator.accessKeyId(), "any"));
    private final AwsSecretsManagerStore store = builder().build();

    @AfterEach
    void stop() {
        store.close();
        emulator.close();
    }

    private AwsSecretsManagerStore.Builder builder() {
        return AwsSecretsManagerStore.builder(ACCOUNT, REGION)
                .endpoint(emulator.endpoint())
                .credentials(credentials);
    }

    @Test
    @DisplayName("says in words what it reads")
    void description() {
        assertThat(store.description()).isEqualTo("AWS Secrets Manager, account 123456789012 in us-east-1");
        assertThat(store).hasToString(store.description());
    }

    @Test
    @DisplayName("asks for the current version by its stage")
    void current() {
        emulator.set("db", "old");
        emulator.set("db", "new");

        assertThat(store.fetchLatest("db").reveal()).isEqualTo("new");
        assertThat(emulator.requests())
                .singleElement()
                .satisfies(body -> assertThat(body)
                        .contains("\"VersionStage\":\"AWSCURRENT\"")
                        .contains("\"SecretId\":\"db\""));
    }

    @Test
    @DisplayName("asks for the name that a link's ARN means, so that a secret made anew is found")
    void madeAnew() {
        String arn = emulator.set("db", "first");
        emulator.delete("db");
        String again = emulator.set("db", "second");

        assertThat(again).isNotEqualTo(arn);
        assertThat(store.fetchLatest(store.normalize(arn)).reveal()).isEqualTo("second");
    }

    @Test
    @DisplayName("reads a name that ends as ARNs do")
    void nameLikeAnArn() {
        emulator.set("db", "short");
        String arn = emulator.set("db-AbCdEf", "long");

        assertThat(store.fetchLatest("db-AbCdEf").reveal()).isEqualTo("long");
        assertThat(store.normalize(arn)).isEqualTo("db-AbCdEf");
    }

    @Test
    @DisplayName("refuses a secret that holds bytes, and says what to do")
    void binary() {
        emulator.setBinary("db", new byte[] {1, 2, 3});

        assertFails(store, Reason.UNUSABLE, "holds bytes, not text (store them as Base64 text instead)");
    }

    @ParameterizedTest(name = "{1} with status {0} as {2}")
    @CsvSource({
        "400, ResourceNotFoundException, NOT_FOUND",
        "404, ResourceNotFoundException, NOT_FOUND",
        "400, AccessDeniedException, ACCESS_DENIED",
        "403, AccessDeniedException, ACCESS_DENIED",
        "400, UnrecognizedClientException, ACCESS_DENIED",
        "403, InvalidSignatureException, ACCESS_DENIED",
        "400, ExpiredTokenException, ACCESS_DENIED",
        "400, ThrottlingException, THROTTLED",
        "429, TooManyRequestsException, THROTTLED",
        "400, InvalidRequestException, DISABLED",
        "400, DecryptionFailure, DISABLED",
        "500, InternalServiceError, UNAVAILABLE",
        "503, ServiceUnavailable, UNAVAILABLE",
        "404, UnknownOperationException, UNAVAILABLE",
        "400, InvalidParameterException, UNAVAILABLE",
        "400, planted-secret-9f2c, UNAVAILABLE"
    })
    @DisplayName("tells an error of the service by its code, not its status")
    void errors(int status, String code, Reason reason) {
        emulator.set("db", SECRET);
        emulator.failNext(1 + AwsSecretsManagerStore.MAX_RETRIES, status, code);

        assertFails(store, reason, "account 123456789012 in us-east-1");
    }

    @Test
    @DisplayName("tries again what may pass, and not more often than it says")
    void retries() {
        emulator.set("db", "x");
        emulator.failNext(AwsSecretsManagerStore.MAX_RETRIES, 400, "ThrottlingException");
        assertThat(store.fetchLatest("db").reveal()).isEqualTo("x");
        assertThat(emulator.requests()).hasSize(1 + AwsSecretsManagerStore.MAX_RETRIES);

        emulator.failNext(100, 500, "InternalServiceError");
        assertFails(store, Reason.UNAVAILABLE, "InternalServiceError");
        assertThat(emulator.requests()).hasSize(2 * (1 + AwsSecretsManagerStore.MAX_RETRIES));
    }

    @Test
    @DisplayName("does not try again what will not pass")
    void noRetries() {
        assertFails(store, Reason.NOT_FOUND, "has no secret");
        assertThat(emulator.requests()).hasSize(1);
    }

    @Test
    @DisplayName("trusts no answer of another account, region or name, or of another version")
    void wrongAnswers() {
        emulator.set("db", SECRET);
        String other = "answered with a secret of another account, region or name";
        assertDistrusted(answer -> answer.addProperty("ARN", arn("us-east-1", "210987654321", "db-AbCdEf")), other);
        assertDistrusted(answer -> answer.addProperty("ARN", arn("us-east-2", ACCOUNT, "db-AbCdEf")), other);
        assertDistrusted(answer -> answer.addProperty("ARN", arn("us-east-1", ACCOUNT, "other-AbCdEf")), other);
        assertDistrusted(answer -> answer.addProperty("ARN", SECRET), other);
        assertDistrusted(answer -> answer.remove("ARN"), other);
        assertDistrusted(answer -> stages(answer, "AWSPREVIOUS"), "answered with another version");
        assertDistrusted(answer -> answer.remove("VersionStages"), "answered with another version");
    }

    private void assertDistrusted(Consumer<JsonObject> change, String message) {
        emulator.changeAnswers(change);
        assertFails(store, Reason.WRONG_ANSWER, message);
    }

    private static String arn(String region, String account, String secret) {
        return "arn:aws:secretsmanager:" + region + ":" + account + ":secret:" + secret;
    }

    private static void stages(JsonObject answer, String stage) {
        JsonArray stages = new JsonArray();
        stages.add(stage);
        answer.add("VersionStages", stages);
    }

    @Test
    @DisplayName("gives up on a service that says nothing when its time is over")
    void silence() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                AwsSecretsManagerStore impatient = builder()
                        .endpoint(URI.create("http://127.0.0.1:" + silent.getLocalPort()))
                        .timeout(Duration.ofMillis(300))
                        .build()) {
            CompletableFuture.runAsync(() -> assertFails(impatient, Reason.UNAVAILABLE, "the secret db"))
                    .get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    @DisplayName("says so when it finds no credentials")
    void noCredentials() {
        // The SDK's own message for a chain in which nobody has any; the default chain would ask the network.
        AwsCredentialsProvider none = AwsCredentialsProviderChain.builder()
                .credentialsProviders(SystemPropertyCredentialsProvider.create())
                .build();
        try (AwsSecretsManagerStore anonymous = builder().credentials(none).build()) {
            assertFails(anonymous, Reason.ACCESS_DENIED, "no AWS credentials were found");
        }
    }

    @Test
    @DisplayName("tells the kind, not the words, of what a host's credentials throw")
    void failingCredentials() {
        AwsCredentialsProvider failing = () -> {
            throw new IllegalStateException(SECRET);
        };
        try (AwsSecretsManagerStore broken = builder().credentials(failing).build()) {
            assertFails(broken, Reason.UNAVAILABLE, "IllegalStateException");
        }
    }

    @Test
    @DisplayName("leaves credentials and client of the host open, and reads no more once it is closed")
    void closing() {
        ClosableCredentials own = new ClosableCredentials(credentials);
        emulator.set("db", "x");
        AwsSecretsManagerStore closed = builder().credentials(own).build();
        closed.fetchLatest("db");
        closed.close();
        assertThat(own.closed).isFalse();
        assertFails(closed, Reason.UNAVAILABLE, "the store is closed");

        try (SecretsManagerClient client = SecretsManagerClient.builder()
                .region(Region.of(REGION))
                .endpointOverride(emulator.endpoint())
                .credentialsProvider(credentials)
                .build()) {
            AwsSecretsManagerStore.of(ACCOUNT, REGION, client).close();
            assertThat(AwsSecretsManagerStore.of(ACCOUNT, REGION, client)
                            .fetchLatest("db")
                            .reveal())
                    .isEqualTo("x");
        }
    }

    @Test
    @DisplayName("is refused a scope or a timeout that makes no sense")
    void builderChecks() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AwsSecretsManagerStore.builder("1", REGION).build())
                .withMessageContaining("12 digits");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().timeout(Duration.ZERO).build())
                .withMessageContaining("timeout");
    }

    private static void assertFails(AwsSecretsManagerStore store, Reason reason, String message) {
        assertThatExceptionOfType(SecretStoreException.class)
                .isThrownBy(() -> store.fetchLatest("db"))
                .withMessageContaining(message)
                .withNoCause()
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
                .satisfies(e -> assertThat(e.getSuppressed()).isEmpty())
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(SECRET));
    }

    private static final class ClosableCredentials implements AwsCredentialsProvider, SdkAutoCloseable {

        private final AwsCredentialsProvider credentials;
        private final AtomicBoolean closed = new AtomicBoolean();

        ClosableCredentials(AwsCredentialsProvider credentials) {
            this.credentials = credentials;
        }

        @Override
        public AwsCredentials resolveCredentials() {
            return credentials.resolveCredentials();
        }

        @Override
        public void close() {
            closed.set(true);
        }
    }
}
