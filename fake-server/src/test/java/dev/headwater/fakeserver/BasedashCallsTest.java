package dev.headwater.fakeserver;

import static dev.headwater.spi.SourceSystem.BASEDASH;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonNull;
import dev.headwater.fakeserver.Rest.Reply;
import dev.headwater.spi.FailureCode;
import dev.headwater.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Basedash's calls about data sources")
class BasedashCallsTest {

    private static final SettableClock CLOCK = SettableClock.at("2026-03-01T10:00:00.123456Z");
    private static final FakeServer SERVER =
            FakeServer.builder().clock(CLOCK).scope("org_abc123", "Acme Inc.").start();
    private static final String PATH = "/api/public/organizations/org_abc123/data-sources";
    private static final String POSTGRES = """
            {"type": "direct", "dialect": "POSTGRES", "displayName": "Shop", "host": "db.example.com", "port": 5432,
             "databaseName": "shop", "username": "reader", "password": "hunter2-hunter2"}
            """;

    private final Rest client = new Rest(SERVER, BASEDASH);

    @BeforeEach
    void reset() {
        SERVER.reset();
    }

    @AfterAll
    static void close() {
        SERVER.close();
    }

    private static Reply valid(String schema, int status, Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        BasedashSchemas.assertValid(schema, reply.text());
        assertThat(reply.header("content-type")).isEqualTo("application/json");
        return reply;
    }

    private String created(String body) {
        return valid("DataSourceReply", 201, client.post(PATH, body)).text("data", "id");
    }

    private static void synced() {
        try {
            assertThat(SERVER.awaitSyncs(Duration.ofSeconds(20))).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @DisplayName("a new data source is answered with its 35 fields, without secrets, waiting for its first sync")
    void create() {
        Reply reply = valid("DataSourceReply", 201, client.post(PATH, POSTGRES));

        assertThat(reply.at("data").getAsJsonObject().keySet()).hasSize(35).doesNotContain("type", "maxPoolSize");
        assertThat(reply.text()).doesNotContain("hunter2").doesNotContain("assword");
        assertThat(reply.text("data", "displayName")).isEqualTo("Shop");
        assertThat(reply.text("data", "description")).isEmpty();
        assertThat(reply.text("data", "host")).isEqualTo("db.example.com");
        assertThat(reply.at("data", "port").getAsInt()).isEqualTo(5432);
        assertThat(reply.at("data", "sslEnabled").getAsBoolean()).isTrue();
        assertThat(reply.at("data", "sshEnabled").getAsBoolean()).isFalse();
        assertThat(reply.at("data", "snowflakeRole")).isEqualTo(JsonNull.INSTANCE);
        assertThat(reply.text("data", "lastSyncStatus")).isEqualTo("PENDING");
        assertThat(reply.at("data", "hasCompletedFirstSync").getAsBoolean()).isFalse();
        assertThat(reply.text("data", "lastHealthStatus")).isEqualTo("HEALTHY");
        assertThat(reply.text("data", "lastHealthyAt")).isEqualTo("2026-03-01T10:00:00.123Z");
        assertThat(reply.text("data", "createdAt")).isEqualTo("2026-03-01T10:00:00.123Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POSTGRES",
                "SUPABASE",
                "MYSQL",
                "PLANETSCALE",
                "ATHENA",
                "BIGQUERY",
                "CLICKHOUSE",
                "SPANNER",
                "SNOWFLAKE",
                "REDSHIFT",
                "SQL_SERVER",
                "ORACLE",
                "DATABRICKS",
                "POSTHOG",
                "DUCKDB"
            })
    @DisplayName("no dialect wants more than type, dialect and display name")
    void leastBody(String dialect) {
        Reply reply = valid(
                "DataSourceReply",
                201,
                client.post(PATH, "{\"type\": \"direct\", \"dialect\": \"" + dialect + "\", \"displayName\": \"x\"}"));

        assertThat(reply.text("data", "dialect")).isEqualTo(dialect);
        assertThat(reply.at("data", "databaseName")).isEqualTo(JsonNull.INSTANCE);
    }

    @Test
    @DisplayName("every field that is no secret comes back as it was given")
    void allFields() {
        Reply reply = valid("DataSourceReply", 201, client.post(PATH, """
                {"type": "direct", "dialect": "SNOWFLAKE", "displayName": "W", "host": "h", "port": 0, "databaseName": null,
                 "username": "u", "password": "s3cret", "sslEnabled": false, "maxPoolSize": 100, "sshEnabled": true,
                 "sshHost": "bastion", "sshPort": 65535, "sshUsername": "s", "sshPassword": "s3cret", "sshPrivateKey":
                 "s3cret", "sshPrivateKeyPassphrase": "s3cret", "snowflakeAccountId": "https://a.snowflakecomputing.com",
                 "snowflakeWarehouse": "wh", "snowflakeRole": "r", "snowflakePrivateKey": "s3cret",
                 "snowflakePrivateKeyPassphrase": "s3cret", "bigQueryProjectId": "p", "bigQueryJsonKey": "s3cret",
                 "spannerInstanceId": "i", "athenaWorkgroup": "g", "athenaOutputLocation": "o", "athenaCatalog": "c",
                 "futureField": {"deep": ["s3cret"]}}
                """));

        assertThat(reply.text()).doesNotContain("s3cret");
        assertThat(reply.text("data", "snowflakeAccountId")).isEqualTo("https://a.snowflakecomputing.com");
        assertThat(reply.at("data", "port").getAsInt()).isZero();
        assertThat(reply.at("data", "sshPort").getAsInt()).isEqualTo(65_535);
        assertThat(reply.at("data", "sslEnabled").getAsBoolean()).isFalse();
        for (String field :
                new String[] {"host", "sshHost", "spannerInstanceId", "athenaCatalog", "bigQueryProjectId"}) {
            assertThat(reply.at("data", field).isJsonNull()).as(field).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | dialect is required; type is required; displayName is required",
                "{\"type\": \"mcp\", \"dialect\": \"POSTGRES\", \"displayName\": \"x\"} | type must be direct: only direct"
                        + " connections are supported",
                "{\"type\": \"direct\", \"dialect\": \"postgres\", \"displayName\": \"x\"} | dialect must be one of ATHENA,"
                        + " BIGQUERY, CLICKHOUSE, DATABRICKS, DUCKDB, MYSQL, ORACLE, PLANETSCALE, POSTGRES, POSTHOG,"
                        + " REDSHIFT, SNOWFLAKE, SPANNER, SQL_SERVER, SUPABASE",
                "{\"type\": \"direct\", \"dialect\": \"POSTGRES\", \"displayName\": \"\"} | displayName must not be empty",
                "{\"type\": \"direct\", \"dialect\": \"POSTGRES\", \"displayName\": \"x\", \"host\": null} | host must be a"
                        + " string",
                "{\"type\": \"direct\", \"dialect\": \"POSTGRES\", \"displayName\": \"x\", \"port\": \"5432\"} | port must"
                        + " be an integer",
                "{\"type\": \"direct\", \"dialect\": \"POSTGRES\", \"displayName\": \"x\", \"port\": 1.5} | port must"
                        + " be an integer",
                "{\"type\": \"direct\", \"dialect\": \"POSTGRES\", \"displayName\": \"x\", \"port\": 65536} | port must be"
                        + " from 0 to 65535",
                "{\"type\": \"direct\", \"dialect\": \"POSTGRES\", \"displayName\": \"x\", \"maxPoolSize\": 0} | maxPoolSize"
                        + " must be from 1 to 100",
                "{\"type\": \"direct\", \"dialect\": \"POSTGRES\", \"displayName\": \"x\", \"sslEnabled\": \"yes\"} |"
                        + " sslEnabled must be a boolean",
            })
    @DisplayName("a body that is not valid is refused, with all that is wrong")
    void invalid(String body, String detail) {
        Reply reply = valid("ErrorReply", 400, client.post(PATH, body));

        assertThat(reply.text("error", "title")).isEqualTo("ValidationError");
        assertThat(reply.text("error", "detail")).isEqualTo(detail);
        assertThat(SERVER.dataSources()).isEmpty();
    }

    @Test
    @DisplayName("the schema is read in the background: pending while it runs, then a success")
    void backgroundSync() {
        CountDownLatch release = new CountDownLatch(1);
        SERVER.schemaReads(attempt -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return List.of();
        });
        String id = created(POSTGRES);
        assertThat(client.get(PATH + "/" + id).text("data", "lastSyncStatus")).isEqualTo("PENDING");

        CLOCK.advance(Duration.ofSeconds(5));
        release.countDown();
        synced();

        Reply reply = valid("DataSourceReply", 200, client.get(PATH + "/" + id));
        assertThat(reply.text("data", "lastSyncStatus")).isEqualTo("SUCCESS");
        assertThat(reply.at("data", "hasCompletedFirstSync").getAsBoolean()).isTrue();
        assertThat(reply.at("data", "lastSuccessfulSyncAt").isJsonNull()).isFalse();
        assertThat(reply.at("data", "syncErrorMessage").isJsonNull()).isTrue();
    }

    @Test
    @DisplayName("bad credentials are no error of the call: the sync fails later, and the connection is unhealthy")
    void badCredentials() {
        SERVER.connectionTests(ConnectionTests.fail(FailureCode.WRONG_CREDENTIALS, "wrong password"));
        String id = created(POSTGRES);
        synced();

        Reply reply = valid("DataSourceReply", 200, client.get(PATH + "/" + id));
        assertThat(reply.text("data", "lastSyncStatus")).isEqualTo("FAILED");
        assertThat(reply.text("data", "syncErrorMessage")).isEqualTo("wrong password");
        assertThat(reply.text("data", "lastHealthStatus")).isEqualTo("UNHEALTHY");
        assertThat(reply.at("data", "hasCompletedFirstSync").getAsBoolean()).isFalse();
    }

    @Test
    @DisplayName("a schema that cannot be read fails the sync of a healthy connection; a test that breaks fails it too")
    void failingReads() {
        SERVER.schemaReads(SchemaReads.fail(FailureCode.PERMISSION_DENIED, "no right to read"));
        String id = created(POSTGRES);
        synced();
        Reply reply = client.get(PATH + "/" + id);
        assertThat(reply.text("data", "syncErrorMessage")).isEqualTo("no right to read");
        assertThat(reply.text("data", "lastHealthStatus")).isEqualTo("HEALTHY");

        SERVER.connectionTests(attempt -> {
            throw new IllegalStateException("hunter2-hunter2");
        });
        String other = created(POSTGRES);
        synced();
        reply = client.get(PATH + "/" + other);
        assertThat(reply.text("data", "lastSyncStatus")).isEqualTo("FAILED");
        assertThat(reply.text()).doesNotContain("hunter2");
    }

    @Test
    @DisplayName("the trial begins with the first data source, and only with the first")
    void trial() {
        assertThat(SERVER.basedash().trialStart("org_abc123")).isEmpty();
        created(POSTGRES);
        Instant start = SERVER.basedash().trialStart("org_abc123").orElseThrow();
        CLOCK.advance(Duration.ofDays(1));
        created(POSTGRES);

        assertThat(SERVER.basedash().trialStart("org_abc123")).contains(start);
    }

    @Test
    @DisplayName("two data sources may have one display name")
    void sameName() {
        assertThat(created(POSTGRES)).isNotEqualTo(created(POSTGRES));
    }

    @Test
    @DisplayName("a list shows the newest first, in pages that go on after the last item")
    void list() {
        String first = created(POSTGRES);
        String second = created(POSTGRES);
        String third = created(POSTGRES);

        Reply all = valid("DataSourcePage", 200, client.get(PATH));
        assertThat(all.array("data")).hasSize(3);
        assertThat(all.array("data").get(0).getAsJsonObject().get("id").getAsString())
                .isEqualTo(third);
        assertThat(all.at("pagination").toString()).isEqualTo("{\"nextCursor\":null,\"hasMore\":false}");

        Reply page = valid("DataSourcePage", 200, client.get(PATH + "?limit=1"));
        assertThat(page.text("pagination", "nextCursor")).isEqualTo(third);
        assertThat(page.at("pagination", "hasMore").getAsBoolean()).isTrue();
        client.delete(PATH + "/" + third);
        page = client.get(PATH + "?limit=1&cursor=" + third);
        assertThat(page.text("pagination", "nextCursor")).isEqualTo(second);
        page = client.get(PATH + "?limit=1&cursor=" + second);
        assertThat(page.array("data").get(0).getAsJsonObject().get("id").getAsString())
                .isEqualTo(first);
        assertThat(page.at("pagination", "hasMore").getAsBoolean()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=101", "limit=x", "limit=", "cursor=nobody", "limit=-1", "limit=1.0"})
    @DisplayName("a page that cannot be is refused")
    void badPage(String query) {
        created(POSTGRES);
        valid("ErrorReply", 400, client.get(PATH + "?" + query));
    }

    @Test
    @DisplayName("a patch changes what it names, and nothing else")
    void patch() {
        String id = created(POSTGRES);
        CLOCK.advance(Duration.ofMinutes(1));

        Reply reply = valid(
                "DataSourceReply",
                200,
                client.patch(PATH + "/" + id, "{\"displayName\": \"Renamed\", \"host\": \"new.example.com\"}"));

        assertThat(reply.text("data", "displayName")).isEqualTo("Renamed");
        assertThat(reply.text("data", "host")).isEqualTo("new.example.com");
        assertThat(reply.text("data", "databaseName")).isEqualTo("shop");
        assertThat(reply.text("data", "updatedAt")).isGreaterThan(reply.text("data", "createdAt"));
        assertThat(SERVER.dataSources().get(0).config()).containsEntry("password", "hunter2-hunter2");
    }

    @Test
    @DisplayName("a patch of nothing changes nothing")
    void emptyPatch() {
        String id = created(POSTGRES);
        synced();
        String before = client.get(PATH + "/" + id).text();
        CLOCK.advance(Duration.ofMinutes(1));

        assertThat(client.patch(PATH + "/" + id, "{}").text()).isEqualTo(before);
        assertThat(client.patch(PATH + "/" + id, "{\"host\": \"db.example.com\"}")
                        .text())
                .isEqualTo(before);
    }

    @Test
    @DisplayName("a patch can take secrets and the database name away")
    void unset() {
        String id = created(POSTGRES);

        Reply reply = client.patch(PATH + "/" + id, "{\"unsetPassword\": true, \"databaseName\": null}");

        assertThat(reply.at("data", "databaseName").isJsonNull()).isTrue();
        assertThat(SERVER.dataSources().get(0).config()).doesNotContainKeys("password", "database");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"dialect\": \"MYSQL\"} | dialect cannot be changed",
                "{\"displayName\": \"\"} | displayName must not be empty",
                "{\"displayName\": null} | displayName must be a string",
                "{\"port\": true} | port must be an integer",
                "{\"unsetPassword\": \"yes\"} | unsetPassword must be a boolean",
                "{\"unsetPassword\": true, \"password\": \"x\"} | password and unsetPassword exclude each other",
            })
    @DisplayName("a patch that is not valid is refused, and changes nothing")
    void invalidPatch(String body, String detail) {
        String id = created(POSTGRES);
        synced();
        String before = client.get(PATH + "/" + id).text();

        Reply reply = valid("ErrorReply", 400, client.patch(PATH + "/" + id, body));

        assertThat(reply.text("error", "detail")).isEqualTo(detail);
        assertThat(client.get(PATH + "/" + id).text()).isEqualTo(before);
    }

    @Test
    @DisplayName("what is deleted is not found any more")
    void delete() {
        String id = created(POSTGRES);

        assertThat(valid("DeletionReply", 200, client.delete(PATH + "/" + id)).text())
                .isEqualTo("{\"data\":{\"id\":\"" + id + "\"}}");
        valid("ErrorReply", 404, client.delete(PATH + "/" + id));
        valid("ErrorReply", 404, client.get(PATH + "/" + id));
        valid("ErrorReply", 404, client.patch(PATH + "/" + id, "{}"));
        valid("ErrorReply", 404, client.get(PATH + "/" + id + "/access"));
        assertThat(client.get(PATH).array("data")).isEmpty();
    }

    @Test
    @DisplayName("a connection that works is verified, and nothing is stored")
    void verify() {
        Reply reply = valid(
                "VerificationReply", 200, client.post(PATH + "/verify", "{\"dialect\": \"MYSQL\", \"host\": \"h\"}"));

        assertThat(reply.text()).isEqualTo("{\"data\":{\"success\":true}}");
        assertThat(SERVER.dataSources()).isEmpty();
        valid("ErrorReply", 400, client.post(PATH + "/verify", "{\"host\": \"h\"}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "UNKNOWN_HOST | {\"host\":\"Host not found\"}",
                "CONNECTION_REFUSED | {\"port\":\"Incorrect port\"}",
                "WRONG_CREDENTIALS | {\"username\":\"Incorrect username or password\",\"password\":\"Incorrect username or"
                        + " password\"}",
                "NO_SUCH_DATABASE | {\"databaseName\":\"Database does not exist\"}",
                "TIMED_OUT | {\"host\":\"as the test says\"}",
            })
    @DisplayName("a connection that fails is told by field")
    void verifyFails(FailureCode code, String errors) {
        SERVER.connectionTests(ConnectionTests.fail(code, "as the test says"));

        Reply reply = valid("VerificationReply", 200, client.post(PATH + "/verify", "{\"dialect\": \"MYSQL\"}"));

        assertThat(reply.text()).isEqualTo("{\"data\":{\"success\":false,\"fieldErrors\":" + errors + "}}");
    }
}
