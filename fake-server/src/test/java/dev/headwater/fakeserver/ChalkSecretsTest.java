package dev.headwater.fakeserver;

import static dev.headwater.fakeserver.ChalkClient.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.fakeserver.internal.chalk.wire.DeleteSecretRequest;
import dev.headwater.fakeserver.internal.chalk.wire.GetAllSecretValuesRequest;
import dev.headwater.fakeserver.internal.chalk.wire.GetSecretValueRequest;
import dev.headwater.fakeserver.internal.chalk.wire.ListIntegrationsAndSecretsRequest;
import dev.headwater.fakeserver.internal.chalk.wire.ListSecretsRequest;
import dev.headwater.fakeserver.internal.chalk.wire.Secret;
import dev.headwater.fakeserver.internal.chalk.wire.SecretConfigValue;
import dev.headwater.fakeserver.internal.chalk.wire.SecretScope;
import dev.headwater.fakeserver.internal.chalk.wire.SecretScopeType;
import dev.headwater.fakeserver.internal.chalk.wire.SecretSource;
import dev.headwater.fakeserver.internal.chalk.wire.UpdateIntegrationRequest;
import dev.headwater.fakeserver.internal.chalk.wire.UpsertSecretRequest;
import io.grpc.Status;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@DisplayName("Chalk's secrets")
@ExtendWith(FakeServerExtension.class)
class ChalkSecretsTest {

    private static final SecretScope SANDBOX = SecretScope.newBuilder()
            .setType(SecretScopeType.SECRET_SCOPE_TYPE_SANDBOX)
            .setRef("box")
            .build();

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
    @DisplayName("are variables with the data source's name before the key; the first of a kind has bare ones too")
    void variables() {
        client.insert("POSTGRESQL", "RISK", Map.of("PGPORT", "1"));
        String second =
                client.insert("POSTGRESQL", "shop", Map.of("PGPORT", "2")).getId();
        client.insert("MYSQL", "my", Map.of("MYSQL_HOST", "h", "ENGINE_ARGUMENTS", "{}"));
        assertThat(values())
                .containsOnly(
                        Map.entry("RISK_PGPORT", "1"),
                        Map.entry("PGPORT", "1"),
                        Map.entry("shop_PGPORT", "2"),
                        Map.entry("my_MYSQL_HOST", "h"),
                        Map.entry("MYSQL_HOST", "h"),
                        Map.entry("my_ENGINE_ARGUMENTS", "{}"),
                        Map.entry("ENGINE_ARGUMENTS", "{}"));

        client.integrations()
                .updateIntegration(UpdateIntegrationRequest.newBuilder()
                        .setIntegrationId(second)
                        .putConfig("PGPORT", ChalkClient.linked("port"))
                        .build());
        assertThat(values()).doesNotContainKey("shop_PGPORT");
    }

    @Test
    @DisplayName("are listed without values, by the names of their variables")
    void list() {
        String id = client.insert("POSTGRESQL", "RISK", Map.of("PGPASSWORD", "hush"))
                .getId();
        Secret secret = list(false).get(0);
        assertThat(secret.getName()).isEqualTo("RISK_PGPASSWORD");
        assertThat(secret.getIntegrationId()).isEqualTo(id);
        assertThat(secret.getSource()).isEqualTo(SecretSource.SECRET_SOURCE_MANAGED);
        assertThat(secret.toString()).doesNotContain("hush");
        assertThat(value(secret.getId())).isEqualTo("hush");
        assertThat(value("nothing")).isEmpty();
    }

    @Test
    @DisplayName("can be set without a data source, with the old field or the new one, and deleted")
    void custom() {
        upsert(UpsertSecretRequest.newBuilder().setName("A").setValue("old"));
        upsert(UpsertSecretRequest.newBuilder()
                .setName("B")
                .setConfig(SecretConfigValue.newBuilder().setLiteral("new")));
        upsert(UpsertSecretRequest.newBuilder()
                .setName("C")
                .setConfig(SecretConfigValue.newBuilder().setSecretId("linked")));
        assertThat(values()).containsOnly(Map.entry("A", "old"), Map.entry("B", "new"));
        assertThat(list(false))
                .extracting(Secret::getSource)
                .containsExactly(
                        SecretSource.SECRET_SOURCE_MANAGED,
                        SecretSource.SECRET_SOURCE_MANAGED,
                        SecretSource.SECRET_SOURCE_EXTERNAL);
        String id = list(false).get(0).getId();
        upsert(UpsertSecretRequest.newBuilder().setName("A").setValue("changed"));
        assertThat(value(id)).isEqualTo("changed");
        assertThat(client.integrations()
                        .listIntegrationsAndSecrets(ListIntegrationsAndSecretsRequest.getDefaultInstance())
                        .getCustomSecretsList())
                .hasSize(3)
                .noneMatch(secret -> secret.hasValue());

        DeleteSecretRequest delete =
                DeleteSecretRequest.newBuilder().setName("A").build();
        assertThat(client.secrets().deleteSecret(delete).getSecretsList()).hasSize(2);
        assertThat(failure(() -> client.secrets().deleteSecret(delete)).getCode())
                .isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    @DisplayName("have names that are unique in a scope, and can be granted to one only if the environment has them")
    void scopes() {
        UpsertSecretRequest.Builder grant =
                UpsertSecretRequest.newBuilder().setName("A").setScope(SANDBOX);
        assertThat(failure(() -> client.secrets().upsertSecret(grant.build())).getCode())
                .isEqualTo(Status.Code.NOT_FOUND);
        upsert(UpsertSecretRequest.newBuilder().setName("A").setValue("everywhere"));
        upsert(grant);
        assertThat(list(false).get(0).getGrantedScopesList()).containsExactly(SANDBOX);

        upsert(UpsertSecretRequest.newBuilder().setName("A").setScope(SANDBOX).setValue("in the box"));
        assertThat(list(false)).hasSize(1);
        assertThat(list(true)).extracting(Secret::getScope).contains(SANDBOX).hasSize(2);
        assertThat(values()).containsOnly(Map.entry("A", "everywhere"));
    }

    @Test
    @DisplayName("of a data source are changed there only")
    void ofDataSources() {
        client.insert("POSTGRESQL", "RISK", Map.of("PGPASSWORD", "hush"));
        assertThat(failure(() -> client.secrets()
                                .deleteSecret(DeleteSecretRequest.newBuilder()
                                        .setName("RISK_PGPASSWORD")
                                        .build()))
                        .getCode())
                .isEqualTo(Status.Code.FAILED_PRECONDITION);
    }

    private void upsert(UpsertSecretRequest.Builder request) {
        client.secrets().upsertSecret(request.build());
    }

    private Map<String, String> values() {
        return client.secrets()
                .getAllSecretValues(GetAllSecretValuesRequest.getDefaultInstance())
                .getValuesMap();
    }

    private List<Secret> list(boolean scoped) {
        return client.secrets()
                .listSecrets(
                        ListSecretsRequest.newBuilder().setIncludeScoped(scoped).build())
                .getSecretsList();
    }

    private String value(String id) {
        return client.secrets()
                .getSecretValue(GetSecretValueRequest.newBuilder().setId(id).build())
                .getSecretValue()
                .getValue();
    }
}
