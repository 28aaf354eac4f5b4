package dev.headwater.connectors.aws;

import static dev.headwater.connectors.Targets.failure;
import static dev.headwater.connectors.Targets.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.connectors.Connectors;
import dev.headwater.connectors.PostgresFixture;
import dev.headwater.connectors.TestCertificates;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.SecretValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A temporary key of AWS, or one that assumes a role,")
class AwsRoleTest {

    private static final List<String> PROCESS_KEY =
            List.of("aws.accessKeyId", "aws.secretAccessKey", "aws.sessionToken");

    private final StsStub sts = new StsStub();

    @BeforeAll
    static void trust() {
        // Before the SDK is the first of this JVM to use TLS.
        TestCertificates unused = TestCertificates.trusted();
    }

    @AfterEach
    void restore() throws IOException {
        sts.close();
        PROCESS_KEY.forEach(System::clearProperty);
        try (Stream<String> lines = Files.lines(Path.of("slf4j.log"), StandardCharsets.ISO_8859_1)) {
            List<String> telling = lines.filter(line -> line.contains("pl4nted-se")
                            || line.contains(AwsStub.SECRET)
                            || line.contains(AwsStub.TOKEN))
                    .map(line -> line.substring(0, Math.min(300, line.length())))
                    .toList();
            assertThat(telling).as("secrets in the log").isEmpty();
        }
    }

    private static void giveProcessKey() {
        System.setProperty("aws.accessKeyId", StsStub.KEY_ID);
        System.setProperty("aws.secretAccessKey", StsStub.SECRET);
        System.setProperty("aws.sessionToken", StsStub.TOKEN);
    }

    private static Map<String, Object> streamByRole(String role) {
        Map<String, Object> config = new LinkedHashMap<>(new KinesisFixture().workingConfig());
        config.put("access_key_id", StsStub.KEY_ID);
        config.put("secret_access_key", SecretValue.of(StsStub.SECRET));
        config.put("session_token", SecretValue.of(StsStub.TOKEN));
        config.put("role_arn", role);
        return config;
    }

    @Test
    @DisplayName("logs in with what the role has")
    void role() {
        try (ConnectorSession session = Connectors.kinesis().open(target("kinesis", streamByRole(StsStub.ROLE)))) {
            assertThat(session.probe()).contains("contract");
        }
    }

    @Test
    @DisplayName("is told that it may not have the role")
    void otherRole() {
        ConnectorException failure = failure(() ->
                Connectors.kinesis().open(target("kinesis", streamByRole("arn:aws:iam::123456789012:role/owner"))));
        assertThat(failure.failure()).isEqualTo(FailureCode.PERMISSION_DENIED);
        assertThat(failure).hasMessageContaining("sts:AssumeRole").hasNoCause();
    }

    @Test
    @DisplayName("gives PostgreSQL on RDS a token of the role")
    void database() {
        giveProcessKey();
        Map<String, Object> config = new LinkedHashMap<>(new PostgresFixture().workingConfig());
        config.put("aws_iam_auth", true);
        config.put("region", "us-east-1");
        config.put("role_arn", StsStub.ROLE);
        config.remove("password");

        // The token is made, and is no password of this server.
        assertThat(failure(() -> Connectors.postgresqlWithProcessCredentials().open(target("postgresql", config)))
                        .failure())
                .isEqualTo(FailureCode.WRONG_CREDENTIALS);
    }

    @Test
    @DisplayName("is not used for S3 while the log of the SDK would hold its session token")
    void bucket() {
        giveProcessKey();
        Map<String, Object> config = new LinkedHashMap<>(new S3Fixture().workingConfig());
        config.remove("access_key_id");
        config.remove("secret_access_key");

        Connector s3 = Connectors.awsWithProcessCredentials().stream()
                .filter(connector -> connector.kinds().contains("s3"))
                .findFirst()
                .orElseThrow();
        ConnectorException failure = failure(() -> s3.open(target("s3", config)));
        assertThat(failure.failure()).isEqualTo(FailureCode.FAILED);
        assertThat(failure.hint()).contains("software.amazon.awssdk.http.auth.aws");
    }
}
