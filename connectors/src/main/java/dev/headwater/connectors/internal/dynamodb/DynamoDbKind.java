package dev.headwater.connectors.internal.dynamodb;

import dev.headwater.connectors.internal.ExtraProperties;
import dev.headwater.connectors.internal.aws.AwsKind;
import dev.headwater.connectors.internal.aws.QuietSignature;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.ResolvedConfig;
import java.util.Map;
import software.amazon.awssdk.regions.ServiceMetadata;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Amazon DynamoDB, by the AWS SDK. */
public final class DynamoDbKind implements AwsKind<DynamoDbClient> {

    private static final ExtraProperties EXTRA = new ExtraProperties(Map.of());

    @Override
    public String id() {
        return "dynamodb";
    }

    @Override
    public String clientClass() {
        return "software.amazon.awssdk.services.dynamodb.DynamoDbClient";
    }

    @Override
    public String artifact() {
        return "software.amazon.awssdk:dynamodb";
    }

    @Override
    public ServiceMetadata service() {
        return DynamoDbClient.serviceMetadata();
    }

    @Override
    public void check(ResolvedConfig config) {
        Map<String, String> unused = EXTRA.of(config);
    }

    @Override
    public DynamoDbClient client(ResolvedConfig config, boolean overridden, Setup setup) {
        return setup.apply(DynamoDbClient.builder())
                .putAuthScheme(QuietSignature.scheme())
                .build();
    }

    @Override
    public ConnectorSession session(DynamoDbClient client, ConnectionTarget target, Runnable close) {
        return new DynamoDbSession(client, target, close).loggedIn();
    }
}
