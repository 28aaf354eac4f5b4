package dev.headwater.core.internal.background;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Keeps tasks from all coming at once: a tenth of chance in every interval, and longer and longer waits after failures. */
public final class Spread {

    static final Duration FIRST_RETRY = Duration.ofSeconds(30);
    static final Duration LAST_RETRY = Duration.ofHours(1);

    private static final double JITTER = 0.1;
    private static final int MOST_DOUBLINGS = 12;

    private Spread() {}

    /** {@return the interval, up to a tenth shorter or longer} */
    public static Duration jittered(Duration interval) {
        double factor = 1 + JITTER * ThreadLocalRandom.current().nextDouble(-1, 1);
        return Duration.ofNanos((long) (interval.toNanos() * factor));
    }

    /** {@return any time up to that} */
    public static Duration anywhereIn(Duration interval) {
        return Duration.ofNanos(
                (long) (interval.toNanos() * ThreadLocalRandom.current().nextDouble()));
    }

    /**
     * {@return how long to wait after that many failures in a row: half a minute, doubled with each up to an hour, with
     * jitter}
     */
    public static Duration afterFailures(int failures) {
        Duration wait = FIRST_RETRY.multipliedBy(1L << Math.min(MOST_DOUBLINGS, Math.max(0, failures - 1)));
        return jittered(wait.compareTo(LAST_RETRY) < 0 ? wait : LAST_RETRY);
    }
}
