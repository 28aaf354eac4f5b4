package dev.headwater.benchmarks;

import dev.headwater.spi.DataSourceRecord;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/** Reading from the store among 1,000 data sources: one by id, one by name, a page of 100. Nothing is cached by Headwater. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init")
public class FindBenchmark {

    private static final int SOURCES = 1_000;
    private static final String ENVIRONMENT = Samples.ENVIRONMENT.value();

    /** The database behind the store. */
    @Param
    public Engine engine;

    private OpenStore open;
    private int next;

    /** Opens the store and fills it. */
    @Setup
    public void open() {
        open = OpenStore.open(engine, "finds");
        if (open.store.head(Samples.ENVIRONMENT) == 0) {
            Samples.fill(open.store, SOURCES);
            open.analyze();
        }
    }

    /** Closes the store. */
    @TearDown(Level.Trial)
    public void close() {
        open.close();
    }

    /** Spreads over all of them, in no order that a cache could like. */
    private int next() {
        next = (next + 617) % SOURCES;
        return next;
    }

    /** A record from the store. */
    @Benchmark
    @Compared(
            with = {"byIdRawJdbc", "byIdRawJdbcDriverTimeout", "byIdRawRows"},
            atMostTimes = 1.2,
            goalOnlyFor = "POSTGRESQL")
    public Optional<DataSourceRecord> byId() {
        return open.store.findById(Samples.ENVIRONMENT, Samples.id(next()));
    }

    /** The same statement, and its JSON decoded by hand. */
    @Benchmark
    public @Nullable RawSource byIdRawJdbc() throws SQLException {
        return open.raw.findById(ENVIRONMENT, Samples.id(next()).value(), RawJdbc::source);
    }

    /** The same, with the timeout of the driver, which the store uses where the server has none. */
    @Benchmark
    public @Nullable RawSource byIdRawJdbcDriverTimeout() throws SQLException {
        return open.rawDriverTimeout.findById(ENVIRONMENT, Samples.id(next()).value(), RawJdbc::source);
    }

    /** The same statement, its JSON left as text. */
    @Benchmark
    public RawJdbc.@Nullable Row byIdRawRows() throws SQLException {
        return open.raw.findById(ENVIRONMENT, Samples.id(next()).value(), RawJdbc::row);
    }

    /** A record from the store. */
    @Benchmark
    @Compared(
            with = {"byNameRawJdbc", "byNameRawRows"},
            atMostTimes = 1.2,
            goalOnlyFor = "POSTGRESQL")
    public Optional<DataSourceRecord> byName() {
        return open.store.findByName(Samples.ENVIRONMENT, Samples.name(next()));
    }

    /** The same statement, and its JSON decoded by hand. */
    @Benchmark
    public @Nullable RawSource byNameRawJdbc() throws SQLException {
        return open.raw.findByName(ENVIRONMENT, Samples.name(next()), RawJdbc::source);
    }

    /** The same statement, its JSON left as text. */
    @Benchmark
    public RawJdbc.@Nullable Row byNameRawRows() throws SQLException {
        return open.raw.findByName(ENVIRONMENT, Samples.name(next()), RawJdbc::row);
    }

    /** A page from the store. */
    @Benchmark
    @Compared(
            with = {"pageRawJdbc", "pageRawRows"},
            atMostTimes = 1.2,
            goalOnlyFor = "POSTGRESQL")
    public List<DataSourceRecord> page() {
        return open.store.page(Samples.ENVIRONMENT, Samples.page(next() * 9 / 10));
    }

    /** The same statement, and its JSON decoded by hand. */
    @Benchmark
    public List<RawSource> pageRawJdbc() throws SQLException {
        return open.raw.page(ENVIRONMENT, Samples.name(next() * 9 / 10), RawJdbc::source);
    }

    /** The same statement, its JSON left as text. */
    @Benchmark
    public List<RawJdbc.Row> pageRawRows() throws SQLException {
        return open.raw.page(ENVIRONMENT, Samples.name(next() * 9 / 10), RawJdbc::row);
    }
}
