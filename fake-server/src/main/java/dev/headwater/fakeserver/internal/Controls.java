package dev.headwater.fakeserver.internal;

import dev.headwater.fakeserver.RecordedRequest;
import dev.headwater.spi.SourceSystem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a test does to calls, and what it sees of them. The same for all protocols. Safe for use by many threads. */
public final class Controls {

    /** How many requests are remembered, and how many bytes of bodies; the oldest go first. */
    private static final int MAX_REQUESTS = 10_000;

    private static final long MAX_BYTES = 16_000_000;

    private final Clock clock;
    private final Deque<Received> calls = new ArrayDeque<>();
    private final List<Planned> planned = new ArrayList<>();
    private final Map<SourceSystem, Limiter> limiters = new EnumMap<>(SourceSystem.class);
    private long bytes;
    private CountDownLatch stalls = new CountDownLatch(1);

    public Controls(Clock clock) {
        this.clock = clock;
    }

    /** Remembers a call, and says what is to happen to it; null for nothing. */
    public synchronized @Nullable Fault enter(Received call) {
        calls.addLast(call);
        bytes += call.bytes();
        while (calls.size() > MAX_REQUESTS || (bytes > MAX_BYTES && calls.size() > 1)) {
            bytes -= calls.removeFirst().bytes();
        }
        SourceSystem system = call.system();
        if (system == null) {
            return null;
        }
        for (int i = 0; i < planned.size(); i++) {
            Planned plan = planned.get(i);
            if (plan.wanted.covers(system, call.operation())) {
                plan.left--;
                if (plan.left == 0) {
                    planned.remove(i);
                }
                return plan.fault;
            }
        }
        Limiter limiter = limiters.get(system);
        return limiter == null ? null : limiter.enter(clock.instant());
    }

    public synchronized void plan(Fault.Wanted wanted, int calls, Fault fault) {
        planned.add(new Planned(wanted, calls, fault));
    }

    /** Allows so many calls in each window; no limit if null. */
    public synchronized void limit(SourceSystem system, int calls, @Nullable Duration window) {
        if (window == null) {
            limiters.remove(system);
        } else {
            limiters.put(system, new Limiter(calls, window));
        }
    }

    /** {@return what came, the first one first} */
    public List<RecordedRequest> requests() {
        List<Received> came;
        synchronized (this) {
            came = List.copyOf(calls);
        }
        return came.stream().map(Received::recorded).toList();
    }

    /** Forgets everything, and lets go what was stalled. */
    public synchronized void reset() {
        calls.clear();
        bytes = 0;
        planned.clear();
        limiters.clear();
        stalls.countDown();
        stalls = new CountDownLatch(1);
    }

    /** Blocks until the time is over, or the next reset. Without a time, until the reset. */
    public void hold(@Nullable Duration time) {
        CountDownLatch latch;
        synchronized (this) {
            latch = stalls;
        }
        try {
            if (time == null) {
                latch.await();
            } else {
                latch.await(time.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Planned {

        private final Fault.Wanted wanted;
        private final Fault fault;
        private int left;

        private Planned(Fault.Wanted wanted, int calls, Fault fault) {
            this.wanted = wanted;
            this.left = calls;
            this.fault = fault;
        }
    }

    private static final class Limiter {

        private final int calls;
        private final Duration window;
        private Instant end = Instant.MIN;
        private int used;

        private Limiter(int calls, Duration window) {
            this.calls = calls;
            this.window = window;
        }

        private @Nullable Fault enter(Instant now) {
            if (!now.isBefore(end)) {
                end = now.plus(window);
                used = 0;
            }
            used++;
            return used <= calls ? null : new Fault.Limit(Duration.between(now, end));
        }
    }
}
