package dev.headwater.connectors.internal.aws;

import dev.headwater.connectors.internal.DriverKind.Diagnosis;
import dev.headwater.connectors.internal.Failures;
import dev.headwater.connectors.internal.http.GatedAwsHttp;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** The AWS credentials of this process, or of a role that it assumes. */
final class ProcessCredentials {

    /** What STS writes into its log of who did something. */
    private static final String SESSION_NAME = "headwater";

    private ProcessCredentials() {}

    static AwsKey of(ConnectionTarget target) {
        ResolvedConfig config = target.config();
        Optional<String> role = config.text("role_arn").filter(arn -> !arn.isEmpty());
        try (DefaultCredentialsProvider own =
                DefaultCredentialsProvider.builder().build()) {
            return role.isPresent() ? assumed(role.get(), own, target) : key(own.resolveCredentials());
        } catch (SdkException e) {
            throw Failures.translate(
                    ProcessCredentials::diagnose, config, target.cancellation(), "get credentials of AWS", e);
        }
    }

    private static AwsKey key(AwsCredentials credentials) {
        return new AwsKey(
                credentials.accessKeyId(),
                credentials.secretAccessKey(),
                credentials instanceof AwsSessionCredentials session
                        ? Optional.of(session.sessionToken())
                        : Optional.empty());
    }

    private static AwsKey assumed(String role, DefaultCredentialsProvider own, ConnectionTarget target) {
        try (GatedAwsHttp http = GatedAwsHttp.open(target);
                StsClient sts = StsClient.builder()
                        .region(Region.of(target.config().required("region")))
                        .httpClient(http)
                        .credentialsProvider(own)
                        .overrideConfiguration(settings -> settings.retryStrategy(AwsRetryStrategy.doNotRetry()))
                        .putAuthScheme(QuietSignature.scheme())
                        .build()) {
            Credentials credentials = sts.assumeRole(
                            request -> request.roleArn(role).roleSessionName(SESSION_NAME))
                    .credentials();
            return new AwsKey(
                    credentials.accessKeyId(), credentials.secretAccessKey(), Optional.of(credentials.sessionToken()));
        }
    }

    private static @Nullable Diagnosis diagnose(Throwable cause, ResolvedConfig config) {
        if (cause instanceof AwsServiceException) {
            return new Diagnosis(
                    FailureCode.PERMISSION_DENIED, "Let the role be assumed by this process (its trust policy).");
        }
        // Without an answer of AWS: there are none in this process, or STS was not reached, which the causes tell.
        return cause instanceof SdkException && cause.getCause() == null
                ? new Diagnosis(
                        FailureCode.WRONG_CREDENTIALS,
                        "Give this process credentials of AWS, by its environment or the role of its machine.")
                : null;
    }
}
