package dev.headwater.testkit.internal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what happens on other threads, and not for ever. */
public final class Patience {

    private static final long LONGEST_SECONDS = 30;
    private static final long LOOK_MILLIS = 10;

    private Patience() {}

    /** Returns when the condition holds. */
    public static void until(BooleanSupplier condition) {
        CountDownLatch never = new CountDownLatch(1);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it did not happen within " + LONGEST_SECONDS + " s");
            }
            try {
                boolean unused = never.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
    }
}
