package dev.headwater.fakeserver;

import static dev.headwater.spi.SourceSystem.DATABRAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.fakeserver.Rest.Reply;
import dev.headwater.spi.FailureCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("DataBrain's calls")
class DataBrainCallsTest {

    private static final FakeServer SERVER = FakeServer.start();
    private static final String PATH = "/api/v2/datasource";

    private final Rest client = new Rest(SERVER, DATABRAIN);

    @BeforeEach
    void reset() {
        SERVER.reset();
    }

    @AfterAll
    static void close() {
        SERVER.close();
    }

    private static String postgres(String name, String host) {
        return postgres(name, host, "");
    }

    private static String postgres(String name, String host, String more) {
        return """
            {"datasourceType": "postgres", "credentials": {"name": "%s", "host": "%s", "port": 5432, "username": "u",
             "password": "p", "database": "analytics", "schema": "sales"}%s}
            """.formatted(name, host, more);
    }

    private static Map<String, Object> config(String name) {
        return SERVER.dataSources().stream()
                .filter(source -> source.name().equals(name))
                .findFirst()
                .orElseThrow()
                .config();
    }

    @Test
    @DisplayName("a data source is made, and the answer is its name and nothing else")
    void create() {
        Reply reply = client.post(PATH, postgres("production-postgres", "db.example.com"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).isEqualTo("{\"name\":\"production-postgres\"}");
        assertThat(reply.header("content-type")).isEqualTo("application/json");
        assertThat(config("production-postgres"))
                .containsEntry("host", "db.example.com")
                .containsEntry("port", 5432L);
    }

    @Test
    @DisplayName("the connection is tested with all that was given before anything is stored")
    void testsFirst() {
        AtomicReference<ConnectionAttempt> seen = new AtomicReference<>();
        SERVER.connectionTests(attempt -> {
            seen.set(attempt);
            assertThat(SERVER.dataSources()).isEmpty();
            return ConnectionOutcome.failed(FailureCode.WRONG_CREDENTIALS, "password authentication failed");
        });

        Reply reply = client.post(PATH, postgres("shop", "db.example.com"));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("error", "code")).isEqualTo("CREDENTIAL_TEST_FAILED");
        assertThat(SERVER.dataSources()).isEmpty();
        assertThat(seen.get().system()).isEqualTo(DATABRAIN);
        assertThat(seen.get().kind()).isEqualTo("postgresql");
        assertThat(seen.get().config()).containsEntry("password", "p").containsEntry("schema", "sales");
    }

    @Test
    @DisplayName("an update replaces the whole config, and what it leaves out is gone")
    void replace() {
        client.post(
                PATH,
                postgres("shop", "old.example.com")
                        .replace("\"schema\"", "\"sslMode\": true, \"unknown\": 1, \"schema\""));
        assertThat(config("shop")).containsEntry("ssl.enabled", true);

        Reply reply = client.put(PATH, postgres("shop", "new.example.com"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).isEqualTo("{\"name\":\"shop\"}");
        assertThat(config("shop")).containsEntry("host", "new.example.com").doesNotContainKey("ssl.enabled");
    }

    @Test
    @DisplayName("an update that fails its test leaves what is stored as it was")
    void failedUpdate() {
        client.post(PATH, postgres("shop", "old.example.com"));
        SERVER.connectionTests(ConnectionTests.fail(FailureCode.UNKNOWN_HOST, "no such host"));

        Reply reply = client.put(PATH, postgres("shop", "new.example.com"));

        assertThat(reply.text("error", "code")).isEqualTo("CREDENTIAL_TEST_FAILED");
        assertThat(config("shop")).containsEntry("host", "old.example.com");
    }

    @Test
    @DisplayName("an update with a part of the fields is refused, with all that is missing")
    void noPartialUpdate() {
        client.post(PATH, postgres("shop", "old.example.com"));

        Reply reply = client.put(
                PATH,
                "{\"datasourceType\": \"postgres\", \"credentials\": {\"name\": \"shop\", \"password\": \"new\"}}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("error", "code")).isEqualTo("INVALID_REQUEST_BODY");
        assertThat(reply.text("error", "message"))
                .contains("\"credentials.host\" is required", "\"credentials.schema\" is required");
    }

    @Test
    @DisplayName("the type of a data source cannot change")
    void typeStays() {
        client.post(PATH, postgres("shop", "db.example.com"));

        Reply reply = client.put(PATH, postgres("shop", "db.example.com").replace("postgres", "redshift"));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("error", "code")).isEqualTo("INVALID_REQUEST_BODY");
    }

    @Test
    @DisplayName("tenancy settings are stored, stay if an update says nothing of them, and change if it does")
    void tenancy() {
        String table = """
            , "tenancySettings": {"tenancyLevel": "TABLE", "clientColumnType": "NUMBER", "schemaName": "public",
              "tableName": "clients", "tableClientNameColumn": "name", "tablePrimaryKeyColumn": "id"}""";
        client.post(PATH, postgres("shop", "db.example.com", table));
        assertThat(tenancyOf("shop")).contains("PerTable").contains("clients");

        client.put(PATH, postgres("shop", "db2.example.com"));
        assertThat(tenancyOf("shop")).contains("PerTable");

        client.put(
                PATH, postgres("shop", "db2.example.com", ", \"tenancySettings\": {\"tenancyLevel\": \"DATABASE\"}"));
        assertThat(tenancyOf("shop")).contains("PerDatabase");
    }

    private static String tenancyOf(String name) {
        return SERVER.dataSources().stream()
                .filter(source -> source.name().equals(name))
                .findFirst()
                .orElseThrow()
                .tenancy()
                .toString();
    }

    @Test
    @DisplayName("tenancy by table wants all five of its settings")
    void tenancyIncomplete() {
        Reply reply = client.post(
                PATH, postgres("shop", "db.example.com", ", \"tenancySettings\": {\"tenancyLevel\": \"TABLE\"}"));

        assertThat(reply.text("error", "code")).isEqualTo("INVALID_REQUEST_BODY");
        assertThat(reply.text("error", "message"))
                .contains(
                        "\"tenancySettings.clientColumnType\" is required",
                        "\"tenancySettings.schemaName\" is required",
                        "\"tenancySettings.tableName\" is required",
                        "\"tenancySettings.tableClientNameColumn\" is required",
                        "\"tenancySettings.tablePrimaryKeyColumn\" is required");
    }

    @Test
    @DisplayName("a list has everything, or pages of ten if asked")
    void list() {
        for (int i = 1; i <= 12; i++) {
            client.post(PATH, postgres("source" + i, "db.example.com"));
        }

        assertThat(client.get(PATH).array("data")).hasSize(12);
        assertThat(client.get(PATH).array("data").get(0).toString())
                .isEqualTo("{\"name\":\"source1\",\"isAuthenticated\":true,\"isDisabled\":false}");
        assertThat(client.get(PATH + "?isPagination=true").array("data")).hasSize(10);
        assertThat(client.get(PATH + "?isPagination=true&pageNumber=2").array("data"))
                .hasSize(2);
        assertThat(client.get(PATH + "?isPagination=true&pageNumber=3").array("data"))
                .isEmpty();
        assertThat(client.get(PATH + "?isPagination=false&pageNumber=2").array("data"))
                .hasSize(12);
        for (String query : List.of("isPagination=yes", "isPagination=true&pageNumber=0", "pageNumber=x")) {
            Reply reply = client.get(PATH + "?" + query);
            assertThat(reply.status()).as(query).isEqualTo(400);
            assertThat(reply.text("error", "code")).isEqualTo("INVALID_REQUEST_BODY");
        }
    }

    @Test
    @DisplayName("a data source is deleted by its exact name")
    void delete() {
        client.post(PATH, postgres("shop", "db.example.com"));
        String id = SERVER.dataSources().get(0).id();

        assertThat(client.delete(PATH + "?datasourceName=SHOP").text("error", "code"))
                .isEqualTo("DATASOURCE_NAME_ERROR");
        Reply reply = client.delete(PATH + "?datasourceName=shop");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text("id")).isEqualTo(id);
        assertThat(reply.text("message")).isEqualTo("Datasource deleted successfully");
        assertThat(client.get(PATH).array("data")).isEmpty();
        assertThat(client.delete(PATH + "?datasourceName=shop").text("error", "message"))
                .isEqualTo("Datasource not found");
    }

    @Test
    @DisplayName("the schema is cached when a data source is made, and read again by a sync")
    void schema() {
        client.post(PATH, postgres("shop", "db.example.com"));

        Reply schema = client.get(PATH + "/schema?datasourceName=shop");
        assertThat(schema.text("datasourceName")).isEqualTo("shop");
        assertThat(schema.at("tableCount").getAsInt()).isEqualTo(2);
        assertThat(schema.at("columnCount").getAsInt()).isEqualTo(4);
        assertThat(schema.array("tables").get(0).toString())
                .isEqualTo("{\"name\":\"customers\",\"schema\":\"sales\",\"columns\":["
                        + "{\"name\":\"id\",\"dataType\":\"bigint\"},{\"name\":\"name\",\"dataType\":\"text\"}]}");

        SERVER.schemaReads(SchemaReads.of(List.of()));
        String input = "{\"input\": {\"datasourceId\": \"" + schema.text("datasourceId") + "\"}}";
        assertThat(client.post(PATH + "/sync", input).text("data", "message")).isEqualTo("Sync completed");
        assertThat(client.get(PATH + "/schema?datasourceName=shop")
                        .at("tableCount")
                        .getAsInt())
                .isZero();
    }

    @Test
    @DisplayName("the progress of a sync counts tables, and holds the error of one that failed")
    void progress() {
        client.post(PATH, postgres("shop", "db.example.com"));
        String input = "{\"input\": {\"datasourceId\": \""
                + SERVER.dataSources().get(0).id() + "\"}}";

        assertThat(client.post(PATH + "/getDatasourceProgress", input).text())
                .isEqualTo("{\"status\":{\"progress\":\"2/2\",\"error\":\"\"}}");

        SERVER.schemaReads(SchemaReads.fail(FailureCode.PERMISSION_DENIED, "no right to read"));
        assertThat(client.post(PATH + "/sync", input).status()).isEqualTo(500);
        assertThat(client.post(PATH + "/getDatasourceProgress", input).text("status", "error"))
                .isEqualTo("no right to read");
    }

    @Test
    @DisplayName("a slash at the end of the path makes no difference")
    void trailingSlash() {
        assertThat(client.post(PATH + "/", postgres("shop", "db.example.com")).status())
                .isEqualTo(200);
        assertThat(client.get(PATH + "/").array("data")).hasSize(1);
    }

    @Test
    @DisplayName("a token sees the data sources of its own environment only")
    void scope() {
        SERVER.addScope("other", "Other");
        Rest other = client.with(SERVER.issueToken(DATABRAIN, "other", null));
        client.post(PATH, postgres("shop", "db.example.com"));

        assertThat(other.get(PATH).array("data")).isEmpty();
        assertThat(other.delete(PATH + "?datasourceName=shop").status()).isEqualTo(400);
        assertThat(other.post(PATH, postgres("shop", "db.example.com")).status())
                .isEqualTo(200);
        assertThat(SERVER.dataSources("other")).hasSize(1);
    }

    @Test
    @DisplayName("the headers that DataBrain's own client sends are not looked at")
    void clientHeaders() {
        Reply reply = client.send(
                "POST",
                PATH,
                postgres("shop", "db.example.com").getBytes(StandardCharsets.UTF_8),
                Map.of(
                        "content-type",
                        "application/json; charset=utf-8",
                        "X-Databrain-Client",
                        "databrain-mcp-server/1.0",
                        "Accept",
                        "application/json"));

        assertThat(reply.status()).isEqualTo(200);
    }

    @Test
    @DisplayName("of two creations of one name at the same time one wins, and the other hears that the name is taken")
    void race() {
        CyclicBarrier bothTest = new CyclicBarrier(2);
        SERVER.connectionTests(attempt -> {
            try {
                bothTest.await(20, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return ConnectionOutcome.succeeded();
        });

        CompletableFuture<Reply> other =
                CompletableFuture.supplyAsync(() -> client.post(PATH, postgres("shop", "one.example.com")));
        Reply mine = client.post(PATH, postgres("shop", "two.example.com"));

        assertThat(List.of(mine, other.join())).extracting(Reply::status).containsExactlyInAnyOrder(200, 400);
        assertThat(client.get(PATH).array("data")).hasSize(1);
    }

    @Test
    @DisplayName("an update of a data source that is deleted while its connection is tested brings nothing back")
    void deletedMeanwhile() {
        client.post(PATH, postgres("shop", "one.example.com"));
        SERVER.connectionTests(attempt -> {
            client.delete(PATH + "?datasourceName=shop");
            return ConnectionOutcome.succeeded();
        });

        assertThat(client.put(PATH, postgres("shop", "two.example.com")).text("error", "code"))
                .isEqualTo("DATASOURCE_NAME_ERROR");
        assertThat(client.get(PATH).array("data")).isEmpty();
    }
}
