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
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a test does to calls, and what it sees of them. The same for all protocols. Safe for use by many threads. */
public final class Controls {

    /** How many requests are remembered, and how many characters of bodies; the oldest go first. */
    private static final int MAX_REQUESTS = 10_000;

    private static final long MAX_CHARACTERS = 16_000_000;

    private final Clock clock;
    private final Deque<RecordedRequest> requests = new ArrayDeque<>();
    private final List<Planned> planned = new ArrayList<>();
    private final Map<SourceSystem, Limiter> limiters = new EnumMap<>(SourceSystem.class);
    private long characters;
    private CountDownLatch stalls = new CountDownLatch(1);

    public Controls(Clock clock) {
        this.clock = clock;
    }

    /** Remembers a call, and says what is to happen to it; null for nothing. */
    public synchronized @Nullable Fault enter(RecordedRequest request) {
        requests.addLast(request);
        characters += request.body().length();
        while (requests.size() > MAX_REQUESTS || (characters > MAX_CHARACTERS && requests.size() > 1)) {
            characters -= requests.removeFirst().body().length();
        }
        SourceSystem system = request.system();
        if (system == null) {
            return null;
        }
        Optional<Planned> next = planned.stream()
                .filter(plan -> plan.wanted.covers(system, request.operation()))
                .findFirst();
        if (next.isPresent()) {
            Planned plan = next.get();
            plan.left--;
            if (plan.left == 0) {
                planned.remove(plan);
            }
            return plan.fault;
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

    public synchronized List<RecordedRequest> requests() {
        return List.copyOf(requests);
    }

    /** Forgets everything, and lets go what was stalled. */
    public synchronized void reset() {
        requests.clear();
        characters = 0;
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
