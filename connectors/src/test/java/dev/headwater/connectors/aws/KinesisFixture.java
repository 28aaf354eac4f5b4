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

/** A stub with a few streams. */
public class KinesisFixture implements KindFixture {

    private static KinesisStub stub;

    @Override
    public String kind() {
        return "kinesis";
    }

    @Override
    public Map<String, Object> workingConfig() {
        return Map.of(
                "region",
                "us-east-1",
                "stream_name",
                "contract",
                "access_key_id",
                AwsStub.KEY_ID,
                "secret_access_key",
                SecretValue.of(AwsStub.SECRET),
                "session_token",
                SecretValue.of(AwsStub.TOKEN),
                "endpoint_url",
                stub().endpoint());
    }

    private static synchronized KinesisStub stub() {
        if (stub == null) {
            stub = new KinesisStub();
            for (String name : List.of("a", "contract", "d", "e")) {
                stub.createStream(name);
            }
        }
        return stub;
    }

    @Override
    public TableSchema knownTable() {
        return new TableSchema(
                null,
                null,
                "contract",
                TableType.STREAM,
                "2 open shards",
                List.of(
                        new ColumnSchema("data", "blob", CanonicalType.BINARY, false, null),
                        new ColumnSchema("partitionKey", "string", CanonicalType.TEXT, false, null),
                        new ColumnSchema("sequenceNumber", "string", CanonicalType.TEXT, false, null),
                        new ColumnSchema("shardId", "string", CanonicalType.TEXT, false, null),
                        new ColumnSchema(
                                "approximateArrivalTimestamp",
                                "timestamp",
                                CanonicalType.TIMESTAMP_WITH_ZONE,
                                true,
                                null)),
                List.of("shardId", "sequenceNumber"));
    }

    @Override
    public Optional<Map<String, Object>> missingDatabase() {
        return Optional.of(Map.of("stream_name", "not-there"));
    }

    @Override
    public Optional<Map<String, Object>> wrongCredentials(String secret) {
        return Optional.of(Map.of("secret_access_key", SecretValue.of(secret)));
    }

    @Override
    public Optional<Map<String, Object>> atPort(int port) {
        return Optional.of(Map.of("endpoint_url", "http://127.0.0.1:" + port));
    }
}
