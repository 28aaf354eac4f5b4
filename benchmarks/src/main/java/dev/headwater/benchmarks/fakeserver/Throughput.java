package dev.headwater.benchmarks.fakeserver;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.sun.management.OperatingSystemMXBean;
import com.sun.net.httpserver.HttpServer;
import dev.headwater.fakeserver.FakeServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
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
        try (FakeServer headwater = Headwater.start()) {
            int port = headwater.url().getPort();
            byte[] get = Headwater.getRequest(headwater);
            byte[] list = Headwater.listRequest(headwater);
            String body;
            try (RawHttp http = new RawHttp(port)) {
                http.call(get);
                body = http.body();
            }
            HttpServer bare = bare(body);
            WireMockServer remembering = WireMockPeer.start(body, true);
            WireMockServer forgetting = WireMockPeer.start(body, false);
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
                        WireMockPeer.REQUEST);
                measure(rates, counts, "Headwater, Chalk's API over Connect", clients, port, list);
                measure(
                        rates,
                        counts,
                        "the JDK's bare server",
                        clients,
                        bare.getAddress().getPort(),
                        WireMockPeer.REQUEST);
                measure(rates, counts, "WireMock", clients, remembering.port(), WireMockPeer.REQUEST);
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

    /** The server that comes with the JDK, with nothing to do. */
    private static HttpServer bare(String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        // read once, when the first of its classes is loaded; without it answers wait for 40 ms
        System.setProperty("sun.net.httpserver.nodelay", "true");
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

    /** What one round came to: requests a second, and the microseconds of all cores that one took, the client's apart. */
    private record Round(double rate, double serverMicros, double clientMicros) {}

    private static void print(Map<String, List<Round>> rates) {
        System.out.println("| " + CLIENTS
                + " clients | requests a second | times WireMock | CPU of the server | of the client |\n"
                + "|---|---:|---:|---:|---:|");
        double peer = median(rates, "WireMock", Round::rate);
        for (String what : rates.keySet()) {
            double rate = median(rates, what, Round::rate);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %,.0f | %.2f | %.0f us | %.0f us |%n",
                    what,
                    rate,
                    rate / peer,
                    median(rates, what, Round::serverMicros),
                    median(rates, what, Round::clientMicros));
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
        List<Future<Calls>> calls = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            calls.add(clients.submit(() -> calls(port, request, begin + ROUND_NANOS)));
        }
        long sum = 0;
        long clientCpu = 0;
        for (Future<Calls> call : calls) {
            sum += call.get().count();
            clientCpu += call.get().cpuNanos();
        }
        if (counts) {
            rates.computeIfAbsent(what, any -> new ArrayList<>())
                    .add(new Round(
                            sum * 1e9 / (System.nanoTime() - begin),
                            (cpuNanos() - cpu - clientCpu) / 1e3 / sum,
                            clientCpu / 1e3 / sum));
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    /** What one client did, and what its thread took for it. */
    private record Calls(long count, long cpuNanos) {}

    private static Calls calls(int port, byte[] request, long end) {
        try (RawHttp http = new RawHttp(port)) {
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            long cpu = threads.getCurrentThreadCpuTime();
            long calls = 0;
            while (System.nanoTime() < end) {
                if (http.call(request) != 200) {
                    throw new IllegalStateException(http.body());
                }
                calls++;
            }
            return new Calls(calls, threads.getCurrentThreadCpuTime() - cpu);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
