package dev.headwater.secrets.gcp.internal;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Filter;
import java.util.logging.Logger;

/**
 * Keeps the work of this module out of wire logs, whatever their level. Google's HTTP client logs whole answers, with the
 * secrets in them, and the JDK's below it logs headers with access tokens; neither can be told not to for one client
 * alone, so a filter drops what is logged on this module's threads. What others log passes.
 */
public final class WireLogs {

    private static final ThreadLocal<Boolean> QUIET = ThreadLocal.withInitial(() -> false);

    /** Held here, for a {@link Logger} that nobody holds loses its filter. */
    private static final List<Logger> LOGGERS = List.of(
            Logger.getLogger("com.google.api.client.http.HttpTransport"),
            Logger.getLogger("sun.net.www.protocol.http.HttpURLConnection"),
            // Warns, with a stack trace, that TLS is the JDK's.
            Logger.getLogger("com.google.api.gax.httpjson.HttpJsonConscryptUtils"));

    static {
        for (Logger logger : LOGGERS) {
            Filter before = logger.getFilter();
            logger.setFilter(written -> !QUIET.get() && (before == null || before.isLoggable(written)));
        }
    }

    private WireLogs() {}

    /** {@return an executor whose threads are quiet, end when they have nothing to do, and keep no JVM alive} */
    static Executor newQuietExecutor() {
        return new ThreadPoolExecutor(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(
                    () -> {
                        QUIET.set(true);
                        task.run();
                    },
                    "headwater-gcp-secrets");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Does something on this thread, quietly. */
    public static <T, E extends Exception> T quietly(Quiet<T, E> work) throws E {
        boolean before = QUIET.get();
        QUIET.set(true);
        try {
            return work.run();
        } finally {
            QUIET.set(before);
        }
    }

    /** What is done quietly. */
    public interface Quiet<T, E extends Exception> {
        T run() throws E;
    }
}
