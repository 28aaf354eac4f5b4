package dev.headwater.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.cloud.ServiceOptions;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.mongodb.client.MongoClient;
import dev.headwater.core.BackgroundSettings;
import dev.headwater.core.DataSourceDraft;
import dev.headwater.core.DataSourceRegistry;
import dev.headwater.core.DataSources;
import dev.headwater.spi.ClientState;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.FailureCode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;

/** What a registry hands out for each kind, as its users take it. */
@DisplayName("The client of a data source of kind")
@ParameterizedClass(name = "{0}")
@MethodSource("dev.headwater.connectors.EveryKindTest#kinds")
class EveryClientTest {

    private static final int SIZE = 2;

    /** Of kinds whose config does not say. */
    private static final int DEFAULT_SIZE = 10;

    private final DataSourceRegistry registry;
    private final DataSources sources;
    private final int size;

    EveryClientTest(KindFacts facts) {
        Map<String, Object> config = facts.fixture().workingConfig();
        this.registry = DataSourceRegistry.builder()
                .connectors(List.of(new BesideTheConfig(facts.fixture().connector(), config)))
                .background(BackgroundSettings.off())
                .build();
        this.sources = registry.environment("production");
        Map<String, Object> known = new LinkedHashMap<>(config);
        known.keySet().removeIf(key -> key.startsWith(BesideTheConfig.PREFIX));
        DataSourceDraft draft = DataSourceDraft.of(facts.kind(), "every").withConfig(known);
        boolean sized = registry.kinds().find(facts.kind()).orElseThrow().fields().stream()
                .anyMatch(field -> field.key().equals("pool.max_size"));
        this.size = sized ? SIZE : DEFAULT_SIZE;
        DataSourceRecord unused = sources.create(sized ? draft.with("pool.max_size", SIZE) : draft);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private Object client() {
        return sources.connections().client("every", Object.class);
    }

    private ClientState state() {
        return sources.connections().state("every").orElseThrow();
    }

    @Test
    @DisplayName(
            "gives out as many connections as pool.max_size says, if it is a pool, and shows who waits for the next")
    void size() throws Exception {
        if (client() instanceof DataSource pool) {
            List<Connection> connections = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                connections.add(connection(pool));
            }
            CompletableFuture<Connection> next = CompletableFuture.supplyAsync(() -> connection(pool));
            Await.until(() -> state().waiting() == 1 || next.isDone());
            assertThat(next).isNotDone();
            assertThat(state().inUse()).isEqualTo(size);
            connections.remove(0).close();
            connections.add(next.get(30, TimeUnit.SECONDS));
            for (Connection connection : connections) {
                connection.close();
            }
            assertThat(state().inUse()).isZero();
        }
    }

    private static Connection connection(DataSource pool) {
        try {
            return pool.getConnection();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @DisplayName("works until its registry closes, and no longer")
    void closes() {
        Object client = client();
        // Files have nothing to close.
        if (!(client instanceof Path)) {
            ThrowingCallable use = use(client);
            assertThat(catchThrowable(use)).as("use").isNull();
            registry.close();
            assertThatThrownBy(use).as("use after the registry closed").isNotNull();
        }
    }

    /** {@return something small to do with a client, which fails when it is closed} */
    private static ThrowingCallable use(Object client) {
        if (client instanceof DataSource pool) {
            return () -> pool.getConnection().close();
        } else if (client instanceof QueryClient queries) {
            return () -> unlessClosed(() -> queries.query("select 1", Duration.ofSeconds(10)));
        } else if (client instanceof SearchClient search) {
            return () -> unlessClosed(() -> search.send("GET", "/", null));
        } else if (client instanceof KafkaClients kafka) {
            return () -> {
                try (Admin admin = kafka.admin()) {
                    assertThat(admin.describeCluster().clusterId().get()).isNotBlank();
                }
            };
        } else if (client instanceof MongoClient mongo) {
            return () -> mongo.listDatabaseNames().first();
        } else if (client instanceof DynamoDbClient dynamo) {
            return dynamo::listTables;
        } else if (client instanceof S3Client s3) {
            return s3::listBuckets;
        } else if (client instanceof KinesisClient kinesis) {
            return kinesis::listStreams;
        } else if (client instanceof AthenaClient athena) {
            return () -> athena.getWorkGroup(request -> request.workGroup("primary"));
        } else if (client instanceof BigQuery bigQuery) {
            return bigQuery.getOptions().toBuilder()
                    .setRetrySettings(ServiceOptions.getNoRetrySettings())
                    .build()
                    .getService()::listDatasets;
        } else if (client instanceof SubscriptionAdminClient pubSub) {
            return () -> assertThat(pubSub.isShutdown()).isFalse();
        }
        throw new AssertionError("no use for a " + client.getClass());
    }

    /** Lets pass whatever a stub without an engine says. */
    private static void unlessClosed(Runnable use) {
        try {
            use.run();
        } catch (ConnectorException e) {
            if (e.failure() == FailureCode.CANCELLED) {
                throw e;
            }
        }
    }
}
