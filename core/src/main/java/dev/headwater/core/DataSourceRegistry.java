package dev.headwater.core;

import dev.headwater.core.internal.Breaker;
import dev.headwater.core.internal.CommitFollower;
import dev.headwater.core.internal.ConfigResolver;
import dev.headwater.core.internal.ConnectionTester;
import dev.headwater.core.internal.Connectors;
import dev.headwater.core.internal.DaemonThreads;
import dev.headwater.core.internal.EnvironmentView;
import dev.headwater.core.internal.LiveClients;
import dev.headwater.core.internal.SchemaReader;
import dev.headwater.core.internal.TimeOrderedIds;
import dev.headwater.core.internal.Trust;
import dev.headwater.core.internal.WarmRecords;
import dev.headwater.core.internal.metrics.Metrics;
import dev.headwater.core.internal.secret.Reencryption;
import dev.headwater.core.internal.secret.SecretSealer;
import dev.headwater.core.internal.secret.SecretStores;
import dev.headwater.core.internal.secret.cache.SecretCache;
import dev.headwater.spi.Caller;
import dev.headwater.spi.Change;
import dev.headwater.spi.Commit;
import dev.headwater.spi.DataSourceStore;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.SecretStore;
import dev.headwater.spi.TaskQueue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A registry of data sources, in the host's own process. Hosts open one, keep it, and close it when they end; two
 * registries in one process share nothing.
 *
 * <pre>{@code
 * DataSourceRegistry registry = DataSourceRegistry.builder().build();
 * DataSources sources = registry.environment("production");
 * }</pre>
 *
 * <p>Safe for use by many threads. Its threads are daemons whose names begin with {@code headwater-}.
 */
public final class DataSourceRegistry implements AutoCloseable {

    private static final long CLOSE_SECONDS = 5;

    private final RegistryParts parts;
    private final List<SecretStore> secretStores;
    private final SecretCache linkedSecrets;
    private final Map<EnvironmentId, EnvironmentView> views = new ConcurrentHashMap<>();
    private final WarmRecords warm;
    private final Observers observers;
    private final ExecutorService workers;
    private final Breaker breaker = new Breaker();
    private final CommitFollower follower;
    private final Syncs syncs;
    private final Background background;
    private final BackgroundWork backgroundWork;
    private final Nodes node;
    private final AtomicBoolean closed = new AtomicBoolean();

    DataSourceRegistry(RegistryBuilder builder) {
        DataSourceStore store = builder.store;
        SecretSealer sealer = builder.sealer();
        Connectors connectors = new Connectors(builder.connectors);
        SecretStores links = builder.secretStores();
        Trust trust = new Trust(builder.networkPolicy, builder.hostKeys);
        this.secretStores = List.copyOf(builder.secretStores.values());
        this.observers = new Observers(builder.listeners, builder.observationListeners, builder.metrics);
        this.warm = new WarmRecords(builder.maxWarmRecords);
        this.workers = Executors.newFixedThreadPool(builder.syncThreads, new DaemonThreads("sync"));
        this.syncs = new Syncs(workers);
        this.linkedSecrets = SecretCache.open(
                links::fetch, links.names(), builder.secretCache, builder.clock, builder.metrics.secrets());
        ConfigResolver resolver = new ConfigResolver(store, sealer, links, linkedSecrets);
        this.parts = new RegistryParts(
                store,
                builder.kinds,
                new SpecReader(builder.kinds, builder.namePolicy, links, builder.clock),
                sealer,
                resolver,
                new ConnectionTester(connectors, trust, builder.testStepTimeout, builder.testTimeout, breaker),
                new SchemaReader(connectors, trust, builder.syncTimeout, builder.maxTables, breaker),
                new LiveClients(
                        connectors,
                        trust,
                        resolver,
                        record -> resolver.resolveStored(record, builder.kinds.compiled(record.kind())),
                        builder.connectTimeout,
                        builder.unusedPoolTimeout,
                        builder.clock),
                builder.accessPolicy,
                new TimeOrderedIds(builder.clock),
                builder.clock,
                observers,
                builder.metrics,
                this::wrote);
        TaskQueue queue = builder.tasks();
        this.background = new Background(
                parts, connectors, syncs, builder.background, queue, builder.pollInterval, builder.syncTimeout);
        this.backgroundWork = new BackgroundWork(queue, builder.clock);
        this.follower = new CommitFollower(store, views, this::followed, this::everySoOften, builder.pollInterval);
        this.node = new Nodes(syncs, background, follower);
        builder.metrics.register(gauges());
        try {
            background.start();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private Metrics.Gauges gauges() {
        return new Metrics.Gauges() {
            @Override
            public int clients() {
                return parts.clients().open();
            }

            @Override
            public int connectionsInUse() {
                return parts.clients().inUse();
            }

            @Override
            public int tasksRunning() {
                return background.running();
            }

            @Override
            public long tasksDue() {
                return background.due();
            }

            @Override
            public Duration staleness() {
                return follower.staleness();
            }
        };
    }

    /** {@return a builder with the defaults: in memory, all kinds, no connectors, no encryption keys, all allowed} */
    public static RegistryBuilder builder() {
        return new RegistryBuilder();
    }

    /**
     * {@return the data sources of an environment, for the host itself as the caller} An environment needs no making: it is
     * there once something is written. Blocks on the store the first time.
     *
     * @throws IllegalArgumentException if the name is no {@linkplain EnvironmentId environment id}
     * @throws dev.headwater.spi.StoreException if the store fails
     */
    public DataSources environment(String name) {
        return environment(EnvironmentId.of(name), Caller.HOST);
    }

    /**
     * {@return the data sources of an environment, for a caller} Blocks on the store the first time.
     *
     * @throws dev.headwater.spi.StoreException if the store fails
     */
    public DataSources environment(EnvironmentId id, Caller caller) {
        EnvironmentView view = views.get(id);
        if (view == null) {
            // Asks the store, so not inside the map, where it would hold up other environments.
            EnvironmentView opened = new EnvironmentView(id, parts.store(), warm);
            EnvironmentView other = views.putIfAbsent(id, opened);
            view = other == null ? opened : other;
            if (other == null) {
                background.opened(id);
            }
        }
        return new DataSources(parts, view, caller, node);
    }

    /** {@return the kinds of data sources that this registry knows} */
    public KindCatalog kinds() {
        return parts.kinds();
    }

    /**
     * Seals every stored secret of all environments anew that is not under the primary key yet. Run it after a new primary
     * key was configured; when its report says that nothing remains, the old key may go. It can be stopped and run again at
     * any time, on several nodes at once: what is done is done. Blocks until it is through.
     *
     * @param progress hears the counts so far, after each batch
     * @return the counts, and the places of what failed
     * @throws IllegalStateException if no key is configured
     */
    public ReencryptionReport reencrypt(Consumer<ReencryptionReport> progress) {
        return Reencryption.run(parts.store(), parts.sealer(), null, progress);
    }

    /** {@return the background work on this node: to pause it, and to see how much waits} */
    public BackgroundWork background() {
        return backgroundWork;
    }

    private void wrote(EnvironmentView view, List<Commit> commits) {
        follower.soon(view);
        background.wrote(commits);
    }

    private void everySoOften() {
        parts.clients().tidy();
        background.sample();
    }

    /** Hears every commit once, in the order of its environment's log, on the follower's thread. */
    private void followed(Commit commit) {
        if (commit.change() instanceof Change.Deleted deleted) {
            parts.clients().remove(commit.environment(), deleted.dataSource());
        }
        observers.committed(commit);
    }

    /**
     * Ends what the registry runs, closes every pool and client that it handed out, then its secret stores and its store.
     * Listeners hear of what was written before; syncs that run are given up. Blocks some seconds at the most. Closing twice
     * does nothing more.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        syncs.closing();
        workers.shutdown();
        background.closing();
        breaker.close();
        // Lets those go who wait for a secret.
        linkedSecrets.close();
        background.close();
        follower.close();
        observers.close();
        parts.clients().close();
        await(workers);
        syncs.close();
        parts.metrics().close();
        secretStores.forEach(SecretStore::close);
        parts.store().close();
    }

    private static void await(ExecutorService executor) {
        try {
            if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
