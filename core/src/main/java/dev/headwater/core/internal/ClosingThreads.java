package dev.headwater.core.internal;

import dev.headwater.spi.ConnectorClient;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes clients on a few threads that are there while there is something to close: a client may take its time to say goodbye
 * to a source that does not answer, and holds up nobody else.
 */
final class ClosingThreads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClosingThreads.class);

    private static final int THREADS = 8;
    private static final long KEEP_SECONDS = 1;
    private static final long CLOSE_SECONDS = 5;

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS, THREADS, KEEP_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new DaemonThreads("closer"));

    ClosingThreads() {
        threads.allowCoreThreadTimeOut(true);
    }

    void close(ConnectorClient client) {
        threads.execute(client::close);
    }

    /** Takes no more, and waits some seconds for what is being closed; what takes longer goes on. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn(
                        "{} clients have not ended yet",
                        threads.getActiveCount() + threads.getQueue().size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
