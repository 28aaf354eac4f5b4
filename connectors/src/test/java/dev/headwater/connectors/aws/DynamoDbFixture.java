package dev.headwater.connectors.aws;

import dev.headwater.connectors.KindFixture;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Tables of its own on DynamoDB Local. That takes every key that could be one, so the stub stands in for wrong ones. */
public final class DynamoDbFixture implements KindFixture {

    private static final DynamoDbStub STUB = new DynamoDbStub();
    private static boolean filled;

    @Override
    public String kind() {
        return "dynamodb";
    }

    @Override
    public Map<String, Object> workingConfig() {
        fill();
        return Map.of(
                "region",
                "us-east-1",
                "access_key_id",
                "local",
                "secret_access_key",
                SecretValue.of("local-secret-access-key"),
                "endpoint_url",
                DynamoDbServer.get().endpoint());
    }

    private static synchronized void fill() {
        if (filled) {
            return;
        }
        try (DynamoDbClient client = DynamoDbServer.get().client()) {
            for (String table : List.of("contract", "contract-other")) {
                client.createTable(create -> create.tableName(table)
                        .attributeDefinitions(
                                attribute -> attribute.attributeName("id").attributeType("S"),
                                attribute -> attribute.attributeName("at").attributeType("N"))
                        .keySchema(
                                key -> key.attributeName("id").keyType("HASH"),
                                key -> key.attributeName("at").keyType("RANGE"))
                        .billingMode("PAY_PER_REQUEST"));
            }
            client.putItem(put -> put.tableName("contract")
                    .item(Map.of(
                            "id", AttributeValue.fromS("a"),
                            "at", AttributeValue.fromN("1"),
                            "tags", AttributeValue.fromSs(List.of("x")))));
        }
        filled = true;
    }

    @Override
    public TableSchema knownTable() {
        return new TableSchema(
                null,
                null,
                "contract",
                TableType.TABLE,
                null,
                List.of(
                        new ColumnSchema("id", "S", CanonicalType.TEXT, false, null),
                        new ColumnSchema("at", "N", CanonicalType.DECIMAL, false, null),
                        new ColumnSchema("tags", "SS", CanonicalType.ARRAY, true, null)),
                List.of("id", "at"));
    }

    @Override
    public Optional<Map<String, Object>> missingDatabase() {
        return Optional.empty();
    }

    @Override
    public Optional<Map<String, Object>> wrongCredentials(String secret) {
        return Optional.of(Map.of(
                "endpoint_url", STUB.endpoint(),
                "access_key_id", AwsStub.KEY_ID,
                "secret_access_key", SecretValue.of(secret)));
    }

    @Override
    public Optional<Map<String, Object>> atPort(int port) {
        return Optional.of(Map.of("endpoint_url", "http://127.0.0.1:" + port));
    }
}
