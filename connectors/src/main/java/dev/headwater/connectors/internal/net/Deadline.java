package dev.headwater.connectors.internal.net;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A point in time by which something must have ended. Immutable. */
public final class Deadline {

    private final long atNanos;

    private Deadline(long atNanos) {
        this.atNanos = atNanos;
    }

    /** The deadline that is this far away from now. */
    public static Deadline in(Duration timeout) {
        // Half of the range of a long keeps the difference of two times from overflowing.
        long nanos = timeout.compareTo(Duration.ofDays(365)) > 0 ? TimeUnit.DAYS.toNanos(365) : timeout.toNanos();
        return new Deadline(System.nanoTime() + nanos);
    }

    static Deadline inMillis(long millis) {
        return in(Duration.ofMillis(millis));
    }

    /**
     * {@return the milliseconds that are left, at least 1, since sockets take 0 for "for ever"}
     *
     * @throws SocketTimeoutException if none are left
     */
    public int remainingMillis() throws SocketTimeoutException {
        long nanos = atNanos - System.nanoTime();
        if (nanos <= 0) {
            throw new SocketTimeoutException("the time is up");
        }
        return (int) Math.min(Integer.MAX_VALUE, 1 + TimeUnit.NANOSECONDS.toMillis(nanos));
    }
}
