package dev.headwater.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.NetworkPolicy;
import dev.headwater.spi.PreviewMessage;
import dev.headwater.spi.ResolvedConfig;
import dev.headwater.spi.TableList;
import dev.headwater.testkit.FaultyServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Watches all that a kind connects to while it is tested, read and worked with: the test server counts what it accepts, the
 * policy notes what it is asked, and a {@link SocketWatch} sees the other sockets of the JVM before they connect.
 */
@DisplayName("On the network, a connector of kind")
@ParameterizedClass(name = "{0}")
@MethodSource("kinds")
class EveryKindStaysOnItsWayTest {

    private static final int MAX_TABLES = 1_000;

    /** Their logins are signed for one address, so nothing can stand in front of their stubs and count. */
    private static final Set<String> UNCOUNTED = Set.of("bigquery", "pubsub", "spanner");

    private final SocketWatch watch = new SocketWatch();
    private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
    private final KindFixture fixture;
    private final Connector connector;

    EveryKindStaysOnItsWayTest(KindFacts facts) {
        fixture = facts.fixture();
        connector = fixture.connector();
    }

    /** What the policy was asked, and so what is connected to next if it said yes. */
    private record Asked(InetAddress address, int port) {}

    static Stream<KindFacts> kinds() {
        return KindFacts.all().stream();
    }

    @BeforeEach
    void begin() {
        // Test servers start with the first config, and may connect to themselves until they are up.
        fixture.workingConfig();
        watch.begin();
    }

    @AfterEach
    void end() {
        watch.end();
    }

    private ConnectionTarget target(Map<String, Object> changes) {
        Map<String, Object> config = new LinkedHashMap<>(fixture.workingConfig());
        config.putAll(changes);
        NetworkPolicy loopbackOnly = (host, address, port) -> {
            asked.add(new Asked(address, port));
            return address.isLoopbackAddress();
        };
        return new ConnectionTarget(
                fixture.kind(), ResolvedConfig.of(config), loopbackOnly, Targets.TIMEOUT, new Cancellation());
    }

    @Test
    @DisplayName("asks the policy about each connection that its server sees, and makes no others")
    void asks() throws Exception {
        connector.reach(target(Map.of()));
        if (fixture.atPort(1).isEmpty()) {
            work(target(Map.of()));
            assertThat(asked).isEmpty();
            assertThat(watch.past()).isEmpty();
            return;
        }
        Asked upstream = asked.remove();
        if (UNCOUNTED.contains(fixture.kind())) {
            work(target(Map.of()));
            assertThat(asked).isNotEmpty();
            assertThat(watch.past(upstream.port())).isEmpty();
            return;
        }
        try (FaultyServer server = FaultyServer.inFrontOf(new InetSocketAddress(upstream.address(), upstream.port()))) {
            asked.clear();
            work(target(sent(server.port())));
            long allowed =
                    asked.stream().filter(one -> one.port() == server.port()).count();
            assertThat(server.accepted())
                    .as("connections that the server saw")
                    .isPositive()
                    .isLessThanOrEqualTo((int) allowed);
            assertThat(watch.past(server.port(), upstream.port()))
                    .as("connections past the policy")
                    .isEmpty();
        }
    }

    /** {@return changes that lead to a port, by the name that the certificate of the test server has} */
    private Map<String, Object> sent(int port) {
        Map<String, Object> changes = new LinkedHashMap<>(fixture.atPort(port).orElseThrow());
        changes.replaceAll((key, value) ->
                String.valueOf(fixture.workingConfig().get(key)).contains("localhost") && value instanceof String text
                        ? text.replace("127.0.0.1", "localhost")
                        : value);
        return changes;
    }

    private void work(ConnectionTarget target) throws Exception {
        connector.reach(target);
        try (ConnectorSession session = connector.open(target)) {
            assertThat(session.probe()).isNotBlank();
            TableList tables = session.readTables(MAX_TABLES, count -> {});
            assertThat(tables.tables()).contains(fixture.knownTable());
            List<PreviewMessage> messages = session.preview(2);
            assertThat(messages).hasSizeLessThanOrEqualTo(2);
        }
        try (ConnectorClient client = connector.client(target, new ClientSettings("way", 2))) {
            use(client.client());
        }
    }

    /** Kafka's clients are left out: they ask about addresses when they are made, which has a test of its own. */
    private static void use(Object client) throws Exception {
        if (client instanceof DataSource pool) {
            try (Connection first = pool.getConnection();
                    Connection second = pool.getConnection()) {
                assertThat(first).isNotSameAs(second);
            }
        } else if (client instanceof QueryClient queries) {
            try {
                assertThat(queries.query("select 1", Duration.ofSeconds(10))).isNotNull();
            } catch (ConnectorException e) {
                // Not every stub has an engine.
                assertThat(e.getMessage()).isNotBlank();
            }
        } else if (client instanceof SearchClient search) {
            assertThat(search.send("GET", "/", null)).isNotNull();
        } else if (client instanceof MongoClient mongo) {
            assertThat(mongo.listDatabaseNames().first()).isNotBlank();
        } else if (client instanceof DynamoDbClient dynamo) {
            assertThat(dynamo.listTables().hasTableNames()).isTrue();
        } else if (client instanceof S3Client s3) {
            assertThat(s3.listBuckets().hasBuckets()).isTrue();
        } else if (client instanceof KinesisClient kinesis) {
            assertThat(kinesis.listStreams().hasStreamNames()).isTrue();
        }
    }
}
