package dev.headwater.core.internal.background;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Background tasks are spread")
class SpreadTest {

    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    @Test
    @DisplayName("by a tenth of chance in each interval")
    void jitter() {
        Set<Duration> seen = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            Duration wait = Spread.jittered(Duration.ofMinutes(10));
            assertThat(wait).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(11));
            seen.add(wait);
            assertThat(Spread.anywhereIn(Duration.ofMinutes(10))).isBetween(Duration.ZERO, Duration.ofMinutes(10));
        }
        assertThat(seen).hasSizeGreaterThan(900);
    }

    @Test
    @DisplayName("by waits that double with each failure, from half a minute to an hour")
    void backoff() {
        long expected = 30;
        for (int failures = 1; failures < 60; failures++) {
            assertThat(Spread.afterFailures(failures))
                    .isBetween(Duration.ofSeconds(expected * 9 / 10), Duration.ofSeconds(expected * 11 / 10 + 1));
            expected = Math.min(3_600, expected * 2);
        }
    }

    @Test
    @DisplayName("over the time that a full place needs, one after the other")
    void reservations() {
        Slots slots = new Slots(2);
        assertThat(slots.enter("a")).isTrue();
        assertThat(slots.enter("a")).isTrue();
        assertThat(slots.enter("a")).isFalse();
        assertThat(slots.enter("b")).isTrue();
        List<Instant> turns = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            turns.add(slots.again("a", NOW));
        }
        assertThat(turns).isSorted().doesNotHaveDuplicates().allMatch(NOW::isBefore);
        for (int i = 0; i < 1_000_000; i++) {
            assertThat(slots.again("a", NOW)).isBeforeOrEqualTo(NOW.plus(Slots.LONGEST_WAIT));
        }
        slots.leave("a", Duration.ofMillis(5), NOW);
        assertThat(slots.enter("a")).isTrue();
        assertThat(slots.enter("a")).isFalse();
    }

    @Test
    @DisplayName("and places that nobody waits for are forgotten")
    void forgets() {
        Slots slots = new Slots(2);
        for (int i = 0; i < 100; i++) {
            assertThat(slots.enter("p" + i)).isTrue();
        }
        for (int i = 0; i < 100; i++) {
            slots.leave("p" + i, Duration.ofMillis(1), NOW);
        }
        assertThat(slots.size()).isZero();
    }

    @Test
    @DisplayName("over threads that are daemons with names that tell, on every JDK")
    void threads() throws Exception {
        for (ExecutorService executor :
                List.of(WorkerThreads.open("background", 2), WorkerThreads.pool("background", 2))) {
            Thread thread = executor.submit(Thread::currentThread).get();
            assertThat(thread.getName()).startsWith("headwater-background-");
            assertThat(thread.isDaemon()).isTrue();
            executor.shutdownNow();
        }
    }
}
