package dev.headwater.benchmarks.fakeserver;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.sun.management.OperatingSystemMXBean;
import com.sun.net.httpserver.HttpServer;
import dev.headwater.fakeserver.FakeServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * Measures how many requests a second are answered, on connections that stay open, the fake server and WireMock in turns.
 * The clients are in the same JVM. Both answer the same body and remember what they were asked; WireMock also without
 * that. Prints Markdown.
 */
final class Throughput {

    private static final int CLIENTS = 4;
    private static final int ROUNDS = 7;
    private static final long ROUND_NANOS = TimeUnit.SECONDS.toNanos(2);

    private Throughput() {}

    /** Measures; the first two rounds are for warming up. */
    public static void main(String[] arguments) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try (FakeServer headwater = Servers.headwater()) {
            int port = headwater.url().getPort();
            byte[] get = Servers.getRequest(headwater);
            byte[] list = Servers.listRequest(headwater);
            String body;
            try (RawHttp http = new RawHttp(port)) {
                http.call(get);
                body = http.body();
            }
            HttpServer bare = bare(body);
            WireMockServer remembering = Servers.wireMock(body, true);
            WireMockServer forgetting = Servers.wireMock(body, false);
            Map<String, List<Round>> rates = new LinkedHashMap<>();
            for (int round = 0; round < ROUNDS; round++) {
                boolean counts = round > 1;
                measure(rates, counts, "Headwater, Basedash's API", clients, port, get);
                measure(
                        rates,
                        counts,
                        "WireMock, without its journal",
                        clients,
                        forgetting.port(),
                        Servers.WIREMOCK_REQUEST);
                measure(rates, counts, "Headwater, Chalk's API over Connect", clients, port, list);
                measure(
                        rates,
                        counts,
                        "the JDK's bare server",
                        clients,
                        bare.getAddress().getPort(),
                        Servers.WIREMOCK_REQUEST);
                measure(rates, counts, "WireMock", clients, remembering.port(), Servers.WIREMOCK_REQUEST);
                remembering.resetRequests();
            }
            print(rates);
            bare.stop(0);
            remembering.stop();
            forgetting.stop();
        } finally {
            clients.shutdownNow();
        }
    }

    /** The server under the fake server, with as many threads, and nothing to do: what there is to gain. */
    private static HttpServer bare(String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newFixedThreadPool(64, work -> {
            Thread thread = new Thread(work);
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        server.start();
        return server;
    }

    /** What one round came to: requests a second, and the microseconds of all cores that one took, the client's too. */
    private record Round(double rate, double cpuMicros) {}

    private static void print(Map<String, List<Round>> rates) {
        System.out.println("| " + CLIENTS
                + " clients | requests a second | times WireMock | CPU a request |\n|---|---:|---:|---:|");
        double peer = median(rates, "WireMock", Round::rate);
        for (String what : rates.keySet()) {
            double rate = median(rates, what, Round::rate);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %,.0f | %.2f | %.0f us |%n",
                    what,
                    rate,
                    rate / peer,
                    median(rates, what, Round::cpuMicros));
        }
    }

    private static double median(Map<String, List<Round>> rates, String what, ToDoubleFunction<Round> number) {
        double[] sorted = rates.getOrDefault(what, List.of()).stream()
                .mapToDouble(number)
                .sorted()
                .toArray();
        return sorted[sorted.length / 2];
    }

    private static void measure(
            Map<String, List<Round>> rates,
            boolean counts,
            String what,
            ExecutorService clients,
            int port,
            byte[] request)
            throws InterruptedException, ExecutionException {
        long cpu = cpuNanos();
        long begin = System.nanoTime();
        List<Future<Long>> calls = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            calls.add(clients.submit(() -> calls(port, request, begin + ROUND_NANOS)));
        }
        long sum = 0;
        for (Future<Long> call : calls) {
            sum += call.get();
        }
        if (counts) {
            rates.computeIfAbsent(what, any -> new ArrayList<>())
                    .add(new Round(sum * 1e9 / (System.nanoTime() - begin), (cpuNanos() - cpu) / 1e3 / sum));
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static long calls(int port, byte[] request, long end) {
        try (RawHttp http = new RawHttp(port)) {
            long calls = 0;
            while (System.nanoTime() < end) {
                if (http.call(request) != 200) {
                    throw new IllegalStateException(http.body());
                }
                calls++;
            }
            return calls;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
