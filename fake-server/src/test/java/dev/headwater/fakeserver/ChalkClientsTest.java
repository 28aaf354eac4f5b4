package dev.headwater.fakeserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.google.gson.JsonObject;
import dev.headwater.fakeserver.internal.chalk.wire.AuthServiceGrpc;
import dev.headwater.fakeserver.internal.chalk.wire.GetIntegrationRequest;
import dev.headwater.fakeserver.internal.chalk.wire.GetIntegrationResponse;
import dev.headwater.fakeserver.internal.chalk.wire.GetTokenRequest;
import dev.headwater.fakeserver.internal.chalk.wire.GetTokenResponse;
import dev.headwater.fakeserver.internal.chalk.wire.InsertIntegrationRequest;
import dev.headwater.fakeserver.internal.chalk.wire.InsertIntegrationResponse;
import dev.headwater.spi.SourceSystem;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the sources that Chalk publishes of its clients send, with the headers that they send, and what they do with the answer. */
@DisplayName("Chalk's own clients find what they look for:")
class ChalkClientsTest {

    @RegisterExtension
    static final FakeServerExtension EXTENSION = new FakeServerExtension(
            FakeServer.builder().scope("env1", "Production").scope("env2", "Staging"));

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static HttpRequest.Builder request(FakeServer server, String path) {
        return HttpRequest.newBuilder(server.chalk().connectUrl().resolve(path)).timeout(Duration.ofSeconds(20));
    }

    private static String credentials(FakeServer server) {
        JsonObject body = new JsonObject();
        body.addProperty("client_id", server.chalk().clientId());
        body.addProperty("client_secret", server.chalk().clientSecret());
        body.addProperty("grant_type", "client_credentials");
        return body.toString();
    }

    /** As the client for Java declares it. */
    @JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
    private static final class Token {
        private String accessToken;
        private String tokenType;
        private int expiresIn;
        private String apiServer;
        private String primaryEnvironment;
        private ZonedDateTime expiresAt;
        private Map<String, String> engines;
    }

    @Test
    @DisplayName("the one for Java over HTTP, which sends no environment yet, and reads times and engines")
    void javaOverHttp(FakeServer server) throws Exception {
        HttpResponse<byte[]> answer = HTTP.send(
                request(server, "/v1/oauth/token")
                        .header("Accept", "application/json")
                        .header("Content-Type", "application/json")
                        .header("User-Agent", "chalk-java")
                        .header("X-Chalk-Client-Id", server.chalk().clientId())
                        .header("X-Chalk-Deployment-Type", "engine")
                        .header("X-Chalk-Env-Id", "")
                        .POST(BodyPublishers.ofString(credentials(server)))
                        .build(),
                BodyHandlers.ofByteArray());

        assertThat(answer.statusCode()).isEqualTo(200);
        Token token = new ObjectMapper()
                .registerModule(new JavaTimeModule())
                .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
                .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .readValue(answer.body(), Token.class);
        assertThat(token.accessToken).isNotBlank();
        assertThat(token.tokenType).isEqualTo("Bearer");
        assertThat(token.expiresIn).isPositive();
        assertThat(token.expiresAt.toInstant()).isAfter(Instant.now());
        assertThat(token.apiServer).isEqualTo(server.url().toString());
        assertThat(URI.create(token.engines.get(token.primaryEnvironment))).isEqualTo(server.url());
    }

    @Test
    @DisplayName("the one for Java over gRPC, which asks without a grant type, and picks environment and engine by it")
    void javaOverGrpc(FakeServer server) {
        String target = server.chalk().grpcUrl().toString().replaceFirst("^https?://", "");
        assertThat(target).as("else it wants TLS").startsWith("127.0.0.1");
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("x-chalk-server", Metadata.ASCII_STRING_MARSHALLER), "go-api");
        ManagedChannel channel = NettyChannelBuilder.forTarget(target)
                .usePlaintext()
                .intercept(MetadataUtils.newAttachHeadersInterceptor(headers))
                .build();
        try {
            GetTokenResponse token = AuthServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(20, TimeUnit.SECONDS)
                    .getToken(GetTokenRequest.newBuilder()
                            .setClientId(server.chalk().clientId())
                            .setClientSecret(server.chalk().clientSecret())
                            .build());

            assertThat(token.getExpiresAt().getSeconds())
                    .as("else it asks again before each call")
                    .isGreaterThan(Instant.now().getEpochSecond() + 60);
            assertThat(token.getEnvironmentIdToNameMap()).containsKey(token.getPrimaryEnvironment());
            assertThat(token.getEnvironmentIdToNameMap().values()).containsOnlyOnce("Staging");
            assertThat(token.getGrpcEnginesOrThrow("env2").replaceFirst("^https?://", ""))
                    .isEqualTo(target);
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    @DisplayName("the one for TypeScript, which goes for another token, once, when its own is refused")
    void typeScript(FakeServer server) throws Exception {
        JsonObject token = tokenForTypeScript(server);
        assertThat(whoAmI(server, token).statusCode()).isEqualTo(200);
        assertThat(Connect.json(whoAmI(server, token)).get("user").getAsString())
                .isNotBlank();

        server.revokeToken(token.get("access_token").getAsString());
        assertThat(whoAmI(server, token).statusCode()).isEqualTo(401);
        assertThat(whoAmI(server, tokenForTypeScript(server)).statusCode()).isEqualTo(200);
        FakeServerAssert.assertThat(server)
                .received(SourceSystem.CHALK, "GetToken")
                .times(2);
    }

    private static JsonObject tokenForTypeScript(FakeServer server) throws IOException, InterruptedException {
        HttpResponse<String> answer = HTTP.send(
                request(server, "/v1/oauth/token")
                        .header("Accept", "application/json;charset=utf-8")
                        .header("Content-Type", "application/json;charset=utf-8")
                        .header("User-Agent", "chalk-ts")
                        .POST(BodyPublishers.ofString(credentials(server)))
                        .build(),
                BodyHandlers.ofString());
        JsonObject token = Connect.json(answer);
        assertThat(token.getAsJsonObject("engines").keySet())
                .contains(token.get("primary_environment").getAsString());
        return token;
    }

    private static HttpResponse<String> whoAmI(FakeServer server, JsonObject token)
            throws IOException, InterruptedException {
        return HTTP.send(
                request(server, "/v1/who-am-i")
                        .header("Accept", "application/json;charset=utf-8")
                        .header("Content-Type", "application/json;charset=utf-8")
                        .header(
                                "X-Chalk-Env-Id",
                                token.get("primary_environment").getAsString())
                        .header("X-Chalk-Deployment-Type", "engine")
                        .header(
                                "Authorization",
                                "Bearer " + token.get("access_token").getAsString())
                        .GET()
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    @DisplayName(
            "the provider for Terraform, which asks for a token before each call, and tells what is gone by an empty answer")
    void terraform(FakeServer server) throws Exception {
        InsertIntegrationResponse made = InsertIntegrationResponse.parseFrom(terraform(
                server,
                "InsertIntegration",
                InsertIntegrationRequest.newBuilder()
                        .setName("orders")
                        .setIntegrationKind(ChalkClient.kind("POSTGRESQL"))
                        .putConfig("PGHOST", ChalkClient.literal("db"))
                        .putConfig("PGPASSWORD", ChalkClient.linked("orders-password"))
                        .build()
                        .toByteArray()));
        GetIntegrationResponse read = GetIntegrationResponse.parseFrom(terraform(
                server,
                "GetIntegration",
                GetIntegrationRequest.newBuilder()
                        .setIntegrationId(made.getIntegration().getId())
                        .build()
                        .toByteArray()));
        GetIntegrationResponse gone = GetIntegrationResponse.parseFrom(terraform(
                server,
                "GetIntegration",
                GetIntegrationRequest.newBuilder()
                        .setIntegrationId("gone")
                        .build()
                        .toByteArray()));

        assertThat(read.getIntegrationWithSecrets().getIntegration().getEnvironmentId())
                .isEqualTo("env2");
        assertThat(gone.hasIntegrationWithSecrets()).isFalse();
        FakeServerAssert.assertThat(server)
                .received(SourceSystem.CHALK, "GetToken")
                .times(3);
    }

    private static byte[] terraform(FakeServer server, String method, byte[] message)
            throws IOException, InterruptedException {
        byte[] credentials = GetTokenRequest.newBuilder()
                .setClientId(server.chalk().clientId())
                .setClientSecret(server.chalk().clientSecret())
                .setGrantType("client_credentials")
                .build()
                .toByteArray();
        String token = GetTokenResponse.parseFrom(
                        send(server, "/chalk.server.v1.AuthService/GetToken", "none", credentials))
                .getAccessToken();
        return send(server, Connect.INTEGRATIONS + method, "Bearer " + token, message);
    }

    private static byte[] send(FakeServer server, String path, String authorization, byte[] message)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = HTTP.send(
                request(server, path)
                        .header("Content-Type", "application/proto")
                        .header("Connect-Protocol-Version", "1")
                        .header("Accept-Encoding", "gzip")
                        .header("Authorization", authorization)
                        .header("x-chalk-server", "go-api")
                        .header("x-chalk-env-id", "env2")
                        .POST(BodyPublishers.ofByteArray(message))
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }
}
