package dev.headwater.core.internal.background;

import dev.headwater.core.internal.DaemonThreads;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads of background work: virtual ones where the JDK has them, a pool of daemons elsewhere. */
public final class WorkerThreads {

    /** Before it, a driver that blocks inside {@code synchronized} holds its carrier (JEP 491). */
    static final int FIRST_WITHOUT_PINNING = 24;

    private static final long KEPT_SECONDS = 10;

    private WorkerThreads() {}

    /** @param atOnce how many tasks run at once at the most, which the caller sees to */
    public static ExecutorService open(String purpose, int atOnce) {
        return Runtime.version().feature() >= FIRST_WITHOUT_PINNING ? virtual(purpose) : pool(purpose, atOnce);
    }

    static ExecutorService pool(String purpose, int atOnce) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                atOnce,
                atOnce,
                KEPT_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new DaemonThreads(purpose));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** By reflection, since this is Java 17. */
    private static ExecutorService virtual(String purpose) {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder$OfVirtual");
            Object named =
                    type.getMethod("name", String.class, long.class).invoke(builder, "headwater-" + purpose + "-", 1L);
            ThreadFactory factory = (ThreadFactory) type.getMethod("factory").invoke(named);
            return (ExecutorService) Executors.class
                    .getMethod("newThreadPerTaskExecutor", ThreadFactory.class)
                    .invoke(null, factory);
        } catch (NoSuchMethodException
                | ClassNotFoundException
                | IllegalAccessException
                | InvocationTargetException e) {
            throw new IllegalStateException("this JDK has no virtual threads although its version says so", e);
        }
    }
}
