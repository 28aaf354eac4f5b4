package dev.headwater.core.internal;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Names threads {@code headwater-<purpose>-<n>}, and keeps none of them from letting the JVM end. */
public final class DaemonThreads implements ThreadFactory {

    private final String purpose;
    private final AtomicInteger count = new AtomicInteger();

    public DaemonThreads(String purpose) {
        this.purpose = purpose;
    }

    @Override
    public Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "headwater-" + purpose + "-" + count.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
