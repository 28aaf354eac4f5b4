package dev.headwater.testkit.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.spi.Commit;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.PageQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The log of an environment, the history of a data source, and what stood when. */
public abstract class LogTopic extends StoreTopic {

    protected LogTopic(StoreHooks hooks) {
        super(hooks);
    }

    /** Commits 1 to 8; at 6, A and B are gone and C is there. */
    private List<Commit> history() {
        List<Commit> log = new ArrayList<>();
        log.addAll(committed(insert(B, "b")));
        log.addAll(committed(insert(A, "a")));
        log.addAll(committed(rename(B, 1, "b2")));
        log.addAll(committed(delete(A, 2, "a"), insert(C, "a")));
        log.addAll(committed(delete(B, 3, "b2")));
        log.addAll(committed(insert(A, "again")));
        log.addAll(committed(rename(A, 7, "again2")));
        return log;
    }

    @Test
    @DisplayName("of an environment that was never written to is empty, and its head is 0")
    void empty() {
        assertThat(store().head(ENV)).isZero();
        assertThat(store().commitsAfter(ENV, 0, 10)).isEmpty();
        assertThat(store().commitsOf(ENV, A, Long.MAX_VALUE, 10)).isEmpty();
        assertThat(store().standingAt(ENV, 0, null, 10)).isEmpty();
        assertThat(store().page(ENV, PageQuery.first(10))).isEmpty();
        assertThat(store().deployments(ENV, Long.MAX_VALUE, 10)).isEmpty();
    }

    @Test
    @DisplayName("is read from any number on, in order, as far as the limit")
    void commitsAfter() {
        List<Commit> log = history();

        assertThat(store().head(ENV)).isEqualTo(8);
        for (int number = 0; number <= 9; number++) {
            List<Commit> rest = log.subList(Math.min(number, 8), 8);
            assertThat(store().commitsAfter(ENV, number, 100)).isEqualTo(rest);
            assertThat(store().commitsAfter(ENV, number, 2)).isEqualTo(rest.subList(0, Math.min(2, rest.size())));
        }
        assertThat(store().commitsAfter(ENV, Long.MAX_VALUE, 1)).isEmpty();
    }

    @Test
    @DisplayName("of one data source is read backwards from any number on, also after its deletion")
    void commitsOf() {
        List<Commit> log = history();

        for (DataSourceId id : List.of(A, B, C)) {
            for (long before : new long[] {0, 1, 2, 3, 5, 8, 9, Long.MAX_VALUE}) {
                List<Commit> expected = new ArrayList<>();
                for (int i = log.size() - 1; i >= 0; i--) {
                    Commit commit = log.get(i);
                    if (commit.number() < before && commit.change().dataSource().equals(id)) {
                        expected.add(commit);
                    }
                }
                assertThat(store().commitsOf(ENV, id, before, 100)).isEqualTo(expected);
                assertThat(store().commitsOf(ENV, id, before, 1))
                        .isEqualTo(expected.subList(0, Math.min(1, expected.size())));
            }
        }
        assertThat(store().commitsOf(ENV, DataSourceId.of("never"), Long.MAX_VALUE, 5))
                .isEmpty();
        assertThat(store().commitsOf(OTHER_ENV, A, Long.MAX_VALUE, 5)).isEmpty();
    }

    @Test
    @DisplayName("says what stood right after each commit")
    void standingAt() {
        List<List<DataSourceRecord>> stood = new ArrayList<>();
        stood.add(List.of());
        for (Consumer<LogTopic> step : List.<Consumer<LogTopic>>of(
                topic -> committed(insert(B, "b")),
                topic -> committed(insert(A, "a")),
                topic -> committed(rename(B, 1, "b2")),
                topic -> committed(delete(A, 2, "a")),
                topic -> committed(insert(C, "a")),
                topic -> committed(delete(B, 3, "b2")),
                topic -> committed(insert(A, "again")))) {
            step.accept(this);
            List<DataSourceRecord> now = new ArrayList<>();
            for (DataSourceId id : List.of(A, B, C)) {
                store().findById(ENV, id).ifPresent(now::add);
            }
            stood.add(now);
        }

        for (int number = 0; number < stood.size(); number++) {
            List<DataSourceRecord> expected = stood.get(number);
            assertThat(store().standingAt(ENV, number, null, 100))
                    .as("at %d", number)
                    .isEqualTo(expected);
            List<DataSourceRecord> oneByOne = new ArrayList<>();
            DataSourceId after = null;
            while (true) {
                List<DataSourceRecord> next = store().standingAt(ENV, number, after, 1);
                if (next.isEmpty()) {
                    break;
                }
                oneByOne.addAll(next);
                assertThat(oneByOne).as("pages that never end").hasSizeLessThanOrEqualTo(expected.size());
                after = next.get(0).id();
            }
            assertThat(oneByOne).as("one by one at %d", number).isEqualTo(expected);
        }
        assertThat(store().standingAt(ENV, 1_000, null, 100)).isEqualTo(stood.get(7));
        assertThat(store().standingAt(OTHER_ENV, 7, null, 100)).isEmpty();
    }

    @Test
    @DisplayName("is not read with a limit below 1")
    void limits() {
        for (int limit : new int[] {0, -1, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> store().commitsAfter(ENV, 0, limit)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store().commitsOf(ENV, A, 9, limit)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store().standingAt(ENV, 0, null, limit))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store().sealedUnderOtherKeys("k", null, limit))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store().deployments(ENV, 9, limit)).isInstanceOf(IllegalArgumentException.class);
        }
        committed(insert(A, "a"));
        assertThat(store().commitsAfter(ENV, 0, Integer.MAX_VALUE)).hasSize(1);
        assertThat(store().commitsOf(ENV, A, Long.MAX_VALUE, Integer.MAX_VALUE)).hasSize(1);
        assertThat(store().standingAt(ENV, Long.MAX_VALUE, null, Integer.MAX_VALUE))
                .hasSize(1);
    }
}
