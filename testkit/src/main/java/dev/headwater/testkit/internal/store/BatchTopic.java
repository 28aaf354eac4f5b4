package dev.headwater.testkit.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.spi.Commit;
import dev.headwater.spi.CommitOutcome;
import dev.headwater.spi.CommitRequest;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.PageQuery;
import dev.headwater.spi.ProposedChange;
import dev.headwater.spi.SealedSecret;
import dev.headwater.spi.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Several changes in one request. */
public abstract class BatchTopic extends StoreTopic {

    private static final int MANY = 700;

    protected BatchTopic(StoreHooks hooks) {
        super(hooks);
    }

    @Test
    @DisplayName("makes one commit for each, in its order")
    void oneCommitEach() {
        inserted(A, "a");
        inserted(B, "b");

        List<Commit> commits = committed(delete(B, 2, "b"), insert(C, "c"), rename(A, 1, "a2"));

        assertThat(commits).extracting(Commit::number).containsExactly(3L, 4L, 5L);
        assertThat(commits).extracting(commit -> commit.change().dataSource()).containsExactly(B, C, A);
        assertThat(store().commitsAfter(ENV, 2, 10)).isEqualTo(commits);
        assertThat(store().findById(ENV, A).map(DataSourceRecord::version)).contains(5L);
        assertThat(store().findById(ENV, C).map(DataSourceRecord::version)).contains(4L);
    }

    @Test
    @DisplayName("leaves nothing if a later change is refused: no commit, no name, no secret")
    void laterRefusalLeavesNothing() {
        inserted(A, "a");
        View before = view(ENV);
        SealedSecret secret = sealed(ENV, "s1", B, "k1");

        for (ProposedChange bad :
                List.of(rename(A, 9, "x"), rename(C, 1, "x"), delete(C, 1, "x"), insert(C, "a"), insert(A, "x"))) {
            var changes = List.<ProposedChange>of(insert(B, "b"), bad);
            CommitOutcome outcome = store().commit(new CommitRequest(ENV, stamp(), null, changes, List.of(secret)));
            assertThat(outcome).isNotInstanceOf(CommitOutcome.Committed.class);
            assertThat(view(ENV)).isEqualTo(before);
        }
        assertThat(committed(insert(B, "b"))).hasSize(1);
    }

    @Test
    @DisplayName("leaves nothing if a sealed secret's id is there already, which is an error")
    void secretThatIsThere() {
        committed(withSecrets(insert(A, "a"), sealed(ENV, "s1", A, "k1")));
        View before = view(ENV);

        CommitRequest again = withSecrets(insert(B, "b"), sealed(ENV, "s2", B, "k1"), sealed(ENV, "s1", B, "k2"));
        assertThatThrownBy(() -> store().commit(again)).isInstanceOf(StoreException.class);
        CommitRequest twice = withSecrets(insert(B, "b"), sealed(ENV, "s3", B, "k1"), sealed(ENV, "s3", B, "k2"));
        assertThatThrownBy(() -> store().commit(twice)).isInstanceOf(StoreException.class);

        assertThat(view(ENV)).isEqualTo(before);
    }

    @Test
    @DisplayName("reports what is wrong with the earliest change")
    void earliestCounts() {
        inserted(A, "a");
        inserted(B, "b");

        assertThat(commit(insert(C, "a"), rename(B, 9, "x"))).isEqualTo(new CommitOutcome.NameTaken("a", A));
        assertThat(commit(rename(B, 9, "x"), insert(C, "a"))).isEqualTo(new CommitOutcome.VersionConflict(B, 9, 2));
        assertThat(commit(delete(C, 1, "c"), rename(B, 9, "x"))).isEqualTo(new CommitOutcome.Gone(C));
    }

    @Test
    @DisplayName("may swap names")
    void swap() {
        inserted(A, "a");
        inserted(B, "b");

        committed(rename(A, 1, "b"), rename(B, 2, "a"));

        assertThat(store().findByName(ENV, "a").map(DataSourceRecord::id)).contains(B);
        assertThat(store().findByName(ENV, "b").map(DataSourceRecord::id)).contains(A);
    }

    @Test
    @DisplayName("may pass names on in a ring, with labels")
    void ring() {
        var labels = Map.of("team", "x");
        committed(
                insert(A, spec("a", "k", labels)),
                insert(B, spec("b", "k", labels)),
                insert(C, spec("c", "k", labels)));

        committed(
                update(A, 1, spec("b", "k", labels)),
                update(B, 2, spec("c", "k", labels)),
                update(C, 3, spec("a", "k", labels)));

        assertThat(store().page(ENV, new PageQuery(Set.of(), labels, Set.of(), null, 10)))
                .extracting(DataSourceRecord::id)
                .containsExactly(C, A, B);
    }

    @Test
    @DisplayName("may give on a name that it frees, whichever comes first")
    void freedName() {
        inserted(A, "a");
        inserted(B, "b");

        committed(insert(C, "a"), delete(A, 1, "a"));
        assertThat(store().findByName(ENV, "a").map(DataSourceRecord::id)).contains(C);

        committed(rename(C, 3, "b"), rename(B, 2, "c"));
        assertThat(store().findByName(ENV, "b").map(DataSourceRecord::id)).contains(C);
        assertThat(store().findByName(ENV, "c").map(DataSourceRecord::id)).contains(B);
    }

    @Test
    @DisplayName("may not give one name twice: the later change finds it taken by the data source of the earlier")
    void sameNameTwice() {
        inserted(A, "a");
        View before = view(ENV);

        assertThat(commit(insert(B, "x"), insert(C, "x"))).isEqualTo(new CommitOutcome.NameTaken("x", B));
        assertThat(commit(rename(A, 1, "x"), insert(C, "x"))).isEqualTo(new CommitOutcome.NameTaken("x", A));
        assertThat(view(ENV)).isEqualTo(before);
    }

    @Test
    @DisplayName("of many changes is written as one")
    void many() {
        List<ProposedChange> inserts = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            inserts.add(insert(DataSourceId.of("many-" + i), "many-" + i));
        }

        List<Commit> commits = committed(new CommitRequest(ENV, stamp(), null, inserts, List.of()));

        assertThat(commits)
                .extracting(Commit::number)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, MANY).boxed().toList());
        assertThat(store().head(ENV)).isEqualTo(MANY);
        assertThat(store().commitsAfter(ENV, 0, 1_000)).isEqualTo(commits);

        inserts.set(MANY - 1, rename(A, 1, "not there"));
        CommitRequest next = new CommitRequest(OTHER_ENV, stamp(), null, inserts, List.of());
        assertThat(store().commit(next)).isEqualTo(new CommitOutcome.Gone(A));
        assertThat(store().head(OTHER_ENV)).isZero();
        assertThat(store().page(OTHER_ENV, PageQuery.first(10))).isEmpty();
    }
}
