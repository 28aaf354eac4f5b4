package dev.headwater.benchmarks;

import dev.headwater.core.DataSourceRegistry;
import dev.headwater.core.DataSources;
import dev.headwater.core.InMemoryStore;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceRecord;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Reading a warm record among 1,000: through the registry, access policy included, and from a map. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init")
public class WarmGetBenchmark {

    /** A power of two, so that the next index is cheap. */
    private static final int SOURCES = 1_024;

    private DataSourceRegistry registry;
    private DataSources sources;
    private Map<DataSourceId, DataSourceRecord> byId;
    private Map<String, DataSourceRecord> byName;
    private DataSourceId[] ids;
    private String[] names;
    private int next;

    /** Opens a registry and warms all records. */
    @Setup
    public void open() {
        InMemoryStore store = new InMemoryStore();
        Samples.fill(store, SOURCES);
        registry = DataSourceRegistry.builder()
                .store(store)
                .pollInterval(Duration.ofHours(1))
                .build();
        sources = registry.environment(Samples.ENVIRONMENT.value());
        byId = new ConcurrentHashMap<>();
        byName = new ConcurrentHashMap<>();
        ids = new DataSourceId[SOURCES];
        names = new String[SOURCES];
        for (int i = 0; i < SOURCES; i++) {
            int shuffled = i * 617 % SOURCES;
            ids[i] = Samples.id(shuffled);
            names[i] = Samples.name(shuffled);
            DataSourceRecord record = sources.getByName(names[i]);
            byId.put(record.id(), record);
            byName.put(record.name(), record);
        }
    }

    /** Closes the registry. */
    @TearDown(Level.Trial)
    public void close() {
        registry.close();
    }

    private int next() {
        next = (next + 1) & (SOURCES - 1);
        return next;
    }

    /** From the registry. */
    @Benchmark
    @Compared(
            with = {"byIdMap"},
            atMost = 100)
    public DataSourceRecord byId() {
        return sources.get(ids[next()]);
    }

    /** From a map. */
    @Benchmark
    public @Nullable DataSourceRecord byIdMap() {
        return byId.get(ids[next()]);
    }

    /** From the registry. */
    @Benchmark
    @Compared(
            with = {"byNameMap"},
            atMost = 100)
    public DataSourceRecord byName() {
        return sources.getByName(names[next()]);
    }

    /** From a map. */
    @Benchmark
    public @Nullable DataSourceRecord byNameMap() {
        return byName.get(names[next()]);
    }
}
