package dev.headwater.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.core.BackgroundSettings;
import dev.headwater.core.DataSourceDraft;
import dev.headwater.core.DataSourceRegistry;
import dev.headwater.core.DataSources;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.TestReport;
import dev.headwater.testkit.FaultyServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Tests many stored sources at once, half of which never answer. With {@code -Pbulk} a thousand sources and two seconds
 * for each; else a tenth of that, so that the build does not wait.
 */
@DisplayName("Many stored sources, half of them silent,")
class BulkTest {

    private static final int SOURCES = Integer.getInteger("headwater.bulk.sources", 100);
    private static final Duration DEADLINE = Duration.ofMillis(Integer.getInteger("headwater.bulk.deadline", 300));
    private static final int AT_ONCE = 16;

    /** What a thousand sources could leave behind of 10 KB each. */
    private static final long FLAT_BYTES = 10_000_000;

    private final List<Callable<TestReport>> tests = new ArrayList<>();

    @Test
    @DisplayName("are tested in the time that the silent ones take, and leave neither threads, connections nor memory")
    void tested() throws Exception {
        PostgresServer server = PostgresServer.get();
        ExecutorService callers = Executors.newFixedThreadPool(AT_ONCE);
        try (FaultyServer blackHole = FaultyServer.blackHole();
                DataSourceRegistry hasty = registry(DEADLINE);
                DataSourceRegistry patient = registry(Targets.TIMEOUT)) {
            for (int i = 0; i < SOURCES / 2; i++) {
                DataSourceDraft draft =
                        DataSourceDraft.of("postgresql", "source_" + i).withConfig(server.config());
                tests.add(test(patient, draft, true));
                tests.add(test(hasty, draft.with("port", (long) blackHole.port()), false));
            }
            testAll(callers, tests.subList(0, 4 * AT_ONCE));
            Set<Thread> threads = Threads.all();
            long before = usedBytes();
            long start = System.nanoTime();
            testAll(callers, tests);
            Duration took = Duration.ofNanos(System.nanoTime() - start);

            Duration waiting = DEADLINE.multipliedBy(SOURCES / 2).dividedBy(AT_ONCE);
            assertThat(took).isGreaterThan(waiting.multipliedBy(9).dividedBy(10));
            assertThat(took).isLessThan(waiting.multipliedBy(2).plusSeconds(20));
            Await.until(() -> blackHole.open() == 0);
            Await.until(() -> Threads.all().stream()
                    .allMatch(thread ->
                            threads.contains(thread) || !thread.getName().startsWith("headwater-")));
            long more = usedBytes() - before;
            assertThat(more).as("bytes more than before").isLessThan(FLAT_BYTES);
            System.out.printf(
                    "%d sources in %d ms; the silent ones alone take %d ms; %d KB more than before%n",
                    tests.size(), took.toMillis(), waiting.toMillis(), more / 1024);
        } finally {
            callers.shutdownNow();
        }
    }

    /** The silent ones have a deadline of their own, so that a busy machine makes no difference to the others. */
    private static DataSourceRegistry registry(Duration timeout) {
        return DataSourceRegistry.builder()
                .connectors(Connectors.all())
                .background(BackgroundSettings.off())
                .testTimeouts(timeout, timeout.multipliedBy(2))
                .build();
    }

    private static Callable<TestReport> test(DataSourceRegistry registry, DataSourceDraft draft, boolean works) {
        DataSources sources = registry.environment("production");
        DataSourceId id = sources.create(draft).id();
        return () -> {
            TestReport report = sources.test(id);
            if (works) {
                assertThat(report.passed()).as("%s", report).isTrue();
            } else {
                assertThat(report.failure())
                        .hasValueSatisfying(step -> assertThat(step.code()).isEqualTo(FailureCode.TIMED_OUT));
            }
            return report;
        };
    }

    private static void testAll(ExecutorService callers, List<Callable<TestReport>> tests) throws Exception {
        for (Future<TestReport> report : callers.invokeAll(tests)) {
            report.get();
        }
    }

    private static long usedBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
