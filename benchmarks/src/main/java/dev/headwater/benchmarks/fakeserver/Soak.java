package dev.headwater.benchmarks.fakeserver;

import dev.headwater.fakeserver.FakeServer;
import dev.headwater.spi.SourceSystem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Calls a fake server a thousand times a second for a minute (data sources are made, changed, tested, listed and deleted over
 * Connect) and fails if its memory grows. Prints the heap that is in use after a collection, every ten seconds.
 */
final class Soak {

    private static final int CLIENTS = 4;
    private static final int CALLS_EACH_TURN = 5;
    private static final int SECONDS = 60;

    private Soak() {}

    /** Runs, and ends with 1 if memory grew by more than a quarter and 4 MB after the first 20 seconds. */
    public static void main(String[] arguments) throws Exception {
        AtomicLong calls = new AtomicLong();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        ScheduledExecutorService clients = Executors.newScheduledThreadPool(CLIENTS);
        List<Future<?>> turns = new ArrayList<>();
        boolean flat;
        try (FakeServer server = Servers.headwater()) {
            for (int i = 0; i < CLIENTS; i++) {
                Client client = new Client(server, "client_" + i);
                Runnable turn = () -> {
                    try {
                        client.turn();
                        calls.addAndGet(CALLS_EACH_TURN);
                    } catch (IOException | RuntimeException e) {
                        failure.compareAndSet(null, e);
                    }
                };
                // five calls of each of four clients every 20 ms
                turns.add(clients.scheduleAtFixedRate(turn, 5L * i, 20, TimeUnit.MILLISECONDS));
            }
            long begin = System.nanoTime();
            long early = 0;
            long late = 0;
            for (int second = 10; second <= SECONDS; second += 10) {
                clients.schedule(() -> {}, begin + second * 1_000_000_000L - System.nanoTime(), TimeUnit.NANOSECONDS)
                        .get();
                late = heap();
                early = second == 20 ? late : early;
                System.out.printf("%d s: %,d calls, %,d KB of heap in use%n", second, calls.get(), late / 1024);
            }
            flat = late - early < Math.max(early / 4, 4 << 20);
            turns.forEach(turn -> turn.cancel(false));
            clients.shutdown();
            if (!clients.awaitTermination(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("calls are still under way");
            }
        } finally {
            clients.shutdownNow();
        }
        if (failure.get() != null) {
            throw new IllegalStateException("a call failed", failure.get());
        }
        System.out.println(flat ? "flat" : "memory grew");
        System.exit(flat ? 0 : 1);
    }

    private static long heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static final class Client {

        private final RawHttp http;
        private final String token;
        private final String name;

        private Client(FakeServer server, String name) throws IOException {
            this.http = new RawHttp(server.url().getPort());
            this.token = server.token(SourceSystem.CHALK);
            this.name = name;
        }

        private void turn() throws IOException {
            call(
                    "InsertIntegration",
                    "{\"name\":\"" + name + "\",\"integrationKind\":13,\"config\":{\"PGHOST\":{\"literal\":\"db\"}}}");
            String body = http.body();
            int at = body.indexOf("\"id\":\"") + 6;
            String id = body.substring(at, body.indexOf('"', at));
            call("UpdateIntegration", "{\"integrationId\":\"" + id + "\",\"config\":{\"PGPORT\":{\"literal\":\"1\"}}}");
            call("TestIntegration", "{\"integrationId\":\"" + id + "\"}");
            call("ListIntegrations", "{}");
            call("DeleteIntegration", "{\"id\":\"" + id + "\"}");
        }

        private void call(String method, String json) throws IOException {
            int status =
                    http.call(RawHttp.request("POST", "/chalk.server.v1.IntegrationsService/" + method, token, json));
            if (status != 200) {
                throw new IllegalStateException(method + ": " + http.body());
            }
        }
    }
}
