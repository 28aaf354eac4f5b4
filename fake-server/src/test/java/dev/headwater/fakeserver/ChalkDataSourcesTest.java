package dev.headwater.fakeserver;

import static dev.headwater.fakeserver.ChalkClient.failure;
import static dev.headwater.fakeserver.ChalkClient.linked;
import static dev.headwater.fakeserver.ChalkClient.literal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.core.DataSourceDraft;
import dev.headwater.fakeserver.internal.chalk.wire.DeleteIntegrationRequest;
import dev.headwater.fakeserver.internal.chalk.wire.GetIntegrationByNameRequest;
import dev.headwater.fakeserver.internal.chalk.wire.GetIntegrationValueRequest;
import dev.headwater.fakeserver.internal.chalk.wire.InsertIntegrationRequest;
import dev.headwater.fakeserver.internal.chalk.wire.Integration;
import dev.headwater.fakeserver.internal.chalk.wire.IntegrationConfigValue;
import dev.headwater.fakeserver.internal.chalk.wire.IntegrationWarningCode;
import dev.headwater.fakeserver.internal.chalk.wire.ListIntegrationsAndSecretsRequest;
import dev.headwater.fakeserver.internal.chalk.wire.ListIntegrationsAndSecretsResponse;
import dev.headwater.fakeserver.internal.chalk.wire.SecretSource;
import dev.headwater.fakeserver.internal.chalk.wire.SecretWithValue;
import dev.headwater.fakeserver.internal.chalk.wire.UpdateIntegrationRequest;
import dev.headwater.testkit.SettableClock;
import io.grpc.Status;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Chalk's data sources")
class ChalkDataSourcesTest {

    private static final SettableClock CLOCK = SettableClock.at("2026-11-21T08:00:00Z");

    @RegisterExtension
    static final FakeServerExtension EXTENSION =
            new FakeServerExtension(FakeServer.builder().clock(CLOCK));

    static final Map<String, String> POSTGRES = Map.of(
            "PGHOST",
            "db.example.com",
            "PGPORT",
            "5432",
            "PGDATABASE",
            "mydb",
            "PGUSER",
            "admin",
            "PGPASSWORD",
            "hush");

    private ChalkClient client;

    @BeforeEach
    void connect(FakeServer server) {
        client = new ChalkClient(server);
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    @Test
    @DisplayName("come back with id, name, kind, environment and both times")
    void create() {
        Integration made = client.insert("POSTGRESQL", "my_postgres", POSTGRES);
        assertThat(made.getId()).isNotEmpty();
        assertThat(made.getName()).isEqualTo("my_postgres");
        assertThat(made.getKind()).isEqualTo(ChalkClient.kind("POSTGRESQL"));
        assertThat(made.getEnvironmentId()).isEqualTo("test");
        assertThat(made.getCreatedAt().getSeconds())
                .isEqualTo(CLOCK.instant().getEpochSecond())
                .isEqualTo(made.getUpdatedAt().getSeconds());
        assertThat(client.list()).containsExactly(made);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "my-postgres", "my postgres", "ünï", "a\nb", "a;drop table", "../../etc"})
    @DisplayName("have names of letters, digits and underscores only")
    void names(String name) {
        Status status = failure(() -> client.insert("POSTGRESQL", name, POSTGRES));
        assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(status.getDescription()).contains("letters, numbers, and underscores");
    }

    @Test
    @DisplayName("may begin with a digit")
    void digits() {
        assertThat(client.insert("MYSQL", "2nd_db", Map.of()).getName()).isEqualTo("2nd_db");
    }

    @Test
    @DisplayName("have names that are unique in the environment, across kinds")
    void duplicates() {
        client.insert("POSTGRESQL", "orders", POSTGRES);
        assertThat(failure(() -> client.insert("MYSQL", "orders", Map.of())).getCode())
                .isEqualTo(Status.Code.ALREADY_EXISTS);
        String other = client.insert("MYSQL", "payments", Map.of()).getId();
        assertThat(failure(() -> client.update(other, "orders", Map.of())).getCode())
                .isEqualTo(Status.Code.ALREADY_EXISTS);
        assertThat(client.update(other, "payments", Map.of()).getName()).isEqualTo("payments");
    }

    @Test
    @DisplayName("must have a kind that there is")
    void kinds() {
        for (int kind : new int[] {0, 99}) {
            InsertIntegrationRequest request = InsertIntegrationRequest.newBuilder()
                    .setName("x")
                    .setIntegrationKindValue(kind)
                    .build();
            assertThat(failure(() -> client.integrations().insertIntegration(request))
                            .getCode())
                    .isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"AWS", "GCP", "OPENAI", "COHERE", "HUGGINGFACE"})
    @DisplayName("may be of the kinds that the dashboard alone makes; Python's list() cannot read those")
    void dashboardKinds(String kind) {
        Integration made = client.insert(kind, "extra", Map.of("SOME_KEY", "x"));
        assertThat(client.list()).extracting(i -> i.getKind().name()).containsExactly("INTEGRATION_KIND_" + kind);
        assertThat(client.values(made.getId())).containsEntry("SOME_KEY", "x");
    }

    @Test
    @DisplayName("take any key, and none is required")
    void anyKey() {
        String id = client.insert("POSTGRESQL", "odd", Map.of("PGPORT", "not a number", "WHATEVER", "1"))
                .getId();
        assertThat(client.values(id)).containsOnly(Map.entry("PGPORT", "not a number"), Map.entry("WHATEVER", "1"));
    }

    @Test
    @DisplayName("keep both spellings of keys that Chalk's own documents disagree on")
    void bothSpellings() {
        String snowflake = client.insert(
                        "SNOWFLAKE", "sf", Map.of("SNOWFLAKE_ACCOUNT", "a", "SNOWFLAKE_ACCOUNT_ID", "b"))
                .getId();
        String kafka = client.insert("KAFKA", "k", Map.of("KAFKA_DLQ_TOPIC", "a", "KAFKA_DEAD_LETTER_QUEUE_TOPIC", "b"))
                .getId();
        assertThat(client.values(snowflake))
                .containsOnly(Map.entry("SNOWFLAKE_ACCOUNT", "a"), Map.entry("SNOWFLAKE_ACCOUNT_ID", "b"));
        assertThat(client.values(kafka))
                .containsOnly(Map.entry("KAFKA_DLQ_TOPIC", "a"), Map.entry("KAFKA_DEAD_LETTER_QUEUE_TOPIC", "b"));
    }

    @Test
    @DisplayName("change only in the keys and the name that an update gives")
    void update() {
        Integration made = client.insert("POSTGRESQL", "orders", POSTGRES);
        CLOCK.advance(Duration.ofMinutes(1));

        Integration same = client.update(made.getId(), "", Map.of());
        assertThat(same.getName()).isEqualTo("orders");
        Integration changed = client.update(made.getId(), "shop", Map.of("PGHOST", "elsewhere", "NEW", "1"));

        assertThat(changed.getName()).isEqualTo("shop");
        assertThat(changed.getId()).isEqualTo(made.getId());
        assertThat(changed.getKind()).isEqualTo(made.getKind());
        assertThat(changed.getCreatedAt()).isEqualTo(made.getCreatedAt());
        assertThat(changed.getUpdatedAt().getSeconds())
                .isEqualTo(made.getUpdatedAt().getSeconds() + 60);
        assertThat(client.values(made.getId()))
                .containsEntry("PGHOST", "elsewhere")
                .containsEntry("PGUSER", "admin")
                .containsEntry("NEW", "1");
    }

    @Test
    @DisplayName("take the variables of older clients, and the newer map counts where both have a key")
    void olderClients() {
        Integration made = client.integrations()
                .insertIntegration(InsertIntegrationRequest.newBuilder()
                        .setName("old")
                        .setIntegrationKind(ChalkClient.kind("POSTGRESQL"))
                        .putEnvironmentVariables("PGHOST", "old")
                        .putEnvironmentVariables("PGUSER", "old")
                        .putConfig("PGHOST", literal("new"))
                        .build())
                .getIntegration();
        assertThat(client.values(made.getId())).containsOnly(Map.entry("PGHOST", "new"), Map.entry("PGUSER", "old"));
    }

    @Test
    @DisplayName("link a value to a secret, and back to a literal")
    void links() {
        Integration made = client.insert("POSTGRESQL", "orders", POSTGRES);
        client.integrations()
                .updateIntegration(UpdateIntegrationRequest.newBuilder()
                        .setIntegrationId(made.getId())
                        .putConfig("PGHOST", linked("db-host"))
                        .build());
        SecretWithValue host = secret(made.getId(), "PGHOST");
        assertThat(host.getSource()).isEqualTo(SecretSource.SECRET_SOURCE_EXTERNAL);
        assertThat(host.getValue()).isEqualTo("db-host");

        client.update(made.getId(), "", Map.of("PGHOST", "literal"));
        assertThat(secret(made.getId(), "PGHOST").getSource()).isEqualTo(SecretSource.SECRET_SOURCE_MANAGED);
    }

    @Test
    @DisplayName("refuse a config value that is neither literal nor link, and name its key")
    void emptyValue() {
        InsertIntegrationRequest request = InsertIntegrationRequest.newBuilder()
                .setName("x")
                .setIntegrationKind(ChalkClient.kind("MYSQL"))
                .putConfig("MYSQL_HOST", IntegrationConfigValue.getDefaultInstance())
                .build();
        Status status = failure(() -> client.integrations().insertIntegration(request));
        assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(status.getDescription()).contains("MYSQL_HOST").contains("secret_id");
    }

    @Test
    @DisplayName("are answered with nothing, and no error, if the id or the name is not known")
    void unknown() {
        assertThat(client.get("nobody").hasIntegrationWithSecrets()).isFalse();
        assertThat(client.integrations()
                        .getIntegrationByName(GetIntegrationByNameRequest.newBuilder()
                                .setIntegrationName("nobody")
                                .build())
                        .hasIntegration())
                .isFalse();
        assertThat(value("nobody", "PGHOST")).isEmpty();
        assertThat(failure(() -> client.update("nobody", "x", Map.of())).getCode())
                .isEqualTo(Status.Code.NOT_FOUND);
        assertThat(failure(() -> {
                            delete("nobody");
                            return null;
                        })
                        .getCode())
                .isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    @DisplayName("withhold secrets when read at once, and give them one by one")
    void withheld() {
        String id = client.insert("POSTGRESQL", "orders", POSTGRES).getId();
        client.update(id, "", Map.of("MY_PASSWORD", "hush too"));
        assertThat(client.values(id)).containsOnlyKeys("PGHOST", "PGPORT", "PGDATABASE", "PGUSER");
        assertThat(value(id, "PGPASSWORD")).isEqualTo("hush");
        assertThat(value(id, "MY_PASSWORD")).isEqualTo("hush too");
        assertThat(value(id, "NO_SUCH_KEY")).isEmpty();
    }

    @Test
    @DisplayName("show values in the whole list only if it is to be decrypted")
    void listWithSecrets() {
        client.insert("POSTGRESQL", "orders", POSTGRES);
        for (boolean decrypt : new boolean[] {false, true}) {
            ListIntegrationsAndSecretsResponse all = client.integrations()
                    .listIntegrationsAndSecrets(ListIntegrationsAndSecretsRequest.newBuilder()
                            .setDecrypt(decrypt)
                            .build());
            assertThat(all.getIntegrations(0).getSecretsList())
                    .hasSize(5)
                    .allMatch(secret -> secret.hasValue() == decrypt)
                    .extracting(SecretWithValue::getFullName)
                    .contains("orders_PGPASSWORD", "orders_PGHOST");
        }
    }

    @Test
    @DisplayName("are found by name, and gone when deleted")
    void deleted() {
        Integration made = client.insert("POSTGRESQL", "orders", POSTGRES);
        GetIntegrationByNameRequest byName = GetIntegrationByNameRequest.newBuilder()
                .setIntegrationName("orders")
                .build();
        assertThat(client.integrations().getIntegrationByName(byName).getIntegration())
                .isEqualTo(made);
        delete(made.getId());
        assertThat(client.list()).isEmpty();
        assertThat(client.get(made.getId()).hasIntegrationWithSecrets()).isFalse();
        assertThat(client.insert("POSTGRESQL", "orders", POSTGRES).getId()).isNotEqualTo(made.getId());
    }

    @Test
    @DisplayName("warn of a Snowflake without a stage to unload to, until it has one")
    void warnings() {
        Integration made = client.insert("SNOWFLAKE", "sf", Map.of("SNOWFLAKE_USER", "u"));
        assertThat(made.getWarningsList()).singleElement().satisfies(warning -> {
            assertThat(warning.getCode())
                    .isEqualTo(IntegrationWarningCode.INTEGRATION_WARNING_CODE_SNOWFLAKE_UNLOAD_NOT_CONFIGURED);
            assertThat(warning.getConfigKeysList()).containsExactly("SNOWFLAKE_UNLOAD_STAGE");
        });
        assertThat(client.update(made.getId(), "", Map.of("SNOWFLAKE_UNLOAD_STAGE", "S"))
                        .getWarningsList())
                .isEmpty();
    }

    @Test
    @DisplayName(
            "that were seeded are read in Chalk's keys, without a name if they have none, and those of other systems alone are left out")
    void seeded(FakeServer server) {
        server.seed(DataSourceDraft.of("postgresql", "")
                .with("host", "db")
                .with("port", 5433)
                .with("password", "hush"));
        server.seed(DataSourceDraft.of("mongodb", "documents").with("host", "db"));
        Integration found = client.list().get(0);
        assertThat(client.list()).hasSize(1);
        assertThat(found.hasName()).isFalse();
        assertThat(client.values(found.getId())).containsOnly(Map.entry("PGHOST", "db"), Map.entry("PGPORT", "5433"));
        client.update(found.getId(), "", Map.of("PGHOST", "other"));
        assertThat(server.dataSources().get(0).config())
                .containsEntry("host", "other")
                .containsEntry("port", 5433);
    }

    private void delete(String id) {
        client.integrations()
                .deleteIntegration(
                        DeleteIntegrationRequest.newBuilder().setId(id).build());
    }

    private String value(String id, String key) {
        return client.integrations()
                .getIntegrationValue(GetIntegrationValueRequest.newBuilder()
                        .setIntegrationId(id)
                        .setSecretName(key)
                        .build())
                .getSecretvalue()
                .getValue();
    }

    private SecretWithValue secret(String id, String key) {
        return client.get(id).getIntegrationWithSecrets().getSecretsList().stream()
                .filter(secret -> secret.getName().equals(key))
                .findFirst()
                .orElseThrow();
    }
}
