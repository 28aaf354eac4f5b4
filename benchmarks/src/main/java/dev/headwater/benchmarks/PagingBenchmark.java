package dev.headwater.benchmarks;

import dev.headwater.spi.DataSourceRecord;
import java.sql.SQLException;
import java.util.List;
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

/** A page of 100 at the start and at the end of many data sources, beside the same page by OFFSET. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init")
public class PagingBenchmark {

    private static final int SPREAD = 50;

    /** Where the page is. */
    public enum Position {
        START,
        END
    }

    /** The database behind the store. */
    @Param
    public Engine engine;

    /** How many data sources there are. */
    @Param("100000")
    public int sources;

    /** Where the page is. */
    @Param
    public Position position;

    private OpenStore open;
    private int first;
    private int next;

    /** Opens the store and fills it, which takes seconds. */
    @Setup
    public void open() {
        open = OpenStore.open(engine, "pages_" + sources);
        if (open.store.head(Samples.ENVIRONMENT) < sources) {
            // H2 looks through all of an environment for a request with many changes
            Samples.fill(open.store, sources, engine == Engine.H2 ? 1 : 500);
            open.analyze();
        }
        first = position == Position.START ? 1 : sources - 100 - SPREAD;
    }

    /** Closes the store. */
    @TearDown(Level.Trial)
    public void close() {
        open.close();
    }

    /** Another page each time, since H2 keeps the result of the last one. */
    private int next() {
        next = (next + 1) % SPREAD;
        return first + next;
    }

    /** The page after a name. */
    @Benchmark
    @Compared(with = {"offset"})
    public List<DataSourceRecord> keyset() {
        return open.store.page(Samples.ENVIRONMENT, Samples.page(next() - 1));
    }

    /** The same page by its number. */
    @Benchmark
    public List<RawSource> offset() throws SQLException {
        return open.raw.offsetPage(Samples.ENVIRONMENT.value(), next(), RawJdbc::source);
    }
}
