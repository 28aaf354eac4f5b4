package dev.headwater.connectors.aws;

import static dev.headwater.connectors.Targets.failure;
import static dev.headwater.connectors.Targets.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.headwater.connectors.Connectors;
import dev.headwater.connectors.KindFixture;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.PreviewMessage;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.TableSchema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@DisplayName("A connector of AWS")
class AwsConnectorsTest {

    private static Map<String, Object> with(KindFixture fixture, Map<String, Object> changes) {
        Map<String, Object> config = new LinkedHashMap<>(fixture.workingConfig());
        config.putAll(changes);
        return config;
    }

    private static List<TableSchema> tables(KindFixture fixture, Map<String, Object> changes) {
        try (ConnectorSession session = fixture.connector().open(target(fixture.kind(), with(fixture, changes)))) {
            return session.readTables(1_000, count -> {}).tables();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ThrottlingException, 400, FAILED, too many requests",
        "AccessDeniedException, 400, PERMISSION_DENIED, policy",
        "ResourceNotFoundException, 400, NO_SUCH_DATABASE, ''",
        "ExpiredTokenException, 403, WRONG_CREDENTIALS, session token",
        "RequestExpired, 400, FAILED, clocks",
        "InternalFailure, 500, FAILED, ''"
    })
    @DisplayName("tells what an error of the service means by its code, not by its status")
    void errors(String error, int status, FailureCode code, String hint) {
        try (KinesisStub stub = new KinesisStub()) {
            stub.createStream("orders");
            stub.fail("DescribeStreamSummary", status, error);

            ConnectorException failure = failure(() -> Connectors.kinesis()
                    .open(target(
                            "kinesis",
                            with(
                                    new KinesisFixture(),
                                    Map.of("endpoint_url", stub.endpoint(), "stream_name", "orders")))));

            assertThat(failure.failure()).isEqualTo(code);
            assertThat(failure.hint()).contains(hint);
            // A test does not try again, or it would take longer to say the same.
            assertThat(stub.operations()).containsExactly("DescribeStreamSummary");
        }
    }

    @Test
    @DisplayName("lets no config without keys use the credentials of this process, unless the application says so")
    void processCredentials() {
        Map<String, Object> keyless = new LinkedHashMap<>(new DynamoDbFixture().workingConfig());
        keyless.remove("access_key_id");
        keyless.remove("secret_access_key");

        ConnectorException refused = failure(() -> Connectors.dynamodb().open(target("dynamodb", keyless)));
        assertThat(refused.failure()).isEqualTo(FailureCode.INVALID_CONFIG);
        assertThat(refused.hint()).contains("access_key_id");

        System.setProperty("aws.accessKeyId", "process");
        System.setProperty("aws.secretAccessKey", "process-secret");
        Connector allowed = Connectors.awsWithProcessCredentials().stream()
                .filter(connector -> connector.kinds().contains("dynamodb"))
                .findFirst()
                .orElseThrow();
        try (ConnectorSession session = allowed.open(target("dynamodb", keyless))) {
            assertThat(session.probe()).isEqualTo("Amazon DynamoDB");
        } finally {
            System.clearProperty("aws.accessKeyId");
            System.clearProperty("aws.secretAccessKey");
        }
    }

    @Test
    @DisplayName("gives a host the SDK's own client, which works")
    void client() {
        DynamoDbFixture fixture = new DynamoDbFixture();
        try (ConnectorClient client = Connectors.dynamodb()
                .client(target("dynamodb", fixture.workingConfig()), new ClientSettings("shop", 5))) {
            assertThat(((DynamoDbClient) client.client()).listTables().tableNames())
                    .contains("contract");
        }
    }

    @Test
    @DisplayName("names all types that an attribute has, in whatever order they come")
    void types() {
        try (DynamoDbClient client = DynamoDbServer.get().client()) {
            client.createTable(create -> create.tableName("types")
                    .attributeDefinitions(
                            attribute -> attribute.attributeName("id").attributeType("S"))
                    .keySchema(key -> key.attributeName("id").keyType("HASH"))
                    .billingMode("PAY_PER_REQUEST"));
            AttributeValue text = AttributeValue.fromS("x");
            AttributeValue texts = AttributeValue.fromSs(List.of("x"));
            client.putItem(put ->
                    put.tableName("types").item(Map.of("id", AttributeValue.fromS("a"), "one", text, "other", texts)));
            client.putItem(put ->
                    put.tableName("types").item(Map.of("id", AttributeValue.fromS("b"), "one", texts, "other", text)));
        }
        try {
            TableSchema types = tables(new DynamoDbFixture(), Map.of()).stream()
                    .filter(table -> table.name().equals("types"))
                    .findFirst()
                    .orElseThrow();
            assertThat(types.columns())
                    .extracting(ColumnSchema::name, ColumnSchema::nativeType, ColumnSchema::type)
                    .containsExactly(
                            tuple("id", "S", CanonicalType.TEXT),
                            tuple("one", "S|SS", CanonicalType.UNKNOWN),
                            tuple("other", "S|SS", CanonicalType.UNKNOWN));
        } finally {
            try (DynamoDbClient client = DynamoDbServer.get().client()) {
                client.deleteTable(delete -> delete.tableName("types"));
            }
        }
    }

    @Test
    @DisplayName("finds a stream by its ARN as by its name")
    void arn() {
        Map<String, Object> byArn = new LinkedHashMap<>(new KinesisFixture().workingConfig());
        byArn.remove("stream_name");
        byArn.put("stream_arn", KinesisStub.arn("contract"));

        try (ConnectorSession session = Connectors.kinesis().open(target("kinesis", byArn))) {
            assertThat(session.probe()).isEqualTo("Amazon Kinesis, stream contract, ACTIVE");
        }
    }

    @Test
    @DisplayName("shows records of a stream's shards, in the order of their time, though the first answers are empty")
    void preview() {
        try (KinesisStub stub = new KinesisStub()) {
            stub.createStream("orders");
            stub.put("orders", 0, "k1", "late".getBytes(StandardCharsets.UTF_8), 1_700_000_002);
            stub.put("orders", 1, "k2", "early".getBytes(StandardCharsets.UTF_8), 1_700_000_001);
            stub.put("orders", 1, "k3", "last".getBytes(StandardCharsets.UTF_8), 1_700_000_003);

            try (ConnectorSession session = Connectors.kinesis()
                    .open(target(
                            "kinesis",
                            with(
                                    new KinesisFixture(),
                                    Map.of("endpoint_url", stub.endpoint(), "stream_name", "orders"))))) {
                List<PreviewMessage> messages = session.preview(2);
                assertThat(messages)
                        .extracting(message -> new String(message.value().orElseThrow(), StandardCharsets.UTF_8))
                        .containsExactly("early", "late");
                assertThat(messages.get(0).partition()).hasValue("shardId-000000000001");
            }
        }
    }

    @Test
    @DisplayName("reads what may be read where listing streams or reading items is not allowed")
    void lessPermission() {
        try (KinesisStub stub = new KinesisStub()) {
            stub.createStream("orders");
            stub.createStream("others");
            stub.fail("ListStreams", 400, "AccessDeniedException");

            assertThat(tables(new KinesisFixture(), Map.of("endpoint_url", stub.endpoint(), "stream_name", "orders")))
                    .extracting(TableSchema::name)
                    .containsExactly("orders");
        }
    }

    @Test
    @DisplayName("reads all databases of a catalog, or the one that the config names")
    void athena() {
        assertThat(tables(new AthenaFixture(), Map.of()))
                .extracting(TableSchema::name, TableSchema::type)
                .containsExactly(
                        tuple("orders", TableSchema.TableType.TABLE), tuple("late", TableSchema.TableType.VIEW));
        assertThat(tables(new AthenaFixture(), Map.of("database", "empty"))).isEmpty();
    }

    @Test
    @DisplayName("refuses a workgroup that is disabled")
    void workgroup() {
        try (AthenaStub stub = new AthenaStub()) {
            stub.createDatabase("sales", new ArrayList<>());
            stub.disableWorkgroup();

            assertThat(failure(() -> Connectors.athena()
                                    .open(target(
                                            "athena",
                                            with(new AthenaFixture(), Map.of("endpoint_url", stub.endpoint())))))
                            .failure())
                    .isEqualTo(FailureCode.PERMISSION_DENIED);
        }
    }

    @Test
    @DisplayName("takes a bucket's name, and neither an ARN nor a path")
    void bucket() {
        for (String bucket : List.of("arn:aws:s3:us-east-1:123456789012:accesspoint/x", "a/../b", "Bucket", "a")) {
            assertThat(failure(() ->
                                    Connectors.s3().open(target("s3", with(new S3Fixture(), Map.of("bucket", bucket)))))
                            .failure())
                    .as(bucket)
                    .isEqualTo(FailureCode.INVALID_CONFIG);
        }
    }

    @Test
    @DisplayName("says what is not there: a path of a bucket")
    void path() {
        ConnectorException failure =
                failure(() -> Connectors.s3().open(target("s3", with(new S3Fixture(), Map.of("path", "not/there")))));
        assertThat(failure.failure()).isEqualTo(FailureCode.NO_SUCH_DATABASE);
        assertThat(failure).hasMessageContaining("not/there");
    }

    @Test
    @DisplayName("tells neither key nor token")
    void secrets() {
        ConnectorException failure = failure(() -> Connectors.kinesis()
                .open(target(
                        "kinesis",
                        with(new KinesisFixture(), Map.of("session_token", SecretValue.of("pl4nted-session-token"))))));
        assertThat(failure.failure()).isEqualTo(FailureCode.WRONG_CREDENTIALS);
        assertThat(failure).hasMessageNotContaining("pl4nted").hasNoCause();
    }
}
