package dev.headwater.benchmarks.fakeserver;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.headwater.fakeserver.FakeServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

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
            WireMockServer remembering = Servers.wireMock(body, true);
            WireMockServer forgetting = Servers.wireMock(body, false);
            Map<String, List<Long>> rates = new LinkedHashMap<>();
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
                measure(rates, counts, "WireMock", clients, remembering.port(), Servers.WIREMOCK_REQUEST);
                remembering.resetRequests();
            }
            print(rates);
            remembering.stop();
            forgetting.stop();
        } finally {
            clients.shutdownNow();
        }
    }

    private static void print(Map<String, List<Long>> rates) {
        System.out.println("| requests a second, " + CLIENTS + " clients | median | times WireMock |\n|---|---:|---:|");
        double peer = median(rates.get("WireMock"));
        rates.forEach((what, measured) -> System.out.printf(
                Locale.ROOT, "| %s | %,.0f | %.2f |%n", what, median(measured), median(measured) / peer));
    }

    private static double median(@Nullable List<Long> rates) {
        List<Long> sorted = new ArrayList<>(rates == null ? List.of(0L) : rates);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    private static void measure(
            Map<String, List<Long>> rates,
            boolean counts,
            String what,
            ExecutorService clients,
            int port,
            byte[] request)
            throws InterruptedException, ExecutionException {
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
                    .add(sum * 1_000_000_000L / (System.nanoTime() - begin));
        }
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
