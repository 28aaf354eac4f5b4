package dev.headwater.connectors.internal.s3;

import dev.headwater.connectors.internal.ExtraProperties;
import dev.headwater.connectors.internal.Failures;
import dev.headwater.connectors.internal.aws.AwsKind;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.regions.ServiceMetadata;
import software.amazon.awssdk.services.s3.S3Client;

/** Files in a bucket of Amazon S3, or of a store that speaks its protocol, by the AWS SDK. */
public final class S3Kind implements AwsKind<S3Client> {

    /** Where the SDK writes what it signs, at DEBUG. */
    private static final String SIGNER_LOG =
            "software.amazon.awssdk.http.auth.aws.internal.signer.DefaultV4RequestSigner";

    private static final ExtraProperties EXTRA = new ExtraProperties(Map.of());

    @Override
    public String id() {
        return "s3";
    }

    @Override
    public String clientClass() {
        return "software.amazon.awssdk.services.s3.S3Client";
    }

    @Override
    public String artifact() {
        return "software.amazon.awssdk:s3";
    }

    @Override
    public ServiceMetadata service() {
        return S3Client.serviceMetadata();
    }

    @Override
    public void check(ResolvedConfig config) {
        Map<String, String> unused = EXTRA.of(config);
        String bucket = config.required("bucket");
        // Access points and the like lie in other accounts and regions.
        if (!bucket.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
            throw new ConnectorException(
                    FailureCode.INVALID_CONFIG, "bucket must be the name of a bucket, not an ARN or a path");
        }
    }

    /** Compatible stores know neither hosts that begin with the bucket, nor the newer checksums. */
    @Override
    public S3Client client(ResolvedConfig config, boolean overridden, Setup setup) {
        refuseSignerLog(config);
        return setup.apply(S3Client.builder())
                .forcePathStyle(overridden)
                .crossRegionAccessEnabled(false)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .build();
    }

    /** S3's signatures are the SDK's own, whose log holds the session tokens that go with temporary keys. */
    private static void refuseSignerLog(ResolvedConfig config) {
        boolean lasting =
                config.text("access_key_id").filter(key -> !key.isEmpty()).isPresent()
                        && Stream.of("session_token", "role_arn")
                                .allMatch(field -> config.text(field).orElse("").isEmpty());
        if (!lasting && LoggerFactory.getLogger(SIGNER_LOG).isDebugEnabled()) {
            throw Failures.revealingLog(
                    SIGNER_LOG,
                    "DEBUG",
                    "session tokens",
                    "Set the level of software.amazon.awssdk.http.auth.aws to INFO.");
        }
    }

    @Override
    public ConnectorSession session(S3Client client, ConnectionTarget target, Runnable close) {
        return new S3Session(client, target, close).loggedIn();
    }
}
