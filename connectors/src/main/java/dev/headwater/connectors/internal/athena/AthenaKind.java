package dev.headwater.connectors.internal.athena;

import dev.headwater.connectors.internal.ExtraProperties;
import dev.headwater.connectors.internal.aws.AwsKind;
import dev.headwater.connectors.internal.aws.QuietSignature;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.ResolvedConfig;
import java.util.Map;
import software.amazon.awssdk.regions.ServiceMetadata;
import software.amazon.awssdk.services.athena.AthenaClient;

/** Amazon Athena, by the AWS SDK. */
public final class AthenaKind implements AwsKind<AthenaClient> {

    private static final ExtraProperties EXTRA = new ExtraProperties(Map.of());

    @Override
    public String id() {
        return "athena";
    }

    @Override
    public String clientClass() {
        return "software.amazon.awssdk.services.athena.AthenaClient";
    }

    @Override
    public String artifact() {
        return "software.amazon.awssdk:athena";
    }

    @Override
    public ServiceMetadata service() {
        return AthenaClient.serviceMetadata();
    }

    @Override
    public void check(ResolvedConfig config) {
        Map<String, String> unused = EXTRA.of(config);
    }

    @Override
    public AthenaClient client(ResolvedConfig config, boolean overridden, Setup setup) {
        return setup.apply(AthenaClient.builder())
                .putAuthScheme(QuietSignature.scheme())
                .build();
    }

    @Override
    public ConnectorSession session(AthenaClient client, ConnectionTarget target, Runnable close) {
        return new AthenaSession(client, target, close).loggedIn();
    }
}
