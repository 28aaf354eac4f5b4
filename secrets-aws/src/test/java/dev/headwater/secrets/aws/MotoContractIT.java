package dev.headwater.secrets.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.spi.SecretStore;
import dev.headwater.testkit.SecretStoreContract;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * Not part of the build, since moto comes from the system: {@code .ci/run} runs it where {@code .ci/moto} can bring moto's
 * Python packages, whose directory is in the property {@code moto.home}.
 */
@DisplayName("AWS Secrets Manager, as moto plays it,")
class MotoContractIT extends SecretStoreContract {

    private static final String ACCOUNT = "123456789012";
    private static final String ARN = "arn:aws:secretsmanager:us-east-1:123456789012:secret:";
    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any"));

    private static MotoServer moto;
    private static SecretsManagerClient writer;

    @BeforeAll
    static void start() throws IOException {
        moto = MotoServer.start(Path.of(System.getProperty("moto.home")));
        writer = SecretsManagerClient.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(moto.endpoint())
                .credentialsProvider(CREDENTIALS)
                .build();
    }

    @AfterAll
    static void stop() {
        writer.close();
        moto.close();
    }

    @BeforeEach
    void forgetSecrets() throws IOException, InterruptedException {
        HttpRequest reset = HttpRequest.newBuilder(moto.endpoint().resolve("/moto-api/reset"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<Void> answer = HttpClient.newHttpClient().send(reset, HttpResponse.BodyHandlers.discarding());
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Override
    protected SecretStore store() {
        return store(moto.endpoint());
    }

    private static SecretStore store(URI endpoint) {
        return AwsSecretsManagerStore.builder(ACCOUNT, "us-east-1")
                .endpoint(endpoint)
                .credentials(CREDENTIALS)
                .build();
    }

    @Override
    protected void put(String name, String value) {
        try {
            writer.putSecretValue(request -> request.secretId(name).secretString(value));
        } catch (ResourceNotFoundException e) {
            writer.createSecret(request -> request.name(name).secretString(value));
        }
    }

    @Override
    protected void disable(String name) {
        writer.deleteSecret(request -> request.secretId(name).recoveryWindowInDays(7L));
    }

    /** moto lets everybody in. */
    @Override
    protected boolean canDeny() {
        return false;
    }

    @Override
    protected SecretStore unreachable() {
        return store(URI.create("http://127.0.0.1:1"));
    }

    @Override
    protected Map<String, String> identifiers() {
        return Map.of(ARN + "db-AbCdEf", "db");
    }

    @Override
    protected List<String> identifiersElsewhere() {
        return List.of("arn:aws:secretsmanager:us-east-2:123456789012:secret:db-AbCdEf");
    }

    @Override
    protected List<String> pinnedVersions() {
        return List.of(ARN + "db-AbCdEf::AWSPREVIOUS:");
    }

    @Test
    @DisplayName("gives the current version after a rotation that moved the stages")
    void movedStages() {
        put("db", "first");
        put("db", "second");
        String first = writer.listSecretVersionIds(request -> request.secretId("db")).versions().stream()
                .filter(version -> version.versionStages().contains("AWSPREVIOUS"))
                .findFirst()
                .orElseThrow()
                .versionId();
        String second = writer.getSecretValue(request -> request.secretId("db")).versionId();
        writer.updateSecretVersionStage(request -> request.secretId("db")
                .versionStage("AWSCURRENT")
                .moveToVersionId(first)
                .removeFromVersionId(second));

        try (SecretStore store = store()) {
            assertThat(store.fetchLatest("db").reveal()).isEqualTo("first");
        }
    }
}
