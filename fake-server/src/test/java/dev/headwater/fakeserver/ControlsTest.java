package dev.headwater.fakeserver;

import static dev.headwater.fakeserver.ChalkClient.failure;
import static dev.headwater.fakeserver.FakeServerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.core.DataSourceDraft;
import dev.headwater.fakeserver.internal.chalk.wire.AuthServiceGrpc;
import dev.headwater.fakeserver.internal.chalk.wire.GetTokenRequest;
import dev.headwater.fakeserver.internal.chalk.wire.GetTokenResponse;
import dev.headwater.spi.LinkedSecretRef;
import dev.headwater.spi.SourceSystem;
import dev.headwater.testkit.SettableClock;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("A test of a client")
class ControlsTest {

    private static final SettableClock CLOCK = SettableClock.at("2026-11-21T08:00:00Z");

    @RegisterExtension
    static final FakeServerExtension EXTENSION =
            new FakeServerExtension(FakeServer.builder().clock(CLOCK));

    private ChalkClient client;
    private Connect connect;

    @BeforeEach
    void connect(FakeServer server) {
        client = new ChalkClient(server);
        connect = new Connect(server);
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    @Test
    @DisplayName("lets the next calls of an operation fail, in either spelling of the code")
    void fail(FakeServer server) throws Exception {
        server.next(2).of(SourceSystem.CHALK, "InsertIntegration").fail("UNAVAILABLE", "try again");
        assertThat(client.list()).isEmpty();
        Status status = failure(() -> client.insert("MYSQL", "x", Map.of()));
        assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(status.getDescription()).isEqualTo("try again");
        HttpResponse<String> second =
                connect.call("InsertIntegration", "{\"name\":\"x\",\"integrationKind\":\"INTEGRATION_KIND_MYSQL\"}");
        assertThat(second.statusCode()).isEqualTo(503);
        assertThat(Connect.code(second)).isEqualTo("unavailable");
        assertThat(client.insert("MYSQL", "x", Map.of()).getName()).isEqualTo("x");
    }

    @Test
    @DisplayName("lets the next calls get a bare status")
    void status(FakeServer server) throws Exception {
        server.next(1).of(SourceSystem.CHALK).answer(502);
        server.next(1).of(SourceSystem.CHALK).answer(404);
        HttpResponse<String> response = connect.call("ListIntegrations", "{}");
        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).isEmpty();
        assertThat(failure(client::list).getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
        assertThatIllegalArgumentException().isThrownBy(() -> server.next(1).answer(99));
        assertThatIllegalArgumentException().isThrownBy(() -> server.next(0).drop());
    }

    @Test
    @DisplayName("drops connections")
    void drop(FakeServer server) {
        server.next(1).drop();
        assertThatThrownBy(() -> connect.call("InsertIntegration", "{}"))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(HttpTimeoutException.class);
        // this client calls a second time by itself when it loses the connection
        server.next(2).drop();
        assertThat(failure(client::list).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    @DisplayName("drops connections of gRPC with all calls on them, and the client makes a new one")
    void dropGrpc(FakeServer server) throws Exception {
        SocketAddresses connections = new SocketAddresses();
        ManagedChannel channel = NettyChannelBuilder.forAddress(
                        "127.0.0.1", server.chalk().grpcUrl().getPort())
                .usePlaintext()
                .intercept(connections)
                .build();
        try {
            var stub = AuthServiceGrpc.newFutureStub(channel);
            GetTokenRequest request = GetTokenRequest.newBuilder()
                    .setClientId(server.chalk().clientId())
                    .setClientSecret(server.chalk().clientSecret())
                    .build();
            stub.getToken(request).get(20, TimeUnit.SECONDS);
            server.next(1).stall();
            Future<GetTokenResponse> stalled = stub.getToken(request);
            while (server.requests().size() < 2) {
                Thread.onSpinWait();
            }
            server.next(1).drop();
            Future<GetTokenResponse> dropped = stub.getToken(request);

            for (Future<GetTokenResponse> lost : List.of(dropped, stalled)) {
                assertThatThrownBy(() -> lost.get(20, TimeUnit.SECONDS))
                        .cause()
                        .extracting(Status::fromThrowable)
                        .extracting(Status::getCode)
                        .isEqualTo(Status.Code.UNAVAILABLE);
            }
            assertThat(connections.seen).hasSize(1);
            stub.getToken(request).get(20, TimeUnit.SECONDS);
            assertThat(connections.seen).hasSize(2);
        } finally {
            channel.shutdownNow();
        }
    }

    /** Sees on which connections calls were answered. */
    private static final class SocketAddresses implements ClientInterceptor {

        private final Set<SocketAddress> seen = ConcurrentHashMap.newKeySet();

        @Override
        public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
            return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
                @Override
                public void start(Listener<A> listener, Metadata headers) {
                    super.start(
                            new SimpleForwardingClientCallListener<>(listener) {
                                @Override
                                public void onHeaders(Metadata answered) {
                                    seen.add(getAttributes().get(Grpc.TRANSPORT_ATTR_LOCAL_ADDR));
                                    super.onHeaders(answered);
                                }
                            },
                            headers);
                }
            };
        }
    }

    @Test
    @DisplayName("stalls calls until the client gives up, and a reset lets go of them")
    void stall(FakeServer server) throws Exception {
        server.next(1).stall();
        var request = connect.request(Connect.INTEGRATIONS + "ListIntegrations")
                .timeout(Duration.ofMillis(200))
                .header("content-type", "application/json")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{}"));
        assertThatThrownBy(() -> Connect.text(request)).isInstanceOf(HttpTimeoutException.class);
        server.reset();
        assertThat(connect.call("ListIntegrations", "{}").statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("slows calls")
    void delay(FakeServer server) throws Exception {
        server.next(1).delay(Duration.ofMillis(50));
        long begin = System.nanoTime();
        assertThat(connect.call("ListIntegrations", "{}").statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(49));
    }

    @Test
    @DisplayName("limits calls in windows of the server's clock, and each protocol says so")
    void limit(FakeServer server) throws Exception {
        server.limit(SourceSystem.CHALK, 2, Duration.ofSeconds(10));
        assertThat(client.list()).isEmpty();
        assertThat(connect.call("ListIntegrations", "{}").statusCode()).isEqualTo(200);
        CLOCK.advance(Duration.ofSeconds(3));
        HttpResponse<String> limited = connect.call("ListIntegrations", "{}");
        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(Connect.code(limited)).isEqualTo("resource_exhausted");
        assertThat(limited.headers().firstValue("retry-after")).hasValue("7");
        assertThat(failure(client::list).getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        CLOCK.advance(Duration.ofSeconds(7));
        assertThat(client.list()).isEmpty();
        server.unlimit(SourceSystem.CHALK);
        assertThat(client.list()).isEmpty();
        assertThat(client.list()).isEmpty();
        server.next(1).rateLimit(Duration.ofMillis(1));
        assertThat(connect.call("ListIntegrations", "{}").headers().firstValue("retry-after"))
                .hasValue("1");
    }

    @Test
    @DisplayName("sees what was asked, the same over gRPC and Connect, and prints it without secrets")
    void recorded(FakeServer server) throws Exception {
        client.insert("POSTGRESQL", "one", Map.of("PGPASSWORD", "planted-secret", "PGHOST", "db"));
        connect.call(
                "InsertIntegration",
                "{\"name\":\"two\",\"integrationKind\":13,\"config\":{\"name\":{\"literal\":\"planted-secret\"}}}");
        assertThat(server)
                .received(SourceSystem.CHALK, "InsertIntegration")
                .times(2)
                .withField("one", "name")
                .withField("planted-secret", "config", "PGPASSWORD", "literal")
                .withField("two", "name")
                .withoutField("environmentVariables")
                .withHeader("X-Chalk-Env-Id", "test");
        assertThat(server)
                .receivedNo(SourceSystem.CHALK, "DeleteIntegration")
                .holds("one")
                .holdsNo("three");
        assertThat(server.requests()).extracting(RecordedRequest::protocol).containsExactly("gRPC", "Connect");
        assertThat(server.requests().toString())
                .contains("Chalk InsertIntegration", "one", "PGPASSWORD", "[secret]")
                .doesNotContain("planted-secret")
                .doesNotContain(server.token(SourceSystem.CHALK));
        assertThat(server.dataSources().toString()).contains("one").doesNotContain("planted-secret");
    }

    @Test
    @DisplayName("hears what was expected and what came, without secrets, when an assertion fails")
    void assertions(FakeServer server) {
        assertThat(server).receivedNothing();
        client.insert("POSTGRESQL", "one", Map.of("PGPASSWORD", "planted-secret"));
        List<Throwable> failures = new ArrayList<>();
        failures.add(org.assertj.core.api.Assertions.catchThrowable(
                () -> assertThat(server).received(SourceSystem.CHALK, "UpdateIntegration")));
        failures.add(org.assertj.core.api.Assertions.catchThrowable(
                () -> assertThat(server).receivedNo(SourceSystem.CHALK, "InsertIntegration")));
        failures.add(org.assertj.core.api.Assertions.catchThrowable(
                () -> assertThat(server).receivedNothing()));
        failures.add(org.assertj.core.api.Assertions.catchThrowable(() -> assertThat(server)
                .received(SourceSystem.CHALK, "InsertIntegration")
                .times(2)));
        failures.add(org.assertj.core.api.Assertions.catchThrowable(() -> assertThat(server)
                .received(SourceSystem.CHALK, "InsertIntegration")
                .withField("other", "config", "PGPASSWORD", "literal")));
        assertThat(failures)
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOf(AssertionError.class)
                        .hasMessageContaining("InsertIntegration")
                        .message()
                        .doesNotContain("planted-secret"));
        assertThatThrownBy(() -> assertThat(server).holds("two"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("one");
    }

    @Test
    @DisplayName("seeds data sources by a file")
    void seed(FakeServer server) {
        server.seed("""
                {"scopes": [{"id": "test", "dataSources": [
                  {"kind": "postgresql", "name": "orders", "config": {
                    "host": "db", "port": 5432, "ssl.enabled": true, "password": {"secretId": "db-password"}}},
                  {"kind": "MYSQL", "name": "shop", "displayName": "Shop", "config": {"MYSQL_HOST": "my"}}]},
                 {"id": "other", "name": "Other"}],
                 "tokens": [{"system": "databrain", "value": "dbn_live_abc", "scope": "test"},
                            {"system": "Basedash", "value": "bd_key_abc"}]}
                """.getBytes(StandardCharsets.UTF_8));
        assertThat(server.dataSources().get(0).config())
                .containsEntry("port", 5432L)
                .containsEntry("ssl.enabled", true)
                .containsEntry("password", LinkedSecretRef.of("db-password"));
        assertThat(client.list()).hasSize(2);
        assertThat(client.values(client.list().get(1).getId())).containsEntry("MYSQL_HOST", "my");
        assertThat(client.environment("other").list()).isEmpty();
        assertThat(new Rest(server, "dbn_live_abc").get("/api/v2/datasource").text())
                .contains("orders", "shop");
        assertThat(new Rest(server, "bd_key_abc")
                        .get("/api/public/organizations/other/data-sources")
                        .status())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("hears where a seed file is wrong, without the values in it")
    void wrongSeed(FakeServer server) {
        for (String json : List.of(
                "nonsense",
                "{\"scopes\": 7}",
                "{\"scopes\": [{}]}",
                "{\"tokens\": [{\"value\": \"planted-secret\"}]}",
                "{\"tokens\": [{\"system\": \"planted-secret\", \"value\": \"planted-secret\"}]}",
                "{\"tokens\": [{\"system\": \"chalk\", \"value\": \"planted-secret\", \"scope\": \"nowhere\"}]}",
                "{\"scopes\": [{\"id\": \"test\", \"dataSources\": [{\"kind\": \"mysql\", \"name\": \"x\","
                        + " \"config\": {\"password\": [\"planted-secret\"]}}]}]}")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> server.seed(json.getBytes(StandardCharsets.UTF_8)))
                    .satisfies(e -> assertThat(e.getMessage()).isNotEmpty().doesNotContain("planted-secret"));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> server.seed("nowhere", DataSourceDraft.of("mysql", "x")));
    }

    @Test
    @DisplayName("begins anew after a reset, with the same address and token")
    void reset(FakeServer server) {
        client.insert("MYSQL", "x", Map.of());
        server.next(5).drop();
        server.limit(SourceSystem.CHALK, 0, Duration.ofDays(1));
        server.revokeToken(server.token(SourceSystem.CHALK));
        server.chalk().tokenLifetime(Duration.ofSeconds(1));
        server.reset();
        assertThat(client.list()).isEmpty();
        assertThat(server.requests()).hasSize(1);
        assertThat(server.chalk().tokenLifetime()).isEqualTo(ChalkControls.DEFAULT_TOKEN_LIFETIME);
    }
}
