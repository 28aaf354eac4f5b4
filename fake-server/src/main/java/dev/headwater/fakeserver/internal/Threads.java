package dev.headwater.fakeserver.internal;

import java.lang.reflect.Method;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of a server. */
public final class Threads {

    /** As many calls at once as threads of the operating system serve; the others wait. */
    private static final int MAX_THREADS = 64;

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private Threads() {}

    /** {@return virtual threads where the JDK has them (21 and later), else a bounded pool of daemons} */
    public static ExecutorService forCalls() {
        try {
            Method virtual = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
            return (ExecutorService) virtual.invoke(null);
        } catch (ReflectiveOperationException olderJdk) {
            ThreadPoolExecutor pool = new ThreadPoolExecutor(
                    MAX_THREADS, MAX_THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Threads::daemon);
            pool.allowCoreThreadTimeOut(true);
            return pool;
        }
    }

    /**
     * {@return as many daemons as there are connections} Not virtual threads: with a few clients, these take half as much
     * again of the processor for an answer, and serve a third as many.
     */
    static ExecutorService forConnections() {
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), Threads::daemon);
    }

    static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "headwater-fake-server-" + NUMBER.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
