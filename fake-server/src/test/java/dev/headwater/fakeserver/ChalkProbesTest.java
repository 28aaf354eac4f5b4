package dev.headwater.fakeserver;

import static dev.headwater.fakeserver.ChalkClient.failure;
import static dev.headwater.fakeserver.ChalkClient.kind;
import static dev.headwater.fakeserver.ChalkClient.linked;
import static dev.headwater.fakeserver.ChalkClient.literal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.core.DataSourceRegistry;
import dev.headwater.fakeserver.internal.chalk.wire.DatasourcePermissionTag;
import dev.headwater.fakeserver.internal.chalk.wire.DeleteDatasourcePermissionTagRequest;
import dev.headwater.fakeserver.internal.chalk.wire.GetDatasourcePermissionTagRequest;
import dev.headwater.fakeserver.internal.chalk.wire.InsertIntegrationRequest;
import dev.headwater.fakeserver.internal.chalk.wire.ListDatasourcePermissionTagsRequest;
import dev.headwater.fakeserver.internal.chalk.wire.ListSnowflakeNamedStagesRequest;
import dev.headwater.fakeserver.internal.chalk.wire.PreviewedMessage;
import dev.headwater.fakeserver.internal.chalk.wire.TestIntegrationRequest;
import dev.headwater.fakeserver.internal.chalk.wire.TestIntegrationResponse;
import dev.headwater.fakeserver.internal.chalk.wire.UpsertDatasourcePermissionTagRequest;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.LinkedSecretRef;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@DisplayName("Chalk's tests and tags")
@ExtendWith(FakeServerExtension.class)
class ChalkProbesTest {

    private final List<ConnectionAttempt> attempts = new ArrayList<>();
    private ChalkClient client;

    @BeforeEach
    void connect(FakeServer server) {
        client = new ChalkClient(server);
        server.connectionTests(attempt -> {
            attempts.add(attempt);
            return ConnectionOutcome.succeeded();
        });
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    private TestIntegrationResponse test(TestIntegrationRequest.Builder request) {
        return client.integrations().testIntegration(request.build());
    }

    @Test
    @DisplayName("test a stored data source by its id alone, as Python does")
    void stored() {
        String id = client.insert("POSTGRESQL", "orders", ChalkDataSourcesTest.POSTGRES)
                .getId();
        TestIntegrationResponse response =
                test(TestIntegrationRequest.newBuilder().setIntegrationId(id));
        assertThat(response.getSuccess()).isTrue();
        assertThat(response.getKind()).isEqualTo("POSTGRESQL");
        assertThat(response.getMessage()).isNotEmpty();
        assertThat(response.hasLatencySeconds()).isTrue();
        assertThat(attempts).singleElement().satisfies(attempt -> {
            assertThat(attempt.kind()).isEqualTo("postgresql");
            assertThat(attempt.name()).isEqualTo("orders");
            assertThat(attempt.config()).containsEntry("port", 5432L).containsEntry("password", "hush");
            assertThat(attempt.toString()).doesNotContain("hush");
        });
    }

    @Test
    @DisplayName("test what is not stored, and store nothing")
    void unsaved() {
        test(TestIntegrationRequest.newBuilder()
                .setKind(kind("MYSQL"))
                .putConfig("MYSQL_HOST", literal("db"))
                .putConfig("MYSQL_PWD", linked("db-password")));
        assertThat(attempts.get(0).config())
                .containsEntry("host", "db")
                .containsEntry("password", LinkedSecretRef.of("db-password"));
        assertThat(client.list()).isEmpty();
        assertThat(failure(() -> test(TestIntegrationRequest.newBuilder())).getCode())
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    @DisplayName("test a stored data source with other values; those that are left out are the stored ones")
    void overrides() {
        String id = client.insert("POSTGRESQL", "orders", ChalkDataSourcesTest.POSTGRES)
                .getId();
        test(TestIntegrationRequest.newBuilder()
                .setIntegrationId(id)
                .setKind(kind("POSTGRESQL"))
                .putConfig("PGHOST", literal("other"))
                .putEnvironmentVariables("PGUSER", "guest"));
        assertThat(attempts.get(0).config())
                .containsEntry("host", "other")
                .containsEntry("username", "guest")
                .containsEntry("password", "hush");
        assertThat(client.values(id)).containsEntry("PGHOST", "db.example.com");
        TestIntegrationRequest.Builder otherKind =
                TestIntegrationRequest.newBuilder().setIntegrationId(id).setKind(kind("MYSQL"));
        assertThat(failure(() -> test(otherKind)).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(failure(() -> test(TestIntegrationRequest.newBuilder().setIntegrationId("nobody")))
                        .getCode())
                .isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    @DisplayName("answer a connection that fails, and do not fail themselves")
    void failed(FakeServer server) {
        server.connectionTests(ConnectionTests.fail(FailureCode.WRONG_CREDENTIALS, "wrong user or password"));
        TestIntegrationResponse response =
                test(TestIntegrationRequest.newBuilder().setKind(kind("TRINO")));
        assertThat(response.getSuccess()).isFalse();
        assertThat(response.getMessage()).isEqualTo("wrong user or password");
    }

    @Test
    @DisplayName("can be those of a real registry")
    void real(FakeServer server) {
        try (DataSourceRegistry registry = DataSourceRegistry.builder().build()) {
            server.connectionTests(ConnectionTests.by(registry));
            TestIntegrationResponse bad = test(TestIntegrationRequest.newBuilder()
                    .setKind(kind("POSTGRESQL"))
                    .putConfig("PGPORT", literal("a lot")));
            assertThat(bad.getSuccess()).isFalse();
            assertThat(bad.getMessage()).contains("port");
        }
    }

    @Test
    @DisplayName("show messages of a stream if asked, and of nothing else")
    void previews(FakeServer server) {
        server.chalk().previewMessages("one", "two");
        TestIntegrationRequest.Builder kafka =
                TestIntegrationRequest.newBuilder().setKind(kind("KAFKA")).putConfig("KAFKA_TOPIC", literal("clicks"));
        assertThat(test(kafka).getPreviewMessagesList()).isEmpty();
        List<PreviewedMessage> messages = test(kafka.setIncludePreview(true)).getPreviewMessagesList();
        assertThat(messages).extracting(PreviewedMessage::getValueBase64).containsExactly("b25l", "dHdv");
        assertThat(messages).extracting(PreviewedMessage::getOffset).containsExactly("0", "1");
        assertThat(messages).allMatch(message -> message.getTopic().equals("clicks"));
        assertThat(test(TestIntegrationRequest.newBuilder()
                                .setKind(kind("POSTGRESQL"))
                                .setIncludePreview(true))
                        .getPreviewMessagesList())
                .isEmpty();
    }

    @Test
    @DisplayName("list the stages that a Snowflake was given")
    void stages(FakeServer server) {
        server.chalk().snowflakeStages("DB.PUBLIC.UNLOADS");
        String id = client.insert("SNOWFLAKE", "sf", Map.of()).getId();
        var stages = client.integrations()
                .listSnowflakeNamedStages(ListSnowflakeNamedStagesRequest.newBuilder()
                        .setIntegrationId(id)
                        .build())
                .getStagesList();
        assertThat(stages).singleElement().satisfies(stage -> {
            assertThat(stage.getName()).isEqualTo("UNLOADS");
            assertThat(stage.getSchemaName()).isEqualTo("PUBLIC");
            assertThat(stage.getDatabaseName()).isEqualTo("DB");
        });
        String other = client.insert("MYSQL", "my", Map.of()).getId();
        ListSnowflakeNamedStagesRequest wrong = ListSnowflakeNamedStagesRequest.newBuilder()
                .setIntegrationId(other)
                .build();
        assertThat(failure(() -> client.integrations().listSnowflakeNamedStages(wrong))
                        .getCode())
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    @DisplayName("keep permission tags by kind and name")
    void tags() {
        for (String tag : List.of("secret", "public")) {
            client.integrations()
                    .upsertDatasourcePermissionTag(UpsertDatasourcePermissionTagRequest.newBuilder()
                            .setKind(kind("MYSQL"))
                            .setName("orders")
                            .addPermissionTags(tag)
                            .build());
        }
        var all = client.integrations()
                .listDatasourcePermissionTags(ListDatasourcePermissionTagsRequest.getDefaultInstance())
                .getDatasourcePermissionTagsList();
        assertThat(all)
                .singleElement()
                .satisfies(tag -> assertThat(tag.getPermissionTagsList()).containsExactly("public"));
        assertThat(tag("MYSQL").getName()).isEqualTo("orders");
        assertThat(tag("POSTGRESQL").getName()).isEmpty();
        DeleteDatasourcePermissionTagRequest delete = DeleteDatasourcePermissionTagRequest.newBuilder()
                .setKind(kind("MYSQL"))
                .setName("orders")
                .build();
        client.integrations().deleteDatasourcePermissionTag(delete);
        assertThat(failure(() -> client.integrations().deleteDatasourcePermissionTag(delete))
                        .getCode())
                .isEqualTo(Status.Code.NOT_FOUND);
    }

    private DatasourcePermissionTag tag(String kind) {
        return client.integrations()
                .getDatasourcePermissionTag(GetDatasourcePermissionTagRequest.newBuilder()
                        .setKind(kind(kind))
                        .setName("orders")
                        .build())
                .getDatasourcePermissionTag();
    }

    @Test
    @DisplayName("refuse links to another secret store, and to a certain version")
    void linkedStore(FakeServer server) {
        server.chalk().linkedStore(new LinkedStore.Aws("123456789012", "us-east-1"));
        String other = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf";
        InsertIntegrationRequest request = InsertIntegrationRequest.newBuilder()
                .setName("x")
                .setIntegrationKind(kind("MYSQL"))
                .putConfig("MYSQL_PWD", linked(other))
                .build();
        Status status = failure(() -> client.integrations().insertIntegration(request));
        assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(status.getDescription()).contains("MYSQL_PWD", "us-east-1", "eu-west-1");
    }
}
