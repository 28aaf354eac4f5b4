package dev.headwater.connectors.internal.kinesis;

import dev.headwater.connectors.internal.ExtraProperties;
import dev.headwater.connectors.internal.aws.AwsKind;
import dev.headwater.connectors.internal.aws.QuietSignature;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.ResolvedConfig;
import java.util.Map;
import software.amazon.awssdk.regions.ServiceMetadata;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** A stream of Amazon Kinesis, by the AWS SDK. */
public final class KinesisKind implements AwsKind<KinesisClient> {

    private static final ExtraProperties EXTRA = new ExtraProperties(Map.of());

    @Override
    public String id() {
        return "kinesis";
    }

    @Override
    public String clientClass() {
        return "software.amazon.awssdk.services.kinesis.KinesisClient";
    }

    @Override
    public String artifact() {
        return "software.amazon.awssdk:kinesis";
    }

    @Override
    public ServiceMetadata service() {
        return KinesisClient.serviceMetadata();
    }

    @Override
    public void check(ResolvedConfig config) {
        Map<String, String> unused = EXTRA.of(config);
        StreamName unusedToo = StreamName.of(config);
    }

    @Override
    public KinesisClient client(ResolvedConfig config, boolean overridden, Setup setup) {
        return setup.apply(KinesisClient.builder())
                .putAuthScheme(QuietSignature.scheme())
                .build();
    }

    @Override
    public ConnectorSession session(KinesisClient client, ConnectionTarget target, Runnable close) {
        return new KinesisSession(client, target, close).loggedIn();
    }
}
