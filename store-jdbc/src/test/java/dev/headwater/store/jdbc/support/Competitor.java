package dev.headwater.store.jdbc.support;

import dev.headwater.spi.CommitOutcome;
import dev.headwater.spi.CommitRequest;
import dev.headwater.spi.ConfigValue;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.DataSourceSpec;
import dev.headwater.spi.DataSourceStore;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.ProposedChange;
import dev.headwater.store.jdbc.JdbcStore;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Eight threads that write one environment, and check that each conflict is reported as what it is. */
public final class Competitor {

    public static final EnvironmentId ENV = new EnvironmentId("contested");
    public static final DataSourceId COUNTER = new DataSourceId("counter");
    public static final int THREADS = 8;
    public static final int EACH = 25;

    private Competitor() {}

    /** Arguments: JDBC URL, user, a prefix for ids. Waits for a line on standard input before it begins. */
    public static void main(String[] arguments) throws Exception {
        try (JdbcStore store =
                JdbcStore.builder().url(arguments[0]).user(arguments[1]).open()) {
            System.out.println("ready");
            new BufferedReader(new InputStreamReader(System.in)).readLine();
            System.out.println(run(store, arguments[2]));
        }
    }

    public static DataSourceSpec counting(long count) {
        return new DataSourceSpec(
                "counter", null, null, "k", Map.of("count", new ConfigValue.Literal(count)), Map.of(), null);
    }

    public static long count(DataSourceRecord record) {
        return (Long) ((ConfigValue.Literal) record.config().get("count")).value();
    }

    /** {@return how many names its threads got} */
    public static int run(DataSourceStore store, String prefix) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                String id = prefix + i;
                tasks.add(() -> compete(store, id));
            }
            int names = 0;
            for (Future<Integer> result : threads.invokeAll(tasks)) {
                names += result.get();
            }
            return names;
        } finally {
            threads.shutdownNow();
        }
    }

    private static int compete(DataSourceStore store, String prefix) {
        int names = 0;
        for (int i = 0; i < EACH; i++) {
            increment(store);
            names += insert(store, prefix + "-" + i, "name-" + i);
        }
        return names;
    }

    private static void increment(DataSourceStore store) {
        while (true) {
            DataSourceRecord seen = store.findById(ENV, COUNTER).orElseThrow();
            var update = new ProposedChange.Update(
                    COUNTER, seen.version(), seen.created(), counting(count(seen) + 1), List.of("count"));
            CommitOutcome outcome =
                    store.commit(new CommitRequest(ENV, Requests.stamp(), null, List.of(update), List.of()));
            if (outcome instanceof CommitOutcome.Committed) {
                return;
            }
            if (!(outcome instanceof CommitOutcome.VersionConflict conflict
                    && conflict.expected() == seen.version()
                    && conflict.actual() > seen.version())) {
                throw new AssertionError("not a version conflict: " + outcome);
            }
        }
    }

    private static int insert(DataSourceStore store, String id, String name) {
        var insert = new ProposedChange.Insert(
                new DataSourceId(id), Requests.stamp(), counting(0).withName(name));
        CommitOutcome outcome =
                store.commit(new CommitRequest(ENV, Requests.stamp(), null, List.of(insert), List.of()));
        if (outcome instanceof CommitOutcome.Committed) {
            return 1;
        }
        DataSourceId holder = store.findByName(ENV, name).orElseThrow().id();
        if (!outcome.equals(new CommitOutcome.NameTaken(name, holder))) {
            throw new AssertionError("not a taken name: " + outcome);
        }
        return 0;
    }
}
