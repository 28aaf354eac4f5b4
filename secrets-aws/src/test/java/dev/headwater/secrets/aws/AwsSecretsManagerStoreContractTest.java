package dev.headwater.secrets.aws;

import dev.headwater.spi.SecretStore;
import dev.headwater.testkit.AwsSecretsManagerEmulator;
import dev.headwater.testkit.SecretStoreContract;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

@DisplayName("AWS Secrets Manager")
class AwsSecretsManagerStoreContractTest extends SecretStoreContract {

    private static final String ACCOUNT = "123456789012";
    private static final String REGION = "us-east-1";
    private static final String ARN = "arn:aws:secretsmanager:us-east-1:123456789012:secret:";

    private final AwsSecretsManagerEmulator emulator = AwsSecretsManagerEmulator.start(ACCOUNT, REGION);

    @AfterEach
    void stop() {
        emulator.close();
    }

    @Override
    protected SecretStore store() {
        return store(emulator.endpoint());
    }

    private SecretStore store(URI endpoint) {
        return AwsSecretsManagerStore.builder(ACCOUNT, REGION)
                .endpoint(endpoint)
                .credentials(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(emulator.accessKeyId(), "any")))
                .build();
    }

    @Override
    protected void put(String name, String value) {
        emulator.set(name, value);
    }

    @Override
    protected void disable(String name) {
        emulator.scheduleDeletion(name);
    }

    @Override
    protected void deny(String name) {
        emulator.deny(name);
    }

    @Override
    protected SecretStore unreachable() {
        return store(URI.create("http://127.0.0.1:1"));
    }

    @Override
    protected Map<String, String> identifiers() {
        return Map.of(ARN + "db-AbCdEf", "db", ARN + "prod/db-AbCdEf-Xy12Zw", "prod/db-AbCdEf");
    }

    @Override
    protected List<String> identifiersElsewhere() {
        return List.of(
                "arn:aws:secretsmanager:us-east-2:123456789012:secret:db-AbCdEf",
                "arn:aws:secretsmanager:us-east-1:210987654321:secret:db-AbCdEf",
                "arn:aws-cn:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf",
                "arn:aws:ssm:us-east-1:123456789012:parameter/db");
    }

    @Override
    protected List<String> pinnedVersions() {
        return List.of(ARN + "db-AbCdEf::AWSPREVIOUS:", ARN + "db-AbCdEf:::v1");
    }

    @Override
    protected List<String> malformed() {
        return List.of(ARN + "db", ARN + "db-AbCdEf:password::", "db?versionStage=AWSPREVIOUS");
    }
}
