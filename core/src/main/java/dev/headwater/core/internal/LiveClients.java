package dev.headwater.core.internal;

import dev.headwater.core.internal.ConfigResolver.Resolution;
import dev.headwater.core.internal.secret.cache.SecretWatch;
import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ClientState;
import dev.headwater.spi.ConfigValue;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The live clients of a registry, one for each data source in use. A client is made when it is first asked for, and
 * replaced when a commit changed the config or a linked secret has another value, all credentials at once; a connection that
 * is in use then may go on for a while. A pool that nobody uses is closed, and made again at the next use.
 */
public final class LiveClients implements AutoCloseable {

    /** Basedash's "maximum number of connections per container" has no default there; HikariCP's is taken. */
    private static final int DEFAULT_POOL_SIZE = 10;

    private static final Duration RETIRED_GRACE = Duration.ofMinutes(1);

    private final Connectors connectors;
    private final Trust trust;
    private final ConfigResolver resolver;
    private final Function<DataSourceRecord, Resolution> resolution;
    private final Duration connectTimeout;
    private final Duration unusedTimeout;
    private final Clock clock;
    private final Map<Key, LiveSlot> slots = new ConcurrentHashMap<>();
    private final Workshop workshop = new Workshop();
    private final Queue<Retired> retired = new ConcurrentLinkedQueue<>();
    private final ClosingThreads closing = new ClosingThreads();
    private volatile boolean closed;

    public LiveClients(
            Connectors connectors,
            Trust trust,
            ConfigResolver resolver,
            Function<DataSourceRecord, Resolution> resolution,
            Duration connectTimeout,
            Duration unusedTimeout,
            Clock clock) {
        this.connectors = connectors;
        this.trust = trust;
        this.resolver = resolver;
        this.resolution = resolution;
        this.connectTimeout = connectTimeout;
        this.unusedTimeout = unusedTimeout;
        this.clock = clock;
    }

    /** {@return the client for this state of the data source} Blocks while one is made; other data sources go on. */
    public Object client(DataSourceRecord record) {
        LiveSlot slot =
                slots.computeIfAbsent(new Key(record.environment(), record.id()), key -> new LiveSlot(workshop, clock));
        // After the slot is there for all to see: closing ends every slot that it sees.
        if (closed) {
            throw new ConnectorException(FailureCode.CANCELLED, "the registry is closed");
        }
        return slot.client(record);
    }

    /**
     * Looks for other credentials at once, because the data source rejected those of its client. Blocks on secret stores.
     *
     * @return whether there are others, with which the next client is made
     */
    public boolean refreshAfterRejection(DataSourceRecord record) {
        LiveSlot slot = slots.get(new Key(record.environment(), record.id()));
        return slot != null && slot.refreshAfterRejection();
    }

    /** {@return what the client of the data source is doing; empty if there is none now} */
    public Optional<ClientState> state(DataSourceRecord record) {
        LiveSlot slot = slots.get(new Key(record.environment(), record.id()));
        return slot == null ? Optional.empty() : slot.state();
    }

    /** {@return how many clients are open, those included that are on their way out} */
    public int open() {
        return (int) slots.values().stream().filter(LiveSlot::isLive).count() + retired.size();
    }

    /** {@return how many connections of all clients are in use} */
    public int inUse() {
        return slots.values().stream().mapToInt(LiveSlot::inUse).sum()
                + retired.stream().mapToInt(old -> old.client().state().inUse()).sum();
    }

    /** Lets the client of a deleted data source go. */
    public void remove(EnvironmentId environment, DataSourceId id) {
        LiveSlot slot = slots.remove(new Key(environment, id));
        if (slot != null) {
            slot.end();
        }
    }

    /** Closes clients that nobody uses, and retired ones that nobody uses any more or that had their time. Does not wait for it. */
    public void tidy() {
        Instant now = clock.instant();
        slots.values().forEach(slot -> slot.letGoIfUnusedFor(unusedTimeout));
        retired.removeIf(old -> {
            boolean end = old.over(now);
            if (end) {
                closing.close(old.client());
            }
            return end;
        });
    }

    @Override
    public void close() {
        closed = true;
        slots.keySet().forEach(key -> remove(key.environment(), key.dataSource()));
        retired.removeIf(old -> {
            closing.close(old.client());
            return true;
        });
        closing.close();
    }

    private record Key(EnvironmentId environment, DataSourceId dataSource) {}

    /** @param cutAt when it ends although it is in use; null for never */
    private record Retired(ConnectorClient client, @Nullable Instant cutAt) {

        /** Who waits for a connection of a client that may be cut gets one of the next client the sooner this one ends. */
        boolean over(Instant now) {
            return cutAt == null ? client.inUse() == 0 : client.state().inUse() == 0 || !now.isBefore(cutAt);
        }
    }

    /** The work of slots that is the same for all. */
    private final class Workshop implements LiveSlot.Workshop {

        @Override
        public Resolution resolve(DataSourceRecord record) {
            return resolution.apply(record);
        }

        @Override
        public boolean refreshAfterRejection(Resolution rejected) {
            return resolver.refreshAfterRejection(rejected);
        }

        @Override
        public List<SecretWatch> watch(Map<String, ConfigValue> config, Runnable onChange) {
            return resolver.watch(config, onChange);
        }

        @Override
        public ConnectorClient make(DataSourceRecord record, ResolvedConfig config) {
            int size = (int) config.number("pool.max_size", DEFAULT_POOL_SIZE);
            return connectors
                    .forKind(record.kind())
                    .client(
                            trust.target(record.kind(), config, connectTimeout, new Cancellation()),
                            new ClientSettings("headwater-" + record.id(), size));
        }

        @Override
        public void retire(ConnectorClient client, boolean mayCut) {
            client.retire();
            retired.add(new Retired(client, mayCut ? clock.instant().plus(RETIRED_GRACE) : null));
        }
    }
}
