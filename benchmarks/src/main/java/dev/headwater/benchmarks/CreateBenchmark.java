package dev.headwater.benchmarks;

import dev.headwater.spi.CommitOutcome;
import dev.headwater.spi.DataSourceId;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Creating a data source with a sealed secret and two labels: seven statements in one transaction. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init")
public class CreateBenchmark {

    private static final int SOURCES = 1_000;

    /** The database behind the store. */
    @Param
    public Engine engine;

    private OpenStore open;
    private int next;

    /** Opens the store and fills it. */
    @Setup
    public void open() {
        open = OpenStore.openEmpty(engine, "creates");
        Samples.fill(open.store, SOURCES);
        open.analyze();
        next = SOURCES;
    }

    /** Closes the store. */
    @TearDown(Level.Trial)
    public void close() {
        open.close();
    }

    /** By the store. */
    @Benchmark
    @Compared(
            with = {"createRawJdbc", "createRawJdbcDriverTimeout"},
            atMostTimes = 1.25,
            goalOnlyFor = "POSTGRESQL")
    public CommitOutcome create() {
        CommitOutcome outcome = open.store.commit(Samples.create(next++));
        if (!(outcome instanceof CommitOutcome.Committed)) {
            throw new IllegalStateException("refused: " + outcome);
        }
        return outcome;
    }

    /** The same statements in the same transaction. */
    @Benchmark
    public long createRawJdbc() throws SQLException {
        return create(open.raw);
    }

    /** The same, with the timeout of the driver, which the store uses where the server has none. */
    @Benchmark
    public long createRawJdbcDriverTimeout() throws SQLException {
        return create(open.rawDriverTimeout);
    }

    private long create(RawJdbc raw) throws SQLException {
        RawSource source = source(next++);
        return raw.create(Samples.ENVIRONMENT.value(), source, source.id(), Samples.KEY_ID, Samples.CIPHERTEXT);
    }

    static RawSource source(int number) {
        DataSourceId id = Samples.id(number);
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("host", "db-" + number + ".eu-west-1.internal.example.com");
        config.put("port", 5432L);
        config.put("database", "orders_" + number);
        config.put("username", "reporting");
        config.put("password", new RawSource.Secret(id.value(), Samples.STAMP.at()));
        config.put("schema", "public");
        config.put("ssl.enabled", true);
        config.put("pool.max_size", 10L);
        return new RawSource(
                id.value(),
                Samples.name(number),
                "postgresql",
                0,
                "Orders " + number,
                "Orders of the web shop, replica for reporting",
                config,
                Map.of("team", "team-" + number % 50, "tier", number % 3 == 0 ? "gold" : "silver"),
                Samples.STAMP.at(),
                Samples.STAMP.by(),
                Samples.STAMP.at(),
                Samples.STAMP.by());
    }
}
