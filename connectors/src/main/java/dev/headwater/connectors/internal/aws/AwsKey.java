package dev.headwater.connectors.internal.aws;

import dev.headwater.connectors.internal.Artifacts;
import dev.headwater.spi.ConnectionTarget;
import java.util.Optional;

/**
 * An access key of AWS.
 *
 * @param sessionToken what belongs to it, if it is a temporary one
 */
public record AwsKey(String id, String secret, Optional<String> sessionToken) {

    /**
     * {@return the key of this process, or of the {@code role_arn} of the config, which it assumes; for connectors whose host lets
     * data sources use it} Blocks on what gives this process its AWS credentials, and on STS for a role.
     */
    public static AwsKey ofProcess(ConnectionTarget target) {
        Artifacts.require(
                "AWS SDK client", "software.amazon.awssdk.services.sts.StsClient", "software.amazon.awssdk:sts");
        return ProcessCredentials.of(target);
    }

    /** Says nothing of what it holds. */
    @Override
    public String toString() {
        return "AwsKey";
    }
}
