package dev.headwater.fakeserver;

import static dev.headwater.fakeserver.ChalkClient.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.headwater.fakeserver.internal.chalk.wire.GetTokenRequest;
import dev.headwater.fakeserver.internal.chalk.wire.GetTokenResponse;
import dev.headwater.spi.SourceSystem;
import dev.headwater.testkit.SettableClock;
import io.grpc.Status;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("Chalk's tokens")
class ChalkAccessTest {

    private static final SettableClock CLOCK = SettableClock.at("2026-11-21T08:00:00Z");

    @RegisterExtension
    static final FakeServerExtension EXTENSION = new FakeServerExtension(
            FakeServer.builder().clock(CLOCK).scope("env1", "Production").scope("env2", "Staging"));

    private ChalkClient client;

    @BeforeEach
    void connect(FakeServer server) {
        client = new ChalkClient(server).environment("env1");
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    private static GetTokenRequest.Builder request(FakeServer server) {
        return GetTokenRequest.newBuilder()
                .setClientId(server.chalk().clientId())
                .setClientSecret(server.chalk().clientSecret());
    }

    @Test
    @DisplayName("are given for id and secret, with all that the clients look for")
    void exchange(FakeServer server) {
        GetTokenResponse token = client.auth()
                .getToken(request(server).setGrantType("client_credentials").build());
        assertThat(token.getTokenType()).isEqualTo("Bearer");
        assertThat(token.getExpiresIn()).isEqualTo(3600);
        assertThat(token.getExpiresAt().getSeconds())
                .isEqualTo(CLOCK.instant().plus(Duration.ofHours(1)).getEpochSecond());
        assertThat(token.getApiServer())
                .isEqualTo(server.chalk().grpcUrl().toString())
                .startsWith("http://127.0.0.1");
        assertThat(token.getPrimaryEnvironment()).isEqualTo("env1");
        assertThat(token.getEnvironmentIdToNameMap()).isEqualTo(Map.of("env1", "Production", "env2", "Staging"));
        assertThat(token.getGrpcEnginesMap()).containsOnlyKeys("env1", "env2");
        assertThat(token.getEnginesMap()).containsOnlyKeys("env1", "env2");
        assertThat(client.token(token.getAccessToken()).list()).isEmpty();
    }

    @Test
    @DisplayName("are given without a grant type too, as the Java client asks, but for no other type")
    void grantType(FakeServer server) {
        assertThat(client.auth().getToken(request(server).build()).getAccessToken())
                .isNotEmpty();
        GetTokenRequest other = request(server).setGrantType("password").build();
        assertThat(failure(() -> client.auth().getToken(other)).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    @DisplayName("are not given for a wrong secret, which the answer does not repeat")
    void wrongSecret(FakeServer server) {
        GetTokenRequest wrong = request(server).setClientSecret("planted-guess").build();
        Status status = failure(() -> client.auth().getToken(wrong));
        assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(status.getDescription()).isEqualTo("Client ID and secret are invalid");
        assertThat(server.requests().toString()).doesNotContain("planted-guess");
    }

    @Test
    @DisplayName("are good for the time that was asked for, but no longer than the server gives")
    void lifetime(FakeServer server) {
        var day = com.google.protobuf.Duration.newBuilder().setSeconds(86_400);
        var minute = com.google.protobuf.Duration.newBuilder().setSeconds(60);
        assertThat(client.auth()
                        .getToken(request(server).setExpiresAt(day).build())
                        .getExpiresIn())
                .isEqualTo(3600);
        GetTokenResponse token =
                client.auth().getToken(request(server).setExpiresAt(minute).build());
        assertThat(token.getExpiresIn()).isEqualTo(60);
        client.token(token.getAccessToken());
        assertThat(client.list()).isEmpty();
        CLOCK.advance(Duration.ofSeconds(60));
        assertUnauthenticated("expired");
    }

    @Test
    @DisplayName("must be there, known, not revoked and not expired")
    void standing(FakeServer server) {
        client.token(null);
        assertUnauthenticated("authorization");
        client.token("nonsense");
        assertUnauthenticated("not valid");
        client.token(server.token(SourceSystem.BASEDASH));
        assertUnauthenticated("not valid");
        String token = server.issueToken(SourceSystem.CHALK, null, null);
        client.token(token);
        assertThat(client.list()).isEmpty();
        server.expireToken(token);
        assertUnauthenticated("expired");
        server.revokeToken(token);
        assertUnauthenticated("revoked");
    }

    private void assertUnauthenticated(String why) {
        Status status = failure(client::list);
        assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(status.getDescription()).contains(why);
    }

    @Test
    @DisplayName("open the environments that the header names, and nothing crosses them")
    void environments(FakeServer server) {
        client.insert("MYSQL", "orders", Map.of());
        assertThat(client.environment("env2").list()).isEmpty();
        assertThat(client.insert("MYSQL", "orders", Map.of()).getEnvironmentId())
                .isEqualTo("env2");
        assertThat(failure(() -> client.environment("nowhere").list()).getCode())
                .isEqualTo(Status.Code.NOT_FOUND);
        assertThat(failure(() -> client.environment(null).list()).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        client.token(server.issueToken(SourceSystem.CHALK, "env1", null));
        assertThat(client.list()).hasSize(1);
        assertThat(failure(() -> client.environment("env2").list()).getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    }

    @Test
    @DisplayName("may be limited to permissions")
    void permissions(FakeServer server) {
        client.token(server.issueToken(SourceSystem.CHALK, null, Set.of("secrets.list"), null));
        assertThat(client.list()).isEmpty();
        Status write = failure(() -> client.insert("MYSQL", "x", Map.of()));
        assertThat(write.getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(write.getDescription()).contains("secrets.write");
        assertThat(failure(() -> client.get("x")).getDescription()).contains("secrets.decrypt");
    }

    @Test
    @DisplayName("are exchanged and explained in plain JSON too")
    void http(FakeServer server) throws Exception {
        Connect connect = new Connect(server);
        JsonObject body = new JsonObject();
        body.addProperty("client_id", server.chalk().clientId());
        body.addProperty("client_secret", server.chalk().clientSecret());
        body.addProperty("grant_type", "client_credentials");
        HttpResponse<String> response = connect.post("/v1/oauth/token", "application/json", body.toString());
        assertThat(response.statusCode()).isEqualTo(200);
        JsonObject token = Connect.json(response);
        assertThat(token.getAsJsonObject("engines").keySet()).containsExactly("env1", "env2");
        assertThat(token.get("token_type").getAsString()).isEqualTo("Bearer");
        assertThat(token.get("expires_at").getAsString()).endsWith("Z");
        assertThat(token.get("api_server").getAsString()).isEqualTo(server.url().toString());

        HttpResponse<String> who =
                connect.token(token.get("access_token").getAsString()).get("/v1/who-am-i");
        assertThat(who.statusCode()).isEqualTo(200);
        assertThat(Connect.json(who).get("environment_id").getAsString()).isEqualTo("env1");
        assertThat(connect.token("wrong").get("/v1/who-am-i").statusCode()).isEqualTo(401);
        body.addProperty("client_secret", "planted-guess");
        HttpResponse<String> refused = connect.post("/v1/oauth/token", "application/json", body.toString());
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).doesNotContain("planted-guess");
    }
}
