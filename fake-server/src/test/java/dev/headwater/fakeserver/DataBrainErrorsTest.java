package dev.headwater.fakeserver;

import static dev.headwater.spi.SourceSystem.DATABRAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.fakeserver.Rest.Reply;
import dev.headwater.fakeserver.internal.databrain.DataBrainCode;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.SourceSystem;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("DataBrain's errors")
class DataBrainErrorsTest {

    private static final FakeServer SERVER = FakeServer.start();
    private static final String PATH = "/api/v2/datasource";
    private static final String SINGLESTORE = """
            {"datasourceType": "singlestore", "credentials": {"name": "shop", "host": "h", "port": 3306, "user": "u",
             "password": "p", "database": "d"}}
            """;

    private final Rest client = new Rest(SERVER, DATABRAIN);

    @BeforeEach
    void reset() {
        SERVER.reset();
    }

    @AfterAll
    static void close() {
        SERVER.close();
    }

    private static void isError(Reply reply, int status, String code, String message) {
        assertThat(reply.text()).startsWith("{\"error\":{\"code\":\"" + code + "\",\"message\":\"");
        assertThat(reply.text("error", "message")).isEqualTo(message);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("content-type")).isEqualTo("application/json");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("every code can be had from the next call, with its status")
    void injected(DataBrainCode code) {
        SERVER.next(1).of(DATABRAIN, "create").fail(code.name(), "as the test wants it");

        isError(client.post(PATH, SINGLESTORE), code.status(), code.name(), "as the test wants it");
        assertThat(client.post(PATH, SINGLESTORE).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | \"datasourceType\" is required. \"credentials\" is required",
                "{\"datasourceType\": \"oracle\", \"credentials\": {\"name\": \"n\"}} | \"datasourceType\" must be one of"
                        + " [athena, awss3, bigquery, clickhouse, cockroachdb, csv, databricks, elasticsearch, firebolt,"
                        + " mongodb, mssql, mysql, opensearch, postgres, redshift, singlestore, snowflake, trino]",
                "{\"datasourceType\": \"csv\", \"credentials\": {}} | \"credentials.name\" is required",
                "{\"datasourceType\": \"csv\", \"credentials\": {\"name\": \"\"}} | \"credentials.name\" is not allowed to"
                        + " be empty",
                "{\"datasourceType\": \"csv\", \"credentials\": {\"name\": 5}} | \"credentials.name\" must be a string",
                "{\"datasourceType\": \"csv\", \"credentials\": [1]} | \"credentials\" must be of type object",
                "{\"datasourceType\": 7, \"credentials\": null} | \"datasourceType\" must be a string. \"credentials\" must"
                        + " be of type object",
                "{\"datasourceType\": \"mysql\", \"credentials\": {\"name\": \"n\", \"host\": \"h\", \"port\": \"3306\","
                        + " \"user\": \"u\", \"password\": null}} | \"credentials.port\" must be a number."
                        + " \"credentials.password\" must be a string",
                "{\"datasourceType\": \"mysql\", \"credentials\": {\"name\": \"n\", \"host\": \"\", \"port\": 70000,"
                        + " \"user\": \"u\", \"password\": \"p\"}} | \"credentials.host\" is not allowed to be empty."
                        + " \"credentials.port\" must be from 1 to 65535",
                "{\"datasourceType\": \"csv\", \"credentials\": {\"name\": \"n\"}, \"tenancySettings\":"
                        + " {\"tenancyLevel\": \"ROW\"}} | \"tenancySettings.tenancyLevel\" must be one of [TABLE, DATABASE]",
                "{\"datasourceType\": \"csv\", \"credentials\": {\"name\": \"n\"}, \"tenancySettings\": {}} |"
                        + " \"tenancySettings.tenancyLevel\" is required",
                "{\"datasourceType\": \"elasticsearch\", \"credentials\": {\"name\": \"n\", \"server_type\": \"cloud\"}} |"
                        + " \"credentials.server_type\" must be one of [elastic-cloud, open-cloud, self-managed]."
                        + " \"credentials.username\" is required. \"credentials.password\" is required",
            })
    @DisplayName("INVALID_REQUEST_BODY says all that is wrong, in the words of DataBrain's validation")
    void invalidBody(String body, String message) {
        isError(client.post(PATH, body), 400, "INVALID_REQUEST_BODY", message);
    }

    @Test
    @DisplayName("DATASOURCE_NAME_ERROR: the name is taken, or nobody has it")
    void names() {
        isError(client.put(PATH, SINGLESTORE), 400, "DATASOURCE_NAME_ERROR", "Datasource not found");
        client.post(PATH, SINGLESTORE);
        isError(
                client.post(PATH, SINGLESTORE),
                400,
                "DATASOURCE_NAME_ERROR",
                "A datasource with this name already exists");
        isError(client.delete(PATH + "?datasourceName=other"), 400, "DATASOURCE_NAME_ERROR", "Datasource not found");
    }

    @Test
    @DisplayName("CREDENTIAL_TEST_FAILED: with what the connection test said")
    void credentialTest() {
        SERVER.connectionTests(ConnectionTests.fail(FailureCode.TIMED_OUT, "no answer in 10 s"));
        isError(
                client.post(PATH, SINGLESTORE),
                400,
                "CREDENTIAL_TEST_FAILED",
                "Connection test failed: no answer in 10 s");
    }

    @Test
    @DisplayName("DATASOURCE_ID_ERROR: a sync of an id that nobody has")
    void ids() {
        for (String path : new String[] {PATH + "/sync", PATH + "/getDatasourceProgress"}) {
            isError(
                    client.post(path, "{\"input\": {\"datasourceId\": \"" + UUID.randomUUID() + "\"}}"),
                    400,
                    "DATASOURCE_ID_ERROR",
                    "The datasource id does not exist or is invalid");
            isError(client.post(path, "{}"), 400, "INVALID_REQUEST_BODY", "\"input\" is required");
            isError(
                    client.post(path, "{\"input\": {}}"),
                    400,
                    "INVALID_REQUEST_BODY",
                    "\"input.datasourceId\" is required");
        }
    }

    @Test
    @DisplayName("INVALID_REQUEST_BODY: no name in the query")
    void noName() {
        isError(client.delete(PATH), 400, "INVALID_REQUEST_BODY", "\"datasourceName\" is required");
        isError(client.get(PATH + "/schema"), 400, "INVALID_REQUEST_BODY", "\"datasourceName\" is required");
    }

    @Test
    @DisplayName("SCHEMA_CACHE_FAILED: the data source is stored by then")
    void schemaCache() {
        SERVER.schemaReads(SchemaReads.fail(FailureCode.PERMISSION_DENIED, "no right to read"));
        isError(client.post(PATH, SINGLESTORE), 500, "SCHEMA_CACHE_FAILED", "Schema caching failed: no right to read");
        assertThat(SERVER.dataSources()).hasSize(1);
        isError(client.put(PATH, SINGLESTORE), 500, "SCHEMA_CACHE_FAILED", "Schema caching failed: no right to read");
    }

    @Test
    @DisplayName("AUTHENTICATION_ERROR: no token, an unknown, expired or revoked one, or another system's")
    void authentication() {
        String revoked = SERVER.issueToken(DATABRAIN, null, null);
        SERVER.revokeToken(revoked);
        String expired = SERVER.issueToken(DATABRAIN, null, Duration.ofHours(1));
        SERVER.expireToken(expired);
        String ofNothing = SERVER.issueToken(DATABRAIN, "no-such-scope", null);
        String basedash = SERVER.token(SourceSystem.BASEDASH);
        for (String token : new String[] {null, "nonsense", revoked, expired, ofNothing, basedash}) {
            Rest other = client.with(token);
            isError(other.get(PATH), 401, "AUTHENTICATION_ERROR", "Invalid Service Token");
            isError(other.post(PATH, "no json"), 401, "AUTHENTICATION_ERROR", "Invalid Service Token");
        }
    }

    @Test
    @DisplayName("too many calls get 429, with whole seconds to wait")
    void rateLimit() {
        SERVER.next(1).of(DATABRAIN).rateLimit(Duration.ofMillis(1_200));
        Reply reply = client.get(PATH);

        isError(reply, 429, "RATE_LIMIT_EXCEEDED", "Too many requests");
        assertThat(reply.header("retry-after")).isEqualTo("2");
        assertThat(client.get(PATH).status()).isEqualTo(200);
    }
}
