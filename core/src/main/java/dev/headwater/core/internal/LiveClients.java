package dev.headwater.core.internal;

import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ConfigValue;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.NetworkPolicy;
import dev.headwater.spi.ResolvedConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The live clients of a registry, one for each data source in use. A client is made when it is first asked for, and
 * replaced when a commit changed the config; a connection that is in use then may go on for a while.
 */
public final class LiveClients implements AutoCloseable {

    /** Basedash's "maximum number of connections per container" has no default there; HikariCP's is taken. */
    private static final int DEFAULT_POOL_SIZE = 10;

    private static final Duration RETIRED_GRACE = Duration.ofMinutes(1);

    private final Connectors connectors;
    private final NetworkPolicy policy;
    private final Function<DataSourceRecord, ResolvedConfig> resolver;
    private final Duration connectTimeout;
    private final Clock clock;
    private final Map<Key, Slot> slots = new ConcurrentHashMap<>();
    private final Queue<Retired> retired = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    public LiveClients(
            Connectors connectors,
            NetworkPolicy policy,
            Function<DataSourceRecord, ResolvedConfig> resolver,
            Duration connectTimeout,
            Clock clock) {
        this.connectors = connectors;
        this.policy = policy;
        this.resolver = resolver;
        this.connectTimeout = connectTimeout;
        this.clock = clock;
    }

    /** {@return the client for this state of the data source} Blocks while one is made; other data sources go on. */
    public Object client(DataSourceRecord record) {
        return slots.computeIfAbsent(new Key(record.environment(), record.id()), key -> new Slot())
                .client(record);
    }

    /** Lets the client of a deleted data source go. */
    public void remove(EnvironmentId environment, DataSourceId id) {
        Slot slot = slots.remove(new Key(environment, id));
        if (slot != null) {
            slot.end();
        }
    }

    /** Closes retired clients that nobody uses any more, or that had their time. */
    public void tidy() {
        Instant now = clock.instant();
        retired.removeIf(old -> {
            boolean end = old.client().inUse() == 0 || !now.isBefore(old.until());
            if (end) {
                old.client().close();
            }
            return end;
        });
    }

    @Override
    public void close() {
        closed = true;
        slots.keySet().forEach(key -> remove(key.environment(), key.dataSource()));
        retired.removeIf(old -> {
            old.client().close();
            return true;
        });
    }

    private record Key(EnvironmentId environment, DataSourceId dataSource) {}

    private record Live(long version, Map<String, ConfigValue> config, ConnectorClient client) {}

    private record Retired(ConnectorClient client, Instant until) {}

    private final class Slot {

        private volatile @Nullable Live live;

        /** Guarded by this: whoever still holds the slot must not make a client that nobody would close. */
        private boolean ended;

        Object client(DataSourceRecord record) {
            Live now = live;
            if (now != null && now.version() == record.version()) {
                return now.client().client();
            }
            return replaced(record).client().client();
        }

        private synchronized Live replaced(DataSourceRecord record) {
            Live now = live;
            if (closed || ended) {
                throw new ConnectorException(
                        FailureCode.CANCELLED,
                        closed ? "the registry is closed" : "data source " + record.name() + " was deleted");
            }
            if (now != null && now.version() >= record.version()) {
                return now;
            }
            if (now != null && now.config().equals(record.config())) {
                now = new Live(record.version(), record.config(), now.client());
                live = now;
                return now;
            }
            retire();
            Live fresh = new Live(record.version(), record.config(), make(record));
            live = fresh;
            return fresh;
        }

        private ConnectorClient make(DataSourceRecord record) {
            ResolvedConfig config = resolver.apply(record);
            int size = (int) config.number("pool.max_size", DEFAULT_POOL_SIZE);
            return connectors
                    .forKind(record.kind())
                    .client(
                            new ConnectionTarget(record.kind(), config, policy, connectTimeout, new Cancellation()),
                            new ClientSettings("headwater-" + record.id(), size));
        }

        synchronized void end() {
            ended = true;
            retire();
        }

        private void retire() {
            Live now = live;
            live = null;
            if (now != null) {
                now.client().retire();
                retired.add(new Retired(now.client(), clock.instant().plus(RETIRED_GRACE)));
            }
        }
    }
}
