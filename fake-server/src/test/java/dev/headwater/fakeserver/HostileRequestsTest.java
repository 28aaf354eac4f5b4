package dev.headwater.fakeserver;

import static dev.headwater.spi.SourceSystem.BASEDASH;
import static dev.headwater.spi.SourceSystem.DATABRAIN;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonPrimitive;
import dev.headwater.fakeserver.Rest.Reply;
import dev.headwater.fakeserver.internal.HttpFront;
import dev.headwater.spi.SourceSystem;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("DataBrain's and Basedash's APIs")
class HostileRequestsTest {

    private static final FakeServer SERVER = FakeServer.start();
    private static final String DATASOURCE = "/api/v2/datasource";
    private static final String DATA_SOURCES =
            "/api/public/organizations/" + FakeServer.DEFAULT_SCOPE + "/data-sources";
    private static final Map<String, String> JSON = Map.of("content-type", "application/json");
    private static final String SECRET = "pl4nted-s3cret";

    @BeforeEach
    void reset() {
        SERVER.reset();
    }

    @AfterAll
    static void close() {
        SERVER.close();
    }

    private static Rest client(SourceSystem system) {
        return new Rest(SERVER, system);
    }

    private static String path(SourceSystem system) {
        return system == DATABRAIN ? DATASOURCE : DATA_SOURCES;
    }

    private static void isError(SourceSystem system, Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.header("content-type")).isEqualTo("application/json");
        assertThat(reply.text("error", system == DATABRAIN ? "code" : "title")).isEqualTo(code);
        assertThat(reply.text()).doesNotContain("Exception").doesNotContain("dev.headwater");
    }

    private static void isInvalid(SourceSystem system, Reply reply) {
        isError(system, reply, 400, system == DATABRAIN ? "INVALID_REQUEST_BODY" : "ValidationError");
    }

    private static String body(SourceSystem system, String name, String password) {
        return system == DATABRAIN
                ? "{\"datasourceType\": \"mysql\", \"credentials\": {\"name\": \"" + name
                        + "\", \"host\": \"h\", \"port\": 1, \"user\": \"u\", \"password\": \"" + password + "\"}}"
                : "{\"type\": \"direct\", \"dialect\": \"MYSQL\", \"displayName\": \"" + name + "\", \"password\": \""
                        + password + "\"}";
    }

    static List<byte[]> notJson() {
        return List.of(
                new byte[0],
                bytes("{"),
                bytes("nonsense " + SECRET),
                bytes("[]"),
                bytes("null"),
                bytes("\"" + SECRET + "\""),
                bytes("{'a': 1}"),
                bytes("{\"a\": 1,}"),
                bytes("{\"a\": NaN}"),
                bytes("{\"a\": 01}"),
                bytes("{} {}"),
                bytes("{\"a\": \"" + SECRET),
                bytes("[".repeat(100_000)),
                bytes("{\"a\":".repeat(100_000)),
                new byte[] {'{', '"', (byte) 0xc3, (byte) 0x28, '"', ':', '1', '}'},
                new byte[] {0, 1, 2, 3},
                "{\"a\": 1}".getBytes(StandardCharsets.UTF_16));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("notJson")
    @DisplayName("refuse a body that is not a JSON object in UTF-8, and do not repeat it")
    void notJson(byte[] body) {
        for (SourceSystem system : List.of(DATABRAIN, BASEDASH)) {
            Reply reply = client(system).send("POST", path(system), body, JSON);
            isInvalid(system, reply);
            assertThat(reply.text()).doesNotContain(SECRET);
            isInvalid(
                    system,
                    client(system)
                            .send(
                                    system == DATABRAIN ? "PUT" : "PATCH",
                                    system == DATABRAIN ? DATASOURCE : DATA_SOURCES + "/" + madeThrough(BASEDASH),
                                    body,
                                    JSON));
        }
    }

    private static String madeThrough(SourceSystem system) {
        client(system).post(path(system), body(system, "made", "p"));
        return SERVER.dataSources().get(0).id();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text/plain", "application/x-www-form-urlencoded", "application/jsonp", "*/*"})
    @DisplayName("refuse a body of another content type")
    void contentType(String type) {
        for (SourceSystem system : List.of(DATABRAIN, BASEDASH)) {
            isInvalid(
                    system,
                    client(system)
                            .send(
                                    "POST",
                                    path(system),
                                    bytes(body(system, "n", "p")),
                                    type.isEmpty() ? Map.of() : Map.of("content-type", type)));
        }
        assertThat(SERVER.dataSources()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "Application/JSON; charset=UTF-8", "application/json;charset=utf-8"})
    @DisplayName("take JSON, however its content type is written")
    void jsonTypes(String type) {
        for (SourceSystem system : List.of(DATABRAIN, BASEDASH)) {
            assertThat(client(system)
                            .send("POST", path(system), bytes(body(system, "n", "p")), Map.of("content-type", type))
                            .status())
                    .isBetween(200, 201);
            SERVER.reset();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DATABRAIN", "BASEDASH"})
    @DisplayName("take a body of 10 MB, and refuse one that is larger")
    void large(SourceSystem system) {
        String password = "x".repeat(10_000_000);
        assertThat(client(system)
                        .post(path(system), body(system, "large", password))
                        .status())
                .isBetween(200, 201);
        assertThat(client(system).get(path(system)).text()).hasSizeLessThan(5_000);

        byte[] tooLarge = new byte[HttpFront.MAX_BODY_BYTES + 1];
        Arrays.fill(tooLarge, (byte) ' ');
        isInvalid(system, client(system).send("POST", path(system), tooLarge, JSON));
    }

    @ParameterizedTest
    @EnumSource(names = {"DATABRAIN", "BASEDASH"})
    @DisplayName("do not look at fields that they do not know, however many")
    void unknownFields(SourceSystem system) {
        StringBuilder more = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            more.append("\"unknown").append(i).append("\": [{\"a\": ").append(i).append("}], ");
        }
        String body = body(system, "n", "p").replaceFirst("\"password\"", more + "\"password\"");
        assertThat(client(system).post(path(system), body).status()).isBetween(200, 201);
        assertThat(client(system).get(path(system)).text()).contains("\"n\"").doesNotContain("unknown");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'; DROP TABLE datasources; --",
                "<script>alert(1)</script>",
                "../../etc/passwd",
                "a/b?c=d&e#f%20+",
                "${jndi:ldap://127.0.0.1/x}",
                "{{7*7}}",
                "naïve 日本語 🙂",
                "\u202Egnp.exe",
                " ",
                "null",
                "constructor",
                "__proto__"
            })
    @DisplayName("keep a hostile name as it is, and find the data source by it")
    void hostileNames(String name) {
        String json = new JsonPrimitive(name).toString();
        String quoted = json.substring(1, json.length() - 1);
        String inQuery = URLEncoder.encode(name, StandardCharsets.UTF_8);

        assertThat(client(DATABRAIN)
                        .post(DATASOURCE, body(DATABRAIN, quoted, "p"))
                        .text("name"))
                .isEqualTo(name);
        assertThat(client(DATABRAIN)
                        .get(DATASOURCE + "/schema?datasourceName=" + inQuery)
                        .text("datasourceName"))
                .isEqualTo(name);
        assertThat(client(BASEDASH)
                        .get(DATA_SOURCES)
                        .array("data")
                        .get(0)
                        .getAsJsonObject()
                        .get("displayName")
                        .getAsString())
                .isEqualTo(name);
        assertThat(client(DATABRAIN)
                        .delete(DATASOURCE + "?datasourceName=" + inQuery)
                        .status())
                .isEqualTo(200);
        assertThat(client(BASEDASH)
                        .post(DATA_SOURCES, body(BASEDASH, quoted, "p"))
                        .text("data", "displayName"))
                .isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\u0000b", "a\\nb", "a\\ud800b", "\\u0085"})
    @DisplayName("never fail over a name with control characters or half characters")
    void unfitNames(String name) {
        isInvalid(DATABRAIN, client(DATABRAIN).post(DATASOURCE, body(DATABRAIN, name, "p")));
        assertThat(client(BASEDASH)
                        .post(DATA_SOURCES, body(BASEDASH, name, "p"))
                        .status())
                .isEqualTo(201);
        assertThat(client(BASEDASH).get(DATA_SOURCES).status()).isEqualTo(200);
        assertThat(client(DATABRAIN).get(DATASOURCE).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("refuse a name of more than 255 characters in DataBrain, which has no documented limit")
    void longNames() {
        isInvalid(DATABRAIN, client(DATABRAIN).post(DATASOURCE, body(DATABRAIN, "n".repeat(256), "p")));
        assertThat(client(DATABRAIN)
                        .post(DATASOURCE, body(DATABRAIN, "n".repeat(255), "p"))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v2/",
                "/api/v2/nothing",
                "/api/v2/datasource/5",
                "/api/v2/datasource//",
                "/api/v2/datasource/sync/x",
                "/api/v2/%2e%2e/datasource"
            })
    @DisplayName("say in DataBrain's form that there is nothing at a path")
    void databrainPaths(String path) {
        isError(DATABRAIN, client(DATABRAIN).get(path), 404, "NOT_FOUND");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/public/",
                "/api/public/nothing",
                "/api/public/organizations/x",
                "/api/public/organizations/test/data-sources/a/b",
                "/api/public/organizations/test/data-sources/a/access/c",
                "/api/public/organizations/test/groups",
                "/api/public/organizations//data-sources/",
                "/api/public/organizations/test/data-sources/%00",
                "/api/public/organizations/..%2ftest/data-sources"
            })
    @DisplayName("say in Basedash's form that there is nothing at a path")
    void basedashPaths(String path) {
        isError(BASEDASH, client(BASEDASH).get(path), 404, "NotFound");
    }

    @Test
    @DisplayName("say which methods a path takes, when it is called by another")
    void methods() {
        for (String method : new String[] {"PATCH", "TRACE", "FOO"}) {
            Reply reply = client(DATABRAIN).send(method, DATASOURCE, null);
            isError(DATABRAIN, reply, 405, "METHOD_NOT_ALLOWED");
            assertThat(reply.header("allow")).isEqualTo("DELETE, GET, POST, PUT, HEAD, OPTIONS");
        }
        for (String method : new String[] {"PUT", "DELETE", "FOO"}) {
            Reply reply = client(BASEDASH).send(method, DATA_SOURCES, null);
            isError(BASEDASH, reply, 405, "MethodNotAllowed");
            assertThat(reply.header("allow")).isEqualTo("GET, POST, HEAD, OPTIONS");
        }
        isError(DATABRAIN, client(DATABRAIN).get(DATASOURCE + "/sync"), 405, "METHOD_NOT_ALLOWED");
        isError(BASEDASH, client(BASEDASH).get(DATA_SOURCES + "/verify"), 405, "MethodNotAllowed");
    }

    @Test
    @DisplayName("answer a defect of the test's own code without what it said")
    void brokenTests() {
        SERVER.connectionTests(attempt -> {
            throw new IllegalStateException(SECRET + attempt.config());
        });
        Reply databrain = client(DATABRAIN).post(DATASOURCE, body(DATABRAIN, "n", SECRET));
        isError(DATABRAIN, databrain, 500, "INTERNAL_SERVER_ERROR");
        assertThat(databrain.text()).doesNotContain(SECRET);
        Reply basedash = client(BASEDASH).post(DATA_SOURCES + "/verify", body(BASEDASH, "n", SECRET));
        isError(BASEDASH, basedash, 500, "InternalServerError");
        assertThat(basedash.text()).doesNotContain(SECRET);
    }

    @Test
    @DisplayName("print requests and data sources without secrets")
    void printing() {
        client(DATABRAIN).post(DATASOURCE, body(DATABRAIN, "one", SECRET));
        client(BASEDASH).post(DATA_SOURCES, body(BASEDASH, "two", SECRET));

        assertThat(SERVER.dataSources()).hasSize(2).allSatisfy(source -> {
            assertThat(source.config()).containsEntry("password", SECRET);
            assertThat(source.toString()).doesNotContain(SECRET);
        });
        assertThat(SERVER.requests())
                .hasSize(2)
                .allSatisfy(request ->
                        assertThat(request.toString()).doesNotContain(SECRET).doesNotContain(SERVER.token(DATABRAIN)));
        assertThat(SERVER.requests(DATABRAIN, "create"))
                .singleElement()
                .satisfies(request -> assertThat(request.toString()).contains("\"name\":\"one\""));
        assertThat(SERVER.requests(BASEDASH, "create")).hasSize(1);
    }
}
