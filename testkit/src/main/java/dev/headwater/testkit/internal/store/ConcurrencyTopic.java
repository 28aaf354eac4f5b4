package dev.headwater.testkit.internal.store;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.spi.Commit;
import dev.headwater.spi.CommitOutcome;
import dev.headwater.spi.CommitRequest;
import dev.headwater.spi.ConfigValue;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.DataSourceSpec;
import dev.headwater.spi.Deployment;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.PageQuery;
import dev.headwater.spi.ProposedChange;
import dev.headwater.spi.SealedSecret;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Writers at once, and readers beside them. */
public abstract class ConcurrencyTopic extends StoreTopic {

    private static final int THREADS = 8;
    private static final int EACH = 12;
    private static final long SECONDS = 120;

    protected ConcurrencyTopic(StoreHooks hooks) {
        super(hooks);
    }

    @Test
    @DisplayName("write one log without gaps, in which each of their commits is found once")
    void noGaps() throws Exception {
        List<List<Commit>> all = together(thread -> {
            List<Commit> mine = new ArrayList<>();
            for (int i = 0; i < EACH; i++) {
                String id = "t" + thread + "-" + i;
                if (i % 4 == 3) {
                    mine.addAll(
                            committed(insert(DataSourceId.of(id), id), insert(DataSourceId.of(id + "x"), id + "x")));
                } else {
                    mine.addAll(committed(insert(DataSourceId.of(id), id)));
                }
            }
            return mine;
        });

        List<Commit> written = all.stream().flatMap(List::stream).toList();
        List<Commit> log = store().commitsAfter(ENV, 0, 1_000);
        assertThat(log).containsExactlyInAnyOrderElementsOf(written);
        assertThat(log)
                .extracting(Commit::number)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, written.size()).boxed().toList());
        assertThat(store().head(ENV)).isEqualTo(written.size());
        assertThat(store().page(ENV, PageQuery.first(1_000))).hasSize(written.size());
    }

    @Test
    @DisplayName("lose no update where each compares the version and tries again")
    void noLostUpdate() throws Exception {
        committed(insert(A, counting(0)));

        List<List<Long>> versions = together(thread -> {
            List<Long> mine = new ArrayList<>();
            while (mine.size() < EACH) {
                DataSourceRecord seen = store().findById(ENV, A).orElseThrow();
                var update = new ProposedChange.Update(
                        A, seen.version(), seen.created(), counting(count(seen) + 1), List.of("count"));
                CommitOutcome outcome = store().commit(request(ENV, update));
                if (outcome instanceof CommitOutcome.Committed committed) {
                    mine.add(committed.commits().get(0).number());
                } else {
                    assertThat(outcome).isInstanceOfSatisfying(CommitOutcome.VersionConflict.class, conflict -> {
                        assertThat(conflict.expected()).isEqualTo(seen.version());
                        assertThat(conflict.actual()).isGreaterThan(seen.version());
                    });
                }
            }
            return mine;
        });

        assertThat(count(store().findById(ENV, A).orElseThrow())).isEqualTo(THREADS * EACH);
        assertThat(store().head(ENV)).isEqualTo(THREADS * EACH + 1);
        assertThat(versions.stream().flatMap(List::stream)).doesNotHaveDuplicates();
    }

    private static DataSourceSpec counting(long count) {
        return spec("counter").withConfig(Map.of("count", new ConfigValue.Literal(count)));
    }

    private static long count(DataSourceRecord record) {
        ConfigValue value = record.config().get("count");
        assertThat(value).isInstanceOf(ConfigValue.Literal.class);
        return (Long) ((ConfigValue.Literal) requireNonNull(value)).value();
    }

    @Test
    @DisplayName("that want one name get it once; the others hear who has it")
    void oneNameOnce() throws Exception {
        for (int round = 0; round < 5; round++) {
            String name = "wanted-" + round;
            List<CommitOutcome> outcomes = together(thread ->
                    store().commit(request(ENV, insert(DataSourceId.of(name + "-" + thread), name))));

            DataSourceId holder = store().findByName(ENV, name).orElseThrow().id();
            assertThat(outcomes)
                    .filteredOn(CommitOutcome.Committed.class::isInstance)
                    .hasSize(1);
            assertThat(outcomes)
                    .filteredOn(outcome -> !(outcome instanceof CommitOutcome.Committed))
                    .allSatisfy(outcome -> assertThat(outcome).isEqualTo(new CommitOutcome.NameTaken(name, holder)));
        }
        assertThat(store().head(ENV)).isEqualTo(5);
    }

    @Test
    @DisplayName("see all of a request or nothing of it, and every commit before one that they see")
    void readersSeeWholeRequests() throws Exception {
        inserted(A, "left-0");
        inserted(B, "right-0");
        AtomicBoolean done = new AtomicBoolean();

        List<Integer> pages = together(thread -> {
            if (thread == 0) {
                try {
                    for (int i = 1; i <= EACH; i++) {
                        committed(rename(A, 2L * i - 1, "left-" + i), rename(B, 2L * i, "right-" + i));
                    }
                } finally {
                    done.set(true);
                }
                return 0;
            }
            int seen = 0;
            while (!done.get()) {
                List<DataSourceRecord> page = store().page(ENV, PageQuery.first(10));
                assertThat(page).hasSize(2);
                assertThat(page.get(0).version() + 1).isEqualTo(page.get(1).version());
                assertThat(page.get(0).name().substring(5))
                        .isEqualTo(page.get(1).name().substring(6));
                assertThat(store().head(ENV)).isGreaterThanOrEqualTo(page.get(1).version());
                List<Commit> log = store().commitsAfter(ENV, 0, 1_000);
                assertThat(log)
                        .extracting(Commit::number)
                        .containsExactlyElementsOf(
                                LongStream.rangeClosed(1, log.size()).boxed().toList());
                assertThat(log.size()).isGreaterThanOrEqualTo((int) page.get(1).version());
                seen++;
            }
            return seen;
        });

        assertThat(pages).hasSize(THREADS);
    }

    @Test
    @DisplayName("get deployments with numbers of their own, in the order of the commits")
    void deployments() throws Exception {
        List<List<Deployment>> all = together(thread -> {
            List<Deployment> mine = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                committed(insert(DataSourceId.of("d" + thread + "-" + i), "d" + thread + "-" + i));
                mine.add(store().deploy(ENV, stamp()));
            }
            return mine;
        });

        List<Deployment> stored = new ArrayList<>(store().deployments(ENV, Long.MAX_VALUE, 100));
        assertThat(stored)
                .containsExactlyInAnyOrderElementsOf(
                        all.stream().flatMap(List::stream).toList());
        Collections.reverse(stored);
        assertThat(stored)
                .extracting(Deployment::number)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, THREADS * 4).boxed().toList());
        assertThat(stored).extracting(Deployment::commit).isSorted();
    }

    @Test
    @DisplayName("seal a secret anew once")
    void resealOnce() throws Exception {
        SealedSecret old = sealed(ENV, "s1", A, "k0");
        committed(withSecrets(insert(A, "a"), old));

        List<Boolean> outcomes = together(thread -> store().reseal(old, sealed(ENV, "s1", A, "k1-" + thread)));

        assertThat(outcomes).filteredOn(done -> done).hasSize(1);
        SealedSecret stored = store().sealedSecrets(ENV, List.of(old.id())).get(old.id());
        assertThat(stored).isEqualTo(sealed(ENV, "s1", A, "k1-" + outcomes.indexOf(true)));
    }

    @Test
    @DisplayName("write to different environments, old and new, side by side")
    void environments() throws Exception {
        Map<Integer, Long> heads = new HashMap<>();
        List<Long> numbers = together(thread -> {
            var environment = EnvironmentId.of("side-" + thread % 4);
            long last = 0;
            for (int i = 0; i < 5; i++) {
                String id = "e" + thread + "-" + i;
                var insert = insert(DataSourceId.of(id), id);
                last = committed(new CommitRequest(environment, stamp(), null, List.of(insert), List.of()))
                        .get(0)
                        .number();
            }
            return last;
        });

        IntStream.range(0, 4).forEach(i -> heads.put(i, store().head(EnvironmentId.of("side-" + i))));
        assertThat(heads.values()).containsOnly(10L);
        assertThat(numbers).contains(10L);
    }

    private interface Task<T> {
        T run(int thread) throws Exception;
    }

    /**
     * Runs the task on all threads, which begin at once.
     *
     * @return the results by thread
     */
    private static <T> List<T> together(Task<T> task) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CyclicBarrier start = new CyclicBarrier(THREADS);
            List<Callable<T>> tasks = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                tasks.add(() -> {
                    start.await(SECONDS, TimeUnit.SECONDS);
                    return task.run(thread);
                });
            }
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(tasks, SECONDS, TimeUnit.SECONDS)) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
