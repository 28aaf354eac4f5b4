package dev.headwater.secrets.gcp.internal;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Filter;
import java.util.logging.Logger;

/**
 * Threads on which no wire log is written, whatever its level. Google's HTTP client logs whole answers, with the secrets
 * in them, and the JDK's below it logs headers with access tokens; neither can be told not to for one client alone.
 */
final class QuietThreads {

    /** Held here, for {@link Logger}s that nobody holds lose their filter. */
    private static final List<Logger> WIRE = List.of(
            Logger.getLogger("com.google.api.client.http.HttpTransport"),
            Logger.getLogger("sun.net.www.protocol.http.HttpURLConnection"));

    static {
        for (Logger logger : WIRE) {
            Filter before = logger.getFilter();
            logger.setFilter(written -> !(Thread.currentThread() instanceof QuietThread)
                    && (before == null || before.isLoggable(written)));
        }
    }

    private QuietThreads() {}

    /** {@return an executor whose threads end when they have nothing to do, and keep no JVM alive} */
    static Executor newExecutor() {
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), QuietThread::new);
    }

    private static final class QuietThread extends Thread {

        QuietThread(Runnable task) {
            super(task, "headwater-gcp-secrets");
            setDaemon(true);
        }
    }
}
