package dev.headwater.connectors.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import dev.headwater.connectors.rest.HttpStub.Reply;
import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.PreviewMessage;
import dev.headwater.spi.ResolvedConfig;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Pub/Sub")
class PubSubTest {

    private final PubSubFixture fixture = new PubSubFixture();

    @AfterEach
    void asBefore() {
        PubSubFixture.stub().instead(null);
    }

    @Test
    @DisplayName("shows topics and subscriptions with the fields of their schemas, over pages")
    void schema() {
        List<TableSchema> tables = Connecting.tables(fixture, Map.of());
        assertThat(tables)
                .extracting(
                        TableSchema::name,
                        TableSchema::type,
                        table -> table.columns().size())
                .containsExactly(
                        Assertions.tuple("clicks", TableType.TOPIC, 4),
                        Assertions.tuple("orders", TableType.TOPIC, 4),
                        Assertions.tuple("plain", TableType.TOPIC, 0),
                        Assertions.tuple("odd", TableType.TOPIC, 0),
                        Assertions.tuple("clicks-app", TableType.STREAM, 4),
                        Assertions.tuple("watched", TableType.STREAM, 0));
        assertThat(tables.get(1).columns())
                .extracting(ColumnSchema::name, ColumnSchema::type)
                .containsExactly(
                        Assertions.tuple("id", CanonicalType.TEXT),
                        Assertions.tuple("lines", CanonicalType.ARRAY),
                        Assertions.tuple("labels", CanonicalType.MAP),
                        Assertions.tuple("at", CanonicalType.TIMESTAMP_WITH_ZONE));
    }

    @Test
    @DisplayName("shows only its subscription to who may not list")
    void listingDenied() {
        PubSubFixture.stub().instead(asked -> {
            if (asked.path().equals("/token")) {
                return Reply.json("{\"access_token\":\"" + GoogleStub.TOKEN + "\"}");
            }
            return asked.path().endsWith("/topics")
                    ? GoogleStub.error(403, "PERMISSION_DENIED", "User not authorized")
                    : PubSubFixture.answer(asked);
        });
        assertThat(Connecting.tables(fixture, Map.of()))
                .extracting(TableSchema::name)
                .containsExactly("clicks-app");
    }

    @Test
    @DisplayName("shows messages in their order, and gives them back")
    void preview() {
        try (ConnectorSession session = Connecting.open(fixture, Map.of())) {
            List<PreviewMessage> messages = session.preview(2);
            assertThat(messages).hasSize(2);
            assertThat(messages.get(0).offset()).isEqualTo("2");
            assertThat(messages.get(1).value()).contains("click 3".getBytes(StandardCharsets.UTF_8));
            assertThat(messages.get(1).timestamp()).contains(Instant.parse("2026-01-03T00:00:00.5Z"));
            assertThat(PubSubFixture.out()).isEmpty();
            assertThat(session.preview(9).get(0).key()).contains(new byte[] {'k'});
            assertThat(PubSubFixture.out()).isEmpty();
        }
    }

    @Test
    @DisplayName("pulls nothing where a look would count towards the dead letter topic")
    void deadLetters() {
        PubSubFixture.stub().forget();
        try (ConnectorSession session = Connecting.open(fixture, Map.of("subscription", "watched"))) {
            assertThat(session.preview(2)).isEmpty();
        }
        assertThat(PubSubFixture.stub().asked()).noneMatch(asked -> asked.path().endsWith(":pull"));
    }

    @Test
    @DisplayName("says that a topic was deleted")
    void orphan() {
        ConnectorException failure = Connecting.failure(fixture, Map.of("subscription", "orphan"));
        assertThat(failure.failure()).isEqualTo(FailureCode.NO_SUCH_DATABASE);
        assertThat(failure).hasMessageContaining("topic").hasMessageContaining("deleted");
    }

    @ParameterizedTest(name = "{0} {1} is {2}")
    @CsvSource({
        "400, INVALID_ARGUMENT, FAILED",
        "401, UNAUTHENTICATED, WRONG_CREDENTIALS",
        "403, PERMISSION_DENIED, PERMISSION_DENIED",
        "404, NOT_FOUND, NO_SUCH_DATABASE",
        "429, RESOURCE_EXHAUSTED, FAILED",
        "503, UNAVAILABLE, FAILED"
    })
    @DisplayName("has its errors told by a code")
    void errors(int status, String name, FailureCode expected) {
        PubSubFixture.stub()
                .instead(asked -> asked.path().equals("/token")
                        ? Reply.json("{\"access_token\":\"" + GoogleStub.TOKEN + "\"}")
                        : GoogleStub.error(status, name, "Sorry"));
        ConnectorException failure = Connecting.failure(fixture, Map.of());
        assertThat(failure.failure()).isEqualTo(expected);
        assertThat(failure).hasMessageContaining("Sorry");
    }

    @Test
    @DisplayName("needs a key, or an emulator, which gets no credentials and no TLS")
    void emulator() {
        Map<String, Object> bare = Map.of("project", GoogleStub.PROJECT, "subscription", "clicks-app");
        ConnectionTarget without = target(ResolvedConfig.of(bare));
        assertThat(Connecting.failure(() -> fixture.connector().open(without)))
                .hasMessageContaining("lets no data source use its own Google identity");
        try (HttpStub emulator = new HttpStub(asked -> {
            assertThat(asked.header("Authorization")).isEmpty();
            return PubSubFixture.answer(asked);
        })) {
            Map<String, Object> config = Map.of(
                    "project",
                    GoogleStub.PROJECT,
                    "subscription",
                    "clicks-app",
                    "emulator_host",
                    "127.0.0.1:" + emulator.port());
            try (ConnectorSession session = fixture.connector().open(target(ResolvedConfig.of(config)))) {
                assertThat(session.probe()).contains("clicks-app");
            }
        }
    }

    private static ConnectionTarget target(ResolvedConfig config) {
        return new ConnectionTarget(
                "pubsub", config, (host, address, port) -> true, java.time.Duration.ofSeconds(20), new Cancellation());
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "a:1,b:2", "http://a:1", "a/b:1", "a:99999", "user@a:1"})
    @DisplayName("takes one host and port as an emulator, and nothing else")
    void hostileEmulator(String host) {
        assertThat(Connecting.failure(fixture, Map.of("emulator_host", host)).failure())
                .isEqualTo(FailureCode.INVALID_CONFIG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "..", "x:pull", "a b", "a?b=c"})
    @DisplayName("takes no names that could lead elsewhere")
    void hostileNames(String name) {
        assertThat(Connecting.failure(fixture, Map.of("subscription", name)).failure())
                .isEqualTo(FailureCode.INVALID_CONFIG);
    }

    @Test
    @DisplayName("hands out the vendor's client, whose gRPC goes only where the policy allows")
    void client() {
        AtomicBoolean asked = new AtomicBoolean();
        ConnectionTarget open = Connecting.target(fixture, Map.of("emulator_host", "127.0.0.1:1"));
        ConnectionTarget target = new ConnectionTarget(
                open.kind(),
                open.config(),
                (host, address, port) -> {
                    asked.set(address.isLoopbackAddress() && port == 1);
                    return false;
                },
                open.timeout(),
                new Cancellation());
        try (ConnectorClient made = fixture.connector().client(target, new ClientSettings("ps", 1))) {
            SubscriptionAdminClient client = (SubscriptionAdminClient) made.client();
            var once = client.getStub().getSubscriptionCallable();
            var request = com.google.pubsub.v1.GetSubscriptionRequest.newBuilder()
                    .setSubscription("projects/p/subscriptions/s")
                    .build();
            var context = com.google.api.gax.grpc.GrpcCallContext.createDefault()
                    .withTimeoutDuration(java.time.Duration.ofSeconds(5))
                    .withRetryableCodes(java.util.Set.of());
            assertThatThrownBy(() -> once.call(request, context))
                    .isInstanceOf(com.google.api.gax.rpc.ApiException.class);
            assertThat(asked).isTrue();
        }
    }
}
