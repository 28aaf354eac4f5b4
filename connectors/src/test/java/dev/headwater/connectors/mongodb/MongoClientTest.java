package dev.headwater.connectors.mongodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.mongodb.MongoTimeoutException;
import com.mongodb.client.MongoClient;
import dev.headwater.connectors.Await;
import dev.headwater.connectors.Connectors;
import dev.headwater.connectors.Targets;
import dev.headwater.connectors.TestLog;
import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.NetworkPolicy;
import dev.headwater.spi.ResolvedConfig;
import dev.headwater.spi.SecretValue;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.Document;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The client of a MongoDB source")
class MongoClientTest {

    private static final MongoProcess SERVER = MongoProcess.get();

    private static ConnectorClient client(Map<String, Object> config, NetworkPolicy policy, Duration timeout) {
        var target = new ConnectionTarget("mongodb", ResolvedConfig.of(config), policy, timeout, new Cancellation());
        return Connectors.mongodb().client(target, new ClientSettings("mongo", 2));
    }

    private static ConnectorClient client(Map<String, Object> config) {
        return client(config, NetworkPolicy.refuseLinkLocal(), Duration.ofSeconds(20));
    }

    private static Document ping(MongoClient client) {
        return client.getDatabase("admin").runCommand(new Document("ping", 1));
    }

    private static Set<Thread> driverThreads() {
        Set<Thread> found = ConcurrentHashMap.newKeySet();
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("cluster-")
                        || thread.getName().startsWith("headwater-proxy-"))
                .forEach(found::add);
        return found;
    }

    @Test
    @DisplayName("is the vendor's own, logged in, with TLS, and counts what is in use")
    void works() {
        Map<String, Object> config = SERVER.config();
        config.put("extraProperties.readPreference", "primaryPreferred");
        config.put("extraProperties.retryReads", "false");
        try (ConnectorClient client = client(config)) {
            MongoClient mongo = (MongoClient) client.client();
            var collection = mongo.getDatabase("client").getCollection("things");
            collection.insertOne(new Document("_id", "x"));
            try (var cursor = collection.find().batchSize(1).iterator()) {
                assertThat(cursor.next()).containsEntry("_id", "x");
            }
            Await.until(() -> client.inUse() == 0);
            mongo.close();
            assertThat(collection.countDocuments()).isEqualTo(1);
            assertThat(mongo).hasToString("MongoClient[mongo]").isEqualTo(mongo);
        }
    }

    @Test
    @DisplayName("leaves no thread behind when it is closed, and is of no more use")
    void closes() {
        Set<Thread> before = driverThreads();
        ConnectorClient client = client(SERVER.config());
        MongoClient mongo = (MongoClient) client.client();
        assertThat(ping(mongo)).containsKey("ok");
        client.retire();
        assertThat(ping(mongo)).containsKey("ok");
        client.close();
        Await.until(() -> before.containsAll(driverThreads()));
        assertThatThrownBy(() -> ping(mongo)).isInstanceOf(IllegalStateException.class);
        ConnectorClient unused = client(SERVER.config());
        unused.close();
        assertThatThrownBy(() -> ping((MongoClient) unused.client()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    @DisplayName("goes nowhere where the policy does not allow it, and asks with the port")
    void policy() {
        Set<Integer> asked = ConcurrentHashMap.newKeySet();
        NetworkPolicy none = (host, address, port) -> {
            asked.add(port);
            return false;
        };
        try (ConnectorClient client = client(SERVER.config(), none, Duration.ofMillis(500))) {
            MongoClient mongo = (MongoClient) client.client();
            assertThatThrownBy(() -> mongo.listDatabaseNames().first()).isInstanceOf(MongoTimeoutException.class);
            assertThat(asked).containsExactly(SERVER.tlsPort());
        }
    }

    @Test
    @DisplayName("tells nowhere what password it was given, be it right or wrong")
    void secrets() throws Exception {
        StringWriter seen = new StringWriter();
        PrintWriter out = new PrintWriter(seen, true);
        Map<String, Object> config = SERVER.config();
        for (String password : new String[] {MongoProcess.PASSWORD, "pl4nted pass word"}) {
            config.put("password", SecretValue.of(password));
            try (ConnectorSession session = Connectors.mongodb().open(Targets.target("mongodb", config))) {
                out.println(session);
                out.println(session.probe());
            } catch (ConnectorException e) {
                e.printStackTrace(out);
            }
            try (ConnectorClient client = client(config)) {
                out.println(client);
                Throwable failure = catchThrowable(() ->
                        ((MongoClient) client.client()).listDatabaseNames().first());
                if (failure != null) {
                    failure.printStackTrace(out);
                }
            }
        }
        assertThat(TestLog.contains("org.mongodb.driver")).isTrue();
        for (String secret : new String[] {MongoProcess.PASSWORD, "pl4nted"}) {
            assertThat(TestLog.contains(secret)).isFalse();
            assertThat(seen.toString().contains(secret)).isFalse();
        }
    }
}
