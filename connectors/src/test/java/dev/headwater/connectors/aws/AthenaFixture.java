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

/** A stub with two databases. */
public final class AthenaFixture implements KindFixture {

    private static final AthenaStub STUB = stub();

    @Override
    public String kind() {
        return "athena";
    }

    @Override
    public Map<String, Object> workingConfig() {
        return Map.of(
                "region",
                "us-east-1",
                "output_location",
                "s3://results/",
                "access_key_id",
                AwsStub.KEY_ID,
                "secret_access_key",
                SecretValue.of(AwsStub.SECRET),
                "endpoint_url",
                STUB.endpoint());
    }

    private static AthenaStub stub() {
        AthenaStub stub = new AthenaStub();
        stub.createDatabase("empty", List.of());
        stub.createDatabase(
                "sales",
                List.of(
                        "{'Name':'orders','TableType':'EXTERNAL_TABLE','Columns':[{'Name':'id','Type':'bigint'},"
                                + "{'Name':'price','Type':'decimal(10,2)','Comment':'in EUR'}],"
                                + "'PartitionKeys':[{'Name':'day','Type':'date'}],'Parameters':{'comment':'all orders'}}",
                        "{'Name':'late','TableType':'VIRTUAL_VIEW','Columns':[{'Name':'tags','Type':'array<string>'}],"
                                + "'PartitionKeys':[],'Parameters':{}}"));
        return stub;
    }

    @Override
    public TableSchema knownTable() {
        return new TableSchema(
                "AwsDataCatalog",
                "sales",
                "orders",
                TableType.TABLE,
                "all orders",
                List.of(
                        new ColumnSchema("id", "bigint", CanonicalType.INTEGER, true, null),
                        new ColumnSchema("price", "decimal(10,2)", CanonicalType.DECIMAL, true, "in EUR"),
                        new ColumnSchema("day", "date", CanonicalType.DATE, true, null)),
                List.of());
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
