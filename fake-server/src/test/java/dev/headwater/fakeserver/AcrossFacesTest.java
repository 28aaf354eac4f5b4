package dev.headwater.fakeserver;

import static dev.headwater.spi.SourceSystem.BASEDASH;
import static dev.headwater.spi.SourceSystem.CHALK;
import static dev.headwater.spi.SourceSystem.DATABRAIN;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.headwater.fakeserver.Rest.Reply;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A data source that was made through one API")
class AcrossFacesTest {

    private static final FakeServer SERVER = FakeServer.start();
    private static final String DATASOURCE = "/api/v2/datasource";
    private static final String DATA_SOURCES =
            "/api/public/organizations/" + FakeServer.DEFAULT_SCOPE + "/data-sources";

    private final Rest databrain = new Rest(SERVER, DATABRAIN);
    private final Rest basedash = new Rest(SERVER, BASEDASH);

    @BeforeEach
    void reset() {
        SERVER.reset();
    }

    @AfterAll
    static void close() {
        SERVER.close();
    }

    private static JsonObject chalk(String rpc, String body) {
        Reply reply = new Rest(SERVER, CHALK)
                .send(
                        "POST",
                        "/chalk.server.v1.IntegrationsService/" + rpc,
                        body.getBytes(StandardCharsets.UTF_8),
                        Map.of("content-type", "application/json", "x-chalk-env-id", FakeServer.DEFAULT_SCOPE));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }

    private static Map<String, String> chalkConfig(String id) {
        Map<String, String> config = new LinkedHashMap<>();
        for (JsonElement secret : chalk("GetIntegration", "{\"integrationId\": \"" + id + "\"}")
                .getAsJsonObject("integrationWithSecrets")
                .getAsJsonArray("secrets")) {
            config.put(
                    secret.getAsJsonObject().get("name").getAsString(),
                    secret.getAsJsonObject().get("value").getAsString());
        }
        return config;
    }

    private static String chalkSecret(String id, String key) {
        return chalk("GetIntegrationValue", "{\"integrationId\": \"" + id + "\", \"secretName\": \"" + key + "\"}")
                .getAsJsonObject("secretvalue")
                .get("value")
                .getAsString();
    }

    private static String id() {
        return SERVER.dataSources().get(0).id();
    }

    @Test
    @DisplayName("of DataBrain is read through Basedash and Chalk")
    void fromDataBrain() {
        databrain.post(DATASOURCE, """
                {"datasourceType": "postgres", "credentials": {"name": "production-postgres", "host": "db.example.com",
                 "port": 5433, "username": "u", "password": "p4ss", "database": "shop", "schema": "public", "sslMode": true,
                 "sshTunnel": "enable", "sshHost": "bastion", "sshPort": 22, "sshUsername": "s", "sshPrivateKey": "k3y"}}
                """);

        Reply seen = basedash.get(DATA_SOURCES + "/" + id());
        BasedashSchemas.assertValid("DataSourceReply", seen.text());
        assertThat(seen.text("data", "displayName")).isEqualTo("production-postgres");
        assertThat(seen.text("data", "dialect")).isEqualTo("POSTGRES");
        assertThat(seen.text("data", "databaseName")).isEqualTo("shop");
        assertThat(seen.at("data", "port").getAsInt()).isEqualTo(5433);
        assertThat(seen.at("data", "sshEnabled").getAsBoolean()).isTrue();
        assertThat(seen.text("data", "sshHost")).isEqualTo("bastion");
        assertThat(seen.text("data", "lastSyncStatus")).isEqualTo("SUCCESS");
        assertThat(seen.text()).doesNotContain("p4ss").doesNotContain("k3y");

        assertThat(chalk("GetIntegration", "{\"integrationId\": \"" + id() + "\"}")
                        .getAsJsonObject("integrationWithSecrets")
                        .getAsJsonObject("integration")
                        .get("name")
                        .getAsString())
                .isEqualTo("production-postgres");
        assertThat(chalkConfig(id())).containsEntry("PGHOST", "db.example.com").containsEntry("PGPORT", "5433");
        assertThat(chalkSecret(id(), "PGPASSWORD")).isEqualTo("p4ss");
    }

    @Test
    @DisplayName("of Basedash is read, and replaced, through DataBrain, and read through Chalk")
    void fromBasedash() {
        basedash.post(DATA_SOURCES, """
                {"type": "direct", "dialect": "MYSQL", "displayName": "Shop", "host": "db.example.com", "port": 3306,
                 "databaseName": "shop", "username": "u", "password": "p4ss"}
                """);
        assertThat(databrain.get(DATASOURCE).text()).contains("\"name\":\"Shop\"");
        assertThat(databrain.get(DATASOURCE + "/schema?datasourceName=Shop").text("datasourceId"))
                .isEqualTo(id())
                .satisfies(UUID::fromString);
        assertThat(chalkConfig(id())).containsEntry("MYSQL_HOST", "db.example.com");
        assertThat(chalkSecret(id(), "MYSQL_PWD")).isEqualTo("p4ss");

        Reply replaced = databrain.put(DATASOURCE, """
                {"datasourceType": "mysql", "credentials": {"name": "Shop", "host": "new.example.com", "port": 3307,
                 "user": "v", "password": "other"}}
                """);

        assertThat(replaced.status()).isEqualTo(200);
        Reply seen = basedash.get(DATA_SOURCES + "/" + id());
        BasedashSchemas.assertValid("DataSourceReply", seen.text());
        assertThat(seen.text("data", "host")).isEqualTo("new.example.com");
        assertThat(seen.text("data", "username")).isEqualTo("v");
        assertThat(seen.at("data", "databaseName").isJsonNull()).isTrue();
        assertThat(seen.at("data", "sslEnabled").isJsonNull()).isTrue();
    }

    @Test
    @DisplayName("of Chalk is read through DataBrain and changed through Basedash")
    void fromChalk() {
        chalk("InsertIntegration", """
                {"name": "events", "integrationKind": "INTEGRATION_KIND_POSTGRESQL", "config": {"PGHOST": {"literal":
                 "db.example.com"}, "PGPORT": {"literal": "5432"}, "PGPASSWORD": {"literal": "p4ss"}}}
                """);
        assertThat(databrain.get(DATASOURCE).text()).contains("\"name\":\"events\"");
        Reply seen = basedash.get(DATA_SOURCES + "/" + id());
        BasedashSchemas.assertValid("DataSourceReply", seen.text());
        assertThat(seen.at("data", "port").getAsInt()).isEqualTo(5432);
        assertThat(seen.text("data", "lastSyncStatus")).isEqualTo("NEVER_SYNCED");
        assertThat(seen.text()).doesNotContain("p4ss");

        Reply changed = basedash.patch(DATA_SOURCES + "/" + id(), "{\"port\": 6543, \"unsetPassword\": true}");

        assertThat(changed.status()).isEqualTo(200);
        assertThat(chalkConfig(id())).containsEntry("PGPORT", "6543").containsEntry("PGHOST", "db.example.com");
        assertThat(chalk("GetIntegrationValue", "{\"integrationId\": \"" + id() + "\", \"secretName\": \"PGPASSWORD\"}")
                        .has("secretvalue"))
                .isFalse();
    }

    @Test
    @DisplayName("of Chalk whose port is no number shows no port in Basedash")
    void oddPort() {
        chalk("InsertIntegration", """
                {"name": "odd", "integrationKind": "INTEGRATION_KIND_POSTGRESQL",
                 "config": {"PGPORT": {"literal": "fifty"}, "PGHOST": {"literal": ""}}}
                """);
        Reply seen = basedash.get(DATA_SOURCES + "/" + id());

        BasedashSchemas.assertValid("DataSourceReply", seen.text());
        assertThat(seen.at("data", "port").isJsonNull()).isTrue();
    }

    @Test
    @DisplayName("is not shown by an API that has no such kind")
    void unknownKind() {
        databrain.post(
                DATASOURCE,
                "{\"datasourceType\": \"mongodb\", \"credentials\": {\"name\": \"docs\", \"host\": \"h\", \"port\": 1,"
                        + " \"user\": \"u\", \"password\": \"p\"}}");
        assertThat(basedash.get(DATA_SOURCES).array("data")).isEmpty();
        assertThat(basedash.get(DATA_SOURCES + "/" + id()).status()).isEqualTo(404);
        SERVER.reset();

        basedash.post(DATA_SOURCES, "{\"type\": \"direct\", \"dialect\": \"ORACLE\", \"displayName\": \"docs\"}");
        assertThat(databrain.get(DATASOURCE).array("data")).isEmpty();
        assertThat(databrain.delete(DATASOURCE + "?datasourceName=docs").status())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("is gone from all when it is deleted through one")
    void deleted() {
        basedash.post(DATA_SOURCES, "{\"type\": \"direct\", \"dialect\": \"MYSQL\", \"displayName\": \"Shop\"}");
        String id = id();
        databrain.delete(DATASOURCE + "?datasourceName=Shop");

        assertThat(basedash.get(DATA_SOURCES + "/" + id).status()).isEqualTo(404);
        assertThat(chalk("ListIntegrations", "{}").has("integrations")).isFalse();
    }
}
