package dev.headwater.core.internal;

import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.HeadwaterException;
import dev.headwater.spi.ResolvedConfig;
import dev.headwater.spi.TableList;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;

/** Reads the schemas of data sources under a hard deadline. */
public final class SchemaReader {

    private final Connectors connectors;
    private final Trust trust;
    private final Duration timeout;
    private final int maxTables;
    private final Breaker breaker;

    public SchemaReader(Connectors connectors, Trust trust, Duration timeout, int maxTables, Breaker breaker) {
        this.breaker = breaker;
        this.connectors = connectors;
        this.trust = trust;
        this.timeout = timeout;
        this.maxTables = maxTables;
    }

    /**
     * Reads the tables. Blocks until that is done or the time is up.
     *
     * @throws ConnectorException if they cannot be read, redacted
     */
    public TableList read(String kind, ResolvedConfig config, IntConsumer progress) {
        Connector connector = connectors.forKind(kind);
        try (BoundedWorker worker = new BoundedWorker(breaker)) {
            ConnectionTarget target = trust.target(kind, config, timeout, worker.cancellation());
            return worker.call(
                    () -> {
                        try (ConnectorSession session = connector.open(target)) {
                            return session.readTables(maxTables, progress);
                        }
                    },
                    timeout);
        } catch (TimeoutException e) {
            throw new ConnectorException(
                    FailureCode.TIMED_OUT, "the schema was not read within " + timeout.toMillis() + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectorException(FailureCode.CANCELLED, "reading the schema was interrupted");
        } catch (CancellationException e) {
            throw new ConnectorException(FailureCode.CANCELLED, "the registry closed while the schema was read");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof HeadwaterException failure) {
                throw failure;
            }
            String message = config.redact(String.valueOf(e.getCause()));
            throw new ConnectorException(FailureCode.FAILED, "reading the schema failed: " + message);
        }
    }
}
