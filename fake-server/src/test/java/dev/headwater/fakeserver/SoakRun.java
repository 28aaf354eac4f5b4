package dev.headwater.fakeserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import dev.headwater.fakeserver.Rest.Reply;
import dev.headwater.fakeserver.internal.chalk.wire.DeleteIntegrationRequest;
import dev.headwater.fakeserver.internal.chalk.wire.TestIntegrationRequest;
import dev.headwater.spi.SourceSystem;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Four clients, one for each of gRPC, Connect, DataBrain's and Basedash's APIs, that together call a thousand times a second:
 * data sources are made, changed, read, listed and deleted.
 */
final class SoakRun {

    private static final int CALLS_OF_A_TURN = 5;
    private static final int MILLIS_OF_A_TURN = 20;

    private SoakRun() {}

    /**
     * What came of it.
     *
     * @param wanted how many calls there were to be
     * @param calls how many had been answered when the time was over
     * @param slowest the longest that five calls, one after the other, took
     * @param heaps bytes in use after a collection, at the end of each sixth of the time
     */
    record Report(int wanted, int calls, Duration slowest, List<Long> heaps) {

        @Override
        public String toString() {
            return "%,d of %,d calls, the slowest five in %,d ms, heap in use (KB): %s"
                    .formatted(
                            calls,
                            wanted,
                            slowest.toMillis(),
                            heaps.stream().map(bytes -> bytes / 1024).toList());
        }
    }

    /** Something that makes five calls and leaves nothing behind. */
    @FunctionalInterface
    private interface Turn {

        void run() throws Exception;
    }

    /** Runs for so many seconds, and fails if a call does. */
    static Report run(int seconds) throws Exception {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        AtomicInteger calls = new AtomicInteger();
        AtomicReference<Duration> slowest = new AtomicReference<>(Duration.ZERO);
        List<Long> heaps = new ArrayList<>();
        ScheduledExecutorService clients = Executors.newScheduledThreadPool(4);
        try (FakeServer server = FakeServer.start();
                ChalkClient grpc = new ChalkClient(server)) {
            List<Turn> turns = List.of(() -> grpc(grpc), connect(server), databrain(server), basedash(server));
            for (Turn turn : turns) {
                turn.run(); // warm
            }
            CountDownLatch failed = new CountDownLatch(1);
            for (int i = 0; i < turns.size(); i++) {
                Turn turn = turns.get(i);
                Runnable timed = () -> {
                    try {
                        long begin = System.nanoTime();
                        turn.run();
                        Duration took = Duration.ofNanos(System.nanoTime() - begin);
                        slowest.accumulateAndGet(took, (a, b) -> a.compareTo(b) < 0 ? b : a);
                        calls.addAndGet(CALLS_OF_A_TURN);
                    } catch (Throwable e) {
                        failure.compareAndSet(null, e);
                        failed.countDown();
                    }
                };
                clients.scheduleAtFixedRate(timed, 5L * i, MILLIS_OF_A_TURN, TimeUnit.MILLISECONDS);
            }
            long begin = System.nanoTime();
            for (int sixth = 1; sixth <= 6 && failed.getCount() > 0; sixth++) {
                long end = begin + TimeUnit.SECONDS.toNanos(seconds) * sixth / 6;
                failed.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                heaps.add(heap());
            }
            int answered = calls.get();
            clients.shutdown();
            assertThat(clients.awaitTermination(20, TimeUnit.SECONDS))
                    .as("the clients ended")
                    .isTrue();
            assertThat(failure.get()).as("a call that failed").isNull();
            assertThat(server.awaitSyncs(Duration.ofSeconds(20))).isTrue();
            assertThat(server.dataSources()).isEmpty();
            int wanted = seconds * 1_000 / MILLIS_OF_A_TURN * CALLS_OF_A_TURN * turns.size();
            return new Report(wanted, answered, slowest.get(), heaps);
        } finally {
            clients.shutdownNow();
        }
    }

    private static long heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static void grpc(ChalkClient client) {
        String id = client.insert("POSTGRESQL", "via_grpc", Map.of("PGHOST", "db", "PGPASSWORD", "secret"))
                .getId();
        client.update(id, "", Map.of("PGPORT", "5432"));
        client.integrations()
                .testIntegration(
                        TestIntegrationRequest.newBuilder().setIntegrationId(id).build());
        client.list();
        client.integrations()
                .deleteIntegration(
                        DeleteIntegrationRequest.newBuilder().setId(id).build());
    }

    private static Turn connect(FakeServer server) {
        Connect client = new Connect(server);
        return () -> {
            String id = ok(client.call("InsertIntegration", "{\"name\":\"via_connect\",\"integrationKind\":11}"))
                    .getAsJsonObject()
                    .getAsJsonObject("integration")
                    .get("id")
                    .getAsString();
            String named = "{\"integrationId\":\"" + id + "\"";
            ok(client.call("UpdateIntegration", named + ",\"config\":{\"MYSQL_HOST\":{\"literal\":\"db\"}}}"));
            ok(client.call("GetIntegration", named + "}"));
            ok(client.call("ListIntegrations", "{}"));
            ok(client.call("DeleteIntegration", "{\"id\":\"" + id + "\"}"));
        };
    }

    private static JsonElement ok(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JsonParser.parseString(response.body());
    }

    private static Turn databrain(FakeServer server) {
        Rest client = new Rest(server, SourceSystem.DATABRAIN);
        String path = "/api/v2/datasource";
        String body = "{\"datasourceType\": \"mysql\", \"credentials\": {\"name\": \"via_databrain\", \"host\": \"h\","
                + " \"port\": 1, \"user\": \"u\", \"password\": \"p\"}}";
        return () -> {
            ok(client.post(path, body));
            ok(client.put(path, body));
            ok(client.get(path + "?isPagination=true"));
            ok(client.get(path + "/schema?datasourceName=via_databrain"));
            ok(client.delete(path + "?datasourceName=via_databrain"));
        };
    }

    private static Turn basedash(FakeServer server) {
        Rest client = new Rest(server, SourceSystem.BASEDASH);
        String path = "/api/public/organizations/" + FakeServer.DEFAULT_SCOPE + "/data-sources";
        return () -> {
            String source = path + "/"
                    + ok(client.post(path, "{\"type\": \"direct\", \"dialect\": \"MYSQL\", \"displayName\": \"shop\"}"))
                            .text("data", "id");
            ok(client.patch(source, "{\"host\": \"db\"}"));
            ok(client.get(source));
            ok(client.get(path));
            ok(client.delete(source));
        };
    }

    private static Reply ok(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isBetween(200, 201);
        return reply;
    }
}
