package dev.headwater.fakeserver;

import static dev.headwater.spi.SourceSystem.BASEDASH;
import static dev.headwater.spi.SourceSystem.DATABRAIN;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import dev.headwater.fakeserver.Rest.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Many clients of DataBrain's and Basedash's APIs at once")
class ManyClientsTest {

    private static final String DATASOURCE = "/api/v2/datasource";
    private static final String DATA_SOURCES =
            "/api/public/organizations/" + FakeServer.DEFAULT_SCOPE + "/data-sources";
    private static final int CLIENTS = 8;
    private static final int CALLS = 60;

    @Test
    @DisplayName("never see a failure of the server, and DataBrain's names stay unique")
    void together() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try (FakeServer server = FakeServer.start()) {
            List<Callable<Void>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int seed = i;
                clients.add(() -> calls(server, new Random(seed)));
            }
            for (Future<Void> client : threads.invokeAll(clients)) {
                client.get();
            }
            assertThat(server.awaitSyncs(Duration.ofSeconds(20))).isTrue();

            Set<String> names = new HashSet<>();
            for (JsonElement item : new Rest(server, DATABRAIN).get(DATASOURCE).array("data")) {
                String name = item.getAsJsonObject().get("name").getAsString();
                assertThat(name.startsWith("shared") || names.add(name))
                        .as(name)
                        .isTrue();
            }
            Reply list = new Rest(server, BASEDASH).get(DATA_SOURCES + "?limit=100");
            BasedashSchemas.assertValid("DataSourcePage", list.text());
            assertThat(list.text()).doesNotContain("PENDING");
            assertThat(server.requests()).hasSizeGreaterThanOrEqualTo(CLIENTS * CALLS);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Void calls(FakeServer server, Random random) {
        Rest databrain = new Rest(server, DATABRAIN);
        Rest basedash = new Rest(server, BASEDASH);
        for (int i = 0; i < CALLS; i++) {
            String name = "n" + random.nextInt(5);
            String credentials = "{\"datasourceType\": \"mysql\", \"credentials\": {\"name\": \"" + name
                    + "\", \"host\": \"h\", \"port\": 1, \"user\": \"u\", \"password\": \"p\"}}";
            Reply reply = switch (random.nextInt(7)) {
                case 0, 1 -> databrain.post(DATASOURCE, credentials);
                case 2 -> databrain.put(DATASOURCE, credentials);
                case 3 -> databrain.delete(DATASOURCE + "?datasourceName=" + name);
                case 4 ->
                    basedash.post(
                            DATA_SOURCES,
                            "{\"type\": \"direct\", \"dialect\": \"MYSQL\", \"displayName\": \"shared\"}");
                case 5 -> changed(basedash);
                default -> basedash.get(DATA_SOURCES + "?limit=3");
            };
            assertThat(reply.status()).as(reply.text()).isLessThan(500);
        }
        return null;
    }

    private static Reply changed(Rest basedash) {
        for (JsonElement item : basedash.get(DATA_SOURCES).array("data")) {
            String path = DATA_SOURCES + "/" + item.getAsJsonObject().get("id").getAsString();
            return path.hashCode() % 2 == 0 ? basedash.patch(path, "{\"host\": \"other\"}") : basedash.delete(path);
        }
        return basedash.get(DATA_SOURCES);
    }
}
