package dev.headwater.connectors.aws;

import dev.headwater.connectors.KindFixture;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A bucket of its own on the S3 server of the tests. */
public final class S3Fixture implements KindFixture {

    private static boolean filled;

    @Override
    public String kind() {
        return "s3";
    }

    @Override
    public Map<String, Object> workingConfig() {
        fill();
        return Map.of(
                "bucket",
                "contract",
                "region",
                "us-east-1",
                "access_key_id",
                S3Server.KEY_ID,
                "secret_access_key",
                SecretValue.of(S3Server.SECRET),
                "endpoint_url",
                S3Server.get().endpoint());
    }

    private static synchronized void fill() {
        if (!filled) {
            S3Server.get().createBucket("contract");
            S3Server.get().put("contract", "orders.csv", "id,note\n1,first\n".getBytes(StandardCharsets.UTF_8));
            S3Server.get().put("contract", "other.bin", new byte[] {1});
            filled = true;
        }
    }

    @Override
    public TableSchema knownTable() {
        return new TableSchema(
                null,
                "contract",
                "orders.csv",
                TableType.FILE,
                null,
                List.of(
                        new ColumnSchema("id", "integer", CanonicalType.INTEGER, true, null),
                        new ColumnSchema("note", "text", CanonicalType.TEXT, true, null)),
                List.of());
    }

    @Override
    public Optional<Map<String, Object>> missingDatabase() {
        return Optional.of(Map.of("bucket", "not-there"));
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
