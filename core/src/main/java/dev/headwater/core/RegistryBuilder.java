package dev.headwater.core;

import dev.headwater.core.internal.background.LocalTaskQueue;
import dev.headwater.core.internal.metrics.Metrics;
import dev.headwater.core.internal.metrics.MicrometerMetrics;
import dev.headwater.core.internal.secret.SecretSealer;
import dev.headwater.core.internal.secret.SecretStores;
import dev.headwater.spi.Connector;
import dev.headwater.spi.DataSourceStore;
import dev.headwater.spi.HostKeys;
import dev.headwater.spi.NetworkPolicy;
import dev.headwater.spi.SecretStore;
import dev.headwater.spi.TaskQueue;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a registry is made of. Parts are registered explicitly; nothing is discovered. Not safe for use by many threads; one
 * builder makes one registry, which takes the store and the secret stores over and closes them.
 */
public final class RegistryBuilder {

    /** How long one step of a connection test may take. */
    public static final Duration DEFAULT_TEST_STEP_TIMEOUT = Duration.ofSeconds(10);

    /** How long all of a connection test may take. */
    public static final Duration DEFAULT_TEST_TIMEOUT = Duration.ofSeconds(20);

    /** How long reading a schema may take. */
    public static final Duration DEFAULT_SYNC_TIMEOUT = Duration.ofMinutes(5);

    /** How long getting a connection from a pool may take. */
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(15);

    /** How long a pool that nobody uses stays open. */
    public static final Duration DEFAULT_UNUSED_POOL_TIMEOUT = Duration.ofMinutes(30);

    /** How often other nodes' commits are asked for: the bound of staleness. */
    public static final Duration DEFAULT_POLL_INTERVAL = Duration.ofSeconds(1);

    /** How many records are kept in memory; at about 2.7 KB each, some 27 MB. */
    public static final int DEFAULT_MAX_WARM_RECORDS = 10_000;

    /** How many tables a schema snapshot holds. */
    public static final int DEFAULT_MAX_TABLES = 20_000;

    /** How many syncs run at once. */
    public static final int DEFAULT_SYNC_THREADS = 4;

    DataSourceStore store = new InMemoryStore();
    KindCatalog kinds = KindCatalog.standard();
    AccessPolicy accessPolicy = AccessPolicy.allowAll();
    NamePolicy namePolicy = NamePolicy.LETTERS_DIGITS_UNDERSCORES;
    NetworkPolicy networkPolicy = NetworkPolicy.refuseLinkLocal();
    HostKeys hostKeys = HostKeys.trustOnFirstUse();
    Clock clock = Clock.systemUTC();
    final List<Connector> connectors = new ArrayList<>();
    final List<CommitListener> listeners = new ArrayList<>();
    final List<ObservationListener> observationListeners = new ArrayList<>();
    BackgroundSettings background = BackgroundSettings.defaults();
    Metrics metrics = Metrics.NONE;
    private @Nullable TaskQueue taskQueue;
    Duration testStepTimeout = DEFAULT_TEST_STEP_TIMEOUT;
    Duration testTimeout = DEFAULT_TEST_TIMEOUT;
    Duration syncTimeout = DEFAULT_SYNC_TIMEOUT;
    Duration connectTimeout = DEFAULT_CONNECT_TIMEOUT;
    Duration unusedPoolTimeout = DEFAULT_UNUSED_POOL_TIMEOUT;
    Duration pollInterval = DEFAULT_POLL_INTERVAL;
    int maxWarmRecords = DEFAULT_MAX_WARM_RECORDS;
    int maxTables = DEFAULT_MAX_TABLES;
    int syncThreads = DEFAULT_SYNC_THREADS;
    final Map<String, SecretStore> secretStores = new LinkedHashMap<>();
    SecretCacheSettings secretCache = SecretCacheSettings.defaults();
    private @Nullable EncryptionKeys keys;
    private @Nullable String defaultSecretStore;

    RegistryBuilder() {}

    /** Where data sources are kept; in memory if nothing is said. The registry closes it. */
    public RegistryBuilder store(DataSourceStore dataSourceStore) {
        this.store = dataSourceStore;
        return this;
    }

    /** The keys for literal secrets. Without any, a persistent store takes linked secrets only. */
    public RegistryBuilder encryptionKeys(EncryptionKeys encryptionKeys) {
        this.keys = encryptionKeys;
        return this;
    }

    /**
     * A secret store to link to, under a name. The first one is the default, to which bare references go. The registry
     * closes it.
     *
     * @throws IllegalArgumentException if the name is taken
     */
    public RegistryBuilder secretStore(String name, SecretStore secretStore) {
        if (secretStores.putIfAbsent(name, secretStore) != null) {
            throw new IllegalArgumentException("two secret stores named " + name);
        }
        if (defaultSecretStore == null) {
            defaultSecretStore = name;
        }
        return this;
    }

    /** Makes another secret store the default. */
    public RegistryBuilder defaultSecretStore(String name) {
        this.defaultSecretStore = name;
        return this;
    }

    /** How linked secrets are cached, if not by the defaults. */
    public RegistryBuilder secretCache(SecretCacheSettings settings) {
        this.secretCache = settings;
        return this;
    }

    /** The kinds of data sources, if not the standard ones. */
    public RegistryBuilder kinds(KindCatalog catalog) {
        this.kinds = catalog;
        return this;
    }

    /** Connectors, which tests, syncs and connections need. */
    public RegistryBuilder connectors(Collection<? extends Connector> more) {
        connectors.addAll(more);
        return this;
    }

    /** Who may do what; everybody everything if nothing is said. */
    public RegistryBuilder accessPolicy(AccessPolicy policy) {
        this.accessPolicy = policy;
        return this;
    }

    /** Which names are allowed; letters, digits and underscores if nothing is said. */
    public RegistryBuilder namePolicy(NamePolicy policy) {
        this.namePolicy = policy;
        return this;
    }

    /** Which destinations may be reached; all but link-local addresses if nothing is said. */
    public RegistryBuilder networkPolicy(NetworkPolicy policy) {
        this.networkPolicy = policy;
        return this;
    }

    /** Which SSH servers are trusted as tunnels; for the life of the registry the first key of each, if nothing is said. */
    public RegistryBuilder hostKeys(HostKeys keys) {
        this.hostKeys = keys;
        return this;
    }

    /** Hears of commits. */
    public RegistryBuilder listener(CommitListener listener) {
        listeners.add(listener);
        return this;
    }

    /** Hears what is observed of data sources on this node: changes of health, and syncs that ended. */
    public RegistryBuilder observationListener(ObservationListener listener) {
        observationListeners.add(listener);
        return this;
    }

    /** What is done in the background, if not the defaults. */
    public RegistryBuilder background(BackgroundSettings settings) {
        this.background = settings;
        return this;
    }

    /**
     * Where background tasks are kept; in memory if nothing is said, for which there should be one node only. The registry
     * closes it.
     */
    public RegistryBuilder taskQueue(TaskQueue queue) {
        this.taskQueue = queue;
        return this;
    }

    /** Where to report what the registry does: Micrometer, which the host adds to the class path. Nowhere if nothing is said. */
    public RegistryBuilder metrics(MeterRegistry registry) {
        this.metrics = new MicrometerMetrics(registry);
        return this;
    }

    /** Where the time comes from; the system if nothing is said. */
    public RegistryBuilder clock(Clock source) {
        this.clock = source;
        return this;
    }

    /** How long one step, and all of a connection test may take. */
    public RegistryBuilder testTimeouts(Duration step, Duration all) {
        this.testStepTimeout = positive("step timeout", step);
        this.testTimeout = positive("test timeout", all);
        return this;
    }

    /** How long reading a schema may take. */
    public RegistryBuilder syncTimeout(Duration timeout) {
        this.syncTimeout = positive("sync timeout", timeout);
        return this;
    }

    /** How long getting a connection from a pool may take. */
    public RegistryBuilder connectTimeout(Duration timeout) {
        this.connectTimeout = positive("connect timeout", timeout);
        return this;
    }

    /**
     * How long a pool stays open that nobody takes a connection from and that has none in use. It is closed then, and made again
     * when a connection is asked for. Native clients, and databases in memory, stay.
     */
    public RegistryBuilder unusedPoolTimeout(Duration timeout) {
        this.unusedPoolTimeout = positive("unused pool timeout", timeout);
        return this;
    }

    /** How often to ask for other nodes' commits: after that time at the latest, this node knows of them. */
    public RegistryBuilder pollInterval(Duration interval) {
        this.pollInterval = positive("poll interval", interval);
        return this;
    }

    /**
     * How many records to keep in memory; 0 reads the store each time.
     *
     * @throws IllegalArgumentException if negative
     */
    public RegistryBuilder maxWarmRecords(int records) {
        if (records < 0) {
            throw new IllegalArgumentException("maxWarmRecords must not be negative, is " + records);
        }
        this.maxWarmRecords = records;
        return this;
    }

    /**
     * How many tables a schema snapshot holds at the most.
     *
     * @throws IllegalArgumentException if less than 1
     */
    public RegistryBuilder maxTables(int tables) {
        this.maxTables = positive("maxTables", tables);
        return this;
    }

    /**
     * How many syncs run at once.
     *
     * @throws IllegalArgumentException if less than 1
     */
    public RegistryBuilder syncThreads(int threads) {
        this.syncThreads = positive("syncThreads", threads);
        return this;
    }

    /**
     * Opens the registry.
     *
     * @throws IllegalArgumentException if two connectors serve one kind, or the default secret store is not registered
     */
    public DataSourceRegistry build() {
        return new DataSourceRegistry(this);
    }

    TaskQueue tasks() {
        return taskQueue == null ? new LocalTaskQueue(clock) : taskQueue;
    }

    SecretSealer sealer() {
        if (keys != null) {
            return SecretSealer.with(keys);
        }
        return store.persistent() ? SecretSealer.withoutKeys() : SecretSealer.ephemeral();
    }

    SecretStores secretStores() {
        return new SecretStores(secretStores, defaultSecretStore);
    }

    private static Duration positive(String what, Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException(what + " must be positive, is " + duration);
        }
        return duration;
    }

    private static int positive(String what, int number) {
        if (number < 1) {
            throw new IllegalArgumentException(what + " must be at least 1, is " + number);
        }
        return number;
    }
}
