package dev.headwater.benchmarks.fakeserver;

import dev.headwater.fakeserver.FakeServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures how long it takes from the main method of a fresh JVM to the first answer, and how long a start takes where
 * servers were started before. Prints Markdown.
 */
final class Starts {

    private static final int JVMS = 9;
    private static final int WARM = 200;

    private Starts() {}

    /** Measures, in rounds in which each server has its turn. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Map<String, List<Long>> micros = new LinkedHashMap<>();
        for (int round = 0; round < JVMS; round++) {
            for (String what :
                    List.of("Basedash", "Connect", "Connect-binary", "WireMock", "gRPC", "Netty", "OkHttp")) {
                micros.computeIfAbsent(what, any -> new ArrayList<>()).add(inFreshJvm(what));
            }
        }
        System.out.println("| first answer, fresh JVM | median | least | most |\n|---|---:|---:|---:|");
        micros.forEach((what, times) -> {
            Collections.sort(times);
            System.out.println("| " + what + " | " + millis(times.get(times.size() / 2)) + " | " + millis(times.get(0))
                    + " | " + millis(times.get(times.size() - 1)) + " |");
        });
        warm();
    }

    private static void warm() throws IOException {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < WARM; i++) {
            long begin = System.nanoTime();
            try (FakeServer server = Headwater.start();
                    RawHttp http = new RawHttp(server.url().getPort())) {
                http.call(Headwater.getRequest(server));
                times.add((System.nanoTime() - begin) / 1_000);
            }
        }
        List<Long> later = new ArrayList<>(times.subList(WARM / 2, WARM));
        Collections.sort(later);
        System.out.println("\nWarm, from start to first REST answer: median " + millis(later.get(later.size() / 2))
                + ", 95% within " + millis(later.get(later.size() * 95 / 100)));
    }

    private static long inFreshJvm(String what) throws IOException, InterruptedException {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        FirstAnswer.class.getName(),
                        what)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            if (line == null || jvm.waitFor() != 0) {
                throw new IllegalStateException(what + " failed");
            }
            return Long.parseLong(line);
        }
    }

    private static String millis(long micros) {
        return String.format(Locale.ROOT, "%.1f ms", micros / 1e3);
    }
}
