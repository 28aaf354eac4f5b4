package dev.headwater.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Locale;
import java.util.stream.Stream;

/** Under what conditions numbers were taken, as a Markdown list. */
final class Conditions {

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private final double loadAtBegin;

    private Conditions(double loadAtBegin) {
        this.loadAtBegin = loadAtBegin;
    }

    static Conditions begin() {
        return new Conditions(load());
    }

    String end() {
        return """
                - Date: %s
                - CPU: %s, %d cores
                - JDK: %s %s, on %s %s
                - Load average of the machine (1 minute): %s at the beginning, %s at the end
                """.formatted(
                        LocalDate.now(Clock.systemUTC()),
                        cpu(),
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("java.vm.name"),
                        System.getProperty("java.runtime.version"),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        shown(loadAtBegin),
                        shown(load()));
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static String shown(double load) {
        return load < 0 ? "unknown" : String.format(Locale.ROOT, "%.1f", load);
    }

    private static String cpu() {
        if (!Files.isReadable(CPU_INFO)) {
            return "unknown model";
        }
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown model");
        } catch (IOException e) {
            return "unknown model";
        }
    }
}
