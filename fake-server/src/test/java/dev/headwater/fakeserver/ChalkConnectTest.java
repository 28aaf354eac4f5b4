package dev.headwater.fakeserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.headwater.fakeserver.internal.chalk.wire.InsertIntegrationRequest;
import dev.headwater.fakeserver.internal.chalk.wire.InsertIntegrationResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Chalk over Connect")
@ExtendWith(FakeServerExtension.class)
class ChalkConnectTest {

    private static final String INSERT = """
            {"name":"orders","integrationKind":"INTEGRATION_KIND_POSTGRESQL",
             "config":{"PGHOST":{"literal":"db"},"PGPASSWORD":{"secretId":"db-password"}}}""";

    private Connect connect;

    @BeforeEach
    void connect(FakeServer server) {
        connect = new Connect(server);
    }

    @Test
    @DisplayName("takes and gives proto3 JSON")
    void json() throws Exception {
        HttpResponse<String> made = connect.call("InsertIntegration", INSERT);
        assertThat(made.statusCode()).isEqualTo(200);
        assertThat(made.headers().firstValue("content-type")).hasValue("application/json");
        JsonObject integration = Connect.json(made).getAsJsonObject("integration");
        assertThat(integration.get("environmentId").getAsString()).isEqualTo("test");
        assertThat(integration.get("kind").getAsString()).isEqualTo("INTEGRATION_KIND_POSTGRESQL");
        assertThat(integration.get("createdAt").getAsString()).endsWith("Z");

        String id = integration.get("id").getAsString();
        HttpResponse<String> value =
                connect.call("GetIntegrationValue", "{\"integrationId\":\"" + id + "\",\"secretName\":\"PGHOST\"}");
        assertThat(Connect.json(value)
                        .getAsJsonObject("secretvalue")
                        .get("value")
                        .getAsString())
                .isEqualTo("db");
        HttpResponse<String> updated = connect.call(
                "UpdateIntegration", "{\"integration_id\":\"" + id + "\",\"config\":{\"PGHOST\":{\"literal\":\"x\"}}}");
        assertThat(updated.statusCode()).isEqualTo(200);
        assertThat(connect.call("DeleteIntegration", "{\"id\":\"" + id + "\"}").body())
                .isEqualTo("{}");
    }

    @Test
    @DisplayName("takes and gives bare binary messages, in chunks too, as Terraform's provider sends them")
    void binary() throws Exception {
        byte[] body = InsertIntegrationRequest.newBuilder()
                .setName("orders")
                .setIntegrationKind(ChalkClient.kind("POSTGRESQL"))
                .build()
                .toByteArray();
        HttpResponse<byte[]> made = Connect.bytes(connect.request(Connect.INTEGRATIONS + "InsertIntegration")
                .header("content-type", "application/proto")
                .header("accept-encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
        assertThat(made.statusCode()).isEqualTo(200);
        assertThat(made.headers().firstValue("content-type")).hasValue("application/proto");
        assertThat(InsertIntegrationResponse.parseFrom(made.body())
                        .getIntegration()
                        .getName())
                .isEqualTo("orders");
    }

    @Test
    @DisplayName("takes compressed messages")
    void compressed() throws Exception {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(INSERT.getBytes(StandardCharsets.UTF_8));
        }
        HttpRequest.Builder request = connect.request(Connect.INTEGRATIONS + "InsertIntegration")
                .header("content-type", "application/json; charset=utf-8")
                .header("content-encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(zipped.toByteArray()));
        assertThat(Connect.text(request).statusCode()).isEqualTo(200);
        HttpRequest.Builder broken = connect.request(Connect.INTEGRATIONS + "InsertIntegration")
                .header("content-type", "application/json")
                .header("content-encoding", "br")
                .POST(HttpRequest.BodyPublishers.ofString(INSERT));
        assertThat(Connect.code(Connect.text(broken))).isEqualTo("unimplemented");
    }

    @Test
    @DisplayName("skips fields that it does not know")
    void unknownFields() throws Exception {
        assertThat(connect.call("ListIntegrations", "{\"fromTheFuture\":{\"a\":[1]}}")
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[]", "null", "nonsense", "{\"name\":7}", "{\"config\":{\"A\":\"planted-secret\"}}"})
    @DisplayName("says invalid_argument to what is no such message, and does not repeat it")
    void badJson(String body) throws Exception {
        HttpResponse<String> response = connect.call("InsertIntegration", body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Connect.code(response)).isEqualTo("invalid_argument");
        assertThat(response.body()).doesNotContain("planted-secret").doesNotContain("Exception");
    }

    @Test
    @DisplayName("says invalid_argument to JSON that is nested without end, and to broken binary")
    void deep() throws Exception {
        String deep = "{\"config\":".repeat(5_000) + "1" + "}".repeat(5_000);
        assertThat(Connect.code(connect.call("InsertIntegration", deep))).isEqualTo("invalid_argument");
        HttpResponse<String> binary =
                connect.post(Connect.INTEGRATIONS + "InsertIntegration", "application/proto", "nonsense");
        assertThat(Connect.code(binary)).isEqualTo("invalid_argument");
    }

    @Test
    @DisplayName("answers errors with Connect's code and its HTTP status")
    void errors(FakeServer server) throws Exception {
        HttpResponse<String> notFound = connect.call("DeleteIntegration", "{\"id\":\"x\"}");
        assertThat(notFound.statusCode()).isEqualTo(404);
        assertThat(notFound.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(Connect.code(notFound)).isEqualTo("not_found");
        connect.call("InsertIntegration", INSERT);
        HttpResponse<String> exists = connect.call("InsertIntegration", INSERT);
        assertThat(exists.statusCode()).isEqualTo(409);
        assertThat(Connect.code(exists)).isEqualTo("already_exists");
        HttpResponse<String> unauthenticated = new Connect(server).token("x").call("ListIntegrations", "{}");
        assertThat(unauthenticated.statusCode()).isEqualTo(401);
        assertThat(Connect.code(unauthenticated)).isEqualTo("unauthenticated");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "canceled 499",
                "unknown 500",
                "invalid_argument 400",
                "deadline_exceeded 504",
                "not_found 404",
                "already_exists 409",
                "permission_denied 403",
                "resource_exhausted 429",
                "failed_precondition 400",
                "aborted 409",
                "out_of_range 400",
                "unimplemented 501",
                "internal 500",
                "unavailable 503",
                "data_loss 500",
                "unauthenticated 401"
            })
    @DisplayName("has a status for every code")
    void everyCode(String codeAndStatus, FakeServer server) throws Exception {
        List<String> parts = Arrays.asList(codeAndStatus.split(" "));
        server.next(1).fail(parts.get(0), "as planned");
        HttpResponse<String> response = connect.call("ListIntegrations", "{}");
        assertThat(response.statusCode()).isEqualTo(Integer.parseInt(parts.get(1)));
        assertThat(Connect.code(response)).isEqualTo(parts.get(0));
    }

    @Test
    @DisplayName("says what it does not have: methods, paths, content types, versions")
    void notThere() throws Exception {
        HttpResponse<String> method = connect.call("NoSuchMethod", "{}");
        assertThat(method.statusCode()).isEqualTo(404);
        assertThat(Connect.code(method)).isEqualTo("unimplemented");
        assertThat(connect.get(Connect.INTEGRATIONS + "ListIntegrations").statusCode())
                .isEqualTo(405);
        assertThat(connect.post(Connect.INTEGRATIONS + "ListIntegrations", "text/plain", "{}")
                        .statusCode())
                .isEqualTo(415);
        assertThat(connect.get("/favicon.ico").statusCode()).isEqualTo(404);
        HttpRequest.Builder version = connect.request(Connect.INTEGRATIONS + "ListIntegrations")
                .setHeader("connect-protocol-version", "2")
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"));
        assertThat(Connect.code(Connect.text(version))).isEqualTo("invalid_argument");
    }

    @Test
    @DisplayName("refuses a body of more than 10 MB, and goes on")
    void tooLarge() throws Exception {
        String large = "{\"name\":\"" + "x".repeat(11_000_000) + "\"}";
        HttpResponse<String> response = connect.call("InsertIntegration", large);
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(Connect.code(response)).isEqualTo("resource_exhausted");
        assertThat(connect.call("ListIntegrations", "{}").statusCode()).isEqualTo(200);
    }
}
