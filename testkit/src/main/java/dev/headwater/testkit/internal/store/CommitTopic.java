package dev.headwater.testkit.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.spi.Change;
import dev.headwater.spi.Commit;
import dev.headwater.spi.CommitOutcome;
import dev.headwater.spi.CommitRequest;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.ProposedChange;
import dev.headwater.spi.Stamp;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One change, and each of its outcomes. */
public abstract class CommitTopic extends StoreTopic {

    protected CommitTopic(StoreHooks hooks) {
        super(hooks);
    }

    @Test
    @DisplayName("of an insert gets number 1, and the data source is there at version 1")
    void insertIsThere() {
        ProposedChange.Insert insert = insert(A, "orders");
        CommitRequest request = new CommitRequest(ENV, stamp(), "first of all", List.of(insert), List.of());

        List<Commit> commits = committed(request);

        DataSourceRecord expected = new DataSourceRecord(ENV, A, 1, insert.spec(), insert.created(), request.stamp());
        assertThat(commits)
                .containsExactly(new Commit(ENV, 1, request.stamp(), "first of all", new Change.Inserted(expected)));
        assertThat(store().findById(ENV, A)).contains(expected);
        assertThat(store().findByName(ENV, "orders")).contains(expected);
        assertThat(store().head(ENV)).isEqualTo(1);
    }

    @Test
    @DisplayName("of an insert is refused if the data source is there already, with the version at which it stands")
    void insertOfWhatIsThere() {
        long version = inserted(A, "orders");
        View before = view(ENV);

        assertThat(commit(insert(A, "other"))).isEqualTo(new CommitOutcome.VersionConflict(A, 0, version));
        assertThat(commit(insert(A, "orders"))).isEqualTo(new CommitOutcome.VersionConflict(A, 0, version));
        assertThat(view(ENV)).isEqualTo(before);
    }

    @Test
    @DisplayName("of an insert is refused if another data source has the name, and says which")
    void insertOfTakenName() {
        inserted(A, "orders");
        View before = view(ENV);

        assertThat(commit(insert(B, "orders"))).isEqualTo(new CommitOutcome.NameTaken("orders", A));
        assertThat(view(ENV)).isEqualTo(before);
    }

    @Test
    @DisplayName("of an update replaces the state, moves the version, and keeps when the data source was created")
    void updateReplaces() {
        Commit first = committed(insert(A, "orders")).get(0);
        Stamp created = ((Change.Inserted) first.change()).after().created();
        var update = new ProposedChange.Update(A, 1, created, spec("orders2", "mysql", Map.of()), List.of("x", "y"));
        CommitRequest request = request(ENV, update);

        List<Commit> commits = committed(request);

        DataSourceRecord after = new DataSourceRecord(ENV, A, 2, update.spec(), created, request.stamp());
        assertThat(commits)
                .containsExactly(
                        new Commit(ENV, 2, request.stamp(), null, new Change.Updated(after, List.of("x", "y"))));
        assertThat(store().findById(ENV, A)).contains(after);
        assertThat(store().findByName(ENV, "orders2")).contains(after);
        assertThat(store().findByName(ENV, "orders")).isEmpty();
        assertThat(store().commitsAfter(ENV, 1, 10)).isEqualTo(commits);
    }

    @Test
    @DisplayName("of an update may keep the name")
    void updateKeepsName() {
        inserted(A, "orders");

        assertThat(committed(rename(A, 1, "orders"))).hasSize(1);
        assertThat(store().findByName(ENV, "orders").map(DataSourceRecord::version))
                .contains(2L);
    }

    @Test
    @DisplayName("of an update is refused if the data source is at another version, be it later or earlier")
    void updateAtOtherVersion() {
        inserted(A, "orders");
        committed(rename(A, 1, "orders2"));
        View before = view(ENV);

        assertThat(commit(rename(A, 1, "mine"))).isEqualTo(new CommitOutcome.VersionConflict(A, 1, 2));
        assertThat(commit(rename(A, 3, "mine"))).isEqualTo(new CommitOutcome.VersionConflict(A, 3, 2));
        assertThat(view(ENV)).isEqualTo(before);
    }

    @Test
    @DisplayName("of an update is refused as gone if the data source was deleted, or was never there")
    void updateOfGone() {
        inserted(A, "orders");
        committed(delete(A, 1, "orders"));
        View before = view(ENV);

        assertThat(commit(rename(A, 1, "orders"))).isEqualTo(new CommitOutcome.Gone(A));
        assertThat(commit(rename(A, 2, "orders"))).isEqualTo(new CommitOutcome.Gone(A));
        assertThat(commit(rename(B, 1, "orders"))).isEqualTo(new CommitOutcome.Gone(B));
        assertThat(view(ENV)).isEqualTo(before);
    }

    @Test
    @DisplayName("of an update is refused if another data source has the name")
    void updateToTakenName() {
        inserted(A, "orders");
        inserted(B, "users");
        View before = view(ENV);

        assertThat(commit(rename(B, 2, "orders"))).isEqualTo(new CommitOutcome.NameTaken("orders", A));
        assertThat(view(ENV)).isEqualTo(before);
    }

    @Test
    @DisplayName("says another version or gone, rather than that the name is taken, where both are so")
    void versionBeforeName() {
        inserted(A, "orders");
        inserted(B, "users");

        assertThat(commit(rename(B, 1, "orders"))).isEqualTo(new CommitOutcome.VersionConflict(B, 1, 2));
        assertThat(commit(rename(C, 1, "orders"))).isEqualTo(new CommitOutcome.Gone(C));
        assertThat(commit(insert(B, "orders"))).isEqualTo(new CommitOutcome.VersionConflict(B, 0, 2));
    }

    @Test
    @DisplayName("of a delete removes the data source and frees its name")
    void deleteRemoves() {
        inserted(A, "orders");
        CommitRequest request = request(ENV, delete(A, 1, "orders"));

        List<Commit> commits = committed(request);

        Change deleted = new Change.Deleted(A, "orders", "postgresql");
        assertThat(commits).containsExactly(new Commit(ENV, 2, request.stamp(), null, deleted));
        assertThat(store().findById(ENV, A)).isEmpty();
        assertThat(store().findByName(ENV, "orders")).isEmpty();
        assertThat(committed(insert(B, "orders"))).hasSize(1);
    }

    @Test
    @DisplayName("of a delete is refused at another version, and as gone if there is nothing to delete")
    void deleteRefused() {
        inserted(A, "orders");
        committed(rename(A, 1, "orders2"));
        View before = view(ENV);

        assertThat(commit(delete(A, 1, "orders"))).isEqualTo(new CommitOutcome.VersionConflict(A, 1, 2));
        assertThat(commit(delete(B, 1, "orders"))).isEqualTo(new CommitOutcome.Gone(B));
        assertThat(view(ENV)).isEqualTo(before);
    }

    @Test
    @DisplayName("of an insert brings a deleted data source back, under a version of its own")
    void bringBack() {
        Stamp created = committed(insert(A, "orders")).get(0).stamp();
        committed(delete(A, 1, "orders"));

        committed(new ProposedChange.Insert(A, created, spec("orders-again")));

        DataSourceRecord back = store().findById(ENV, A).orElseThrow();
        assertThat(back.version()).isEqualTo(3);
        assertThat(back.name()).isEqualTo("orders-again");
        assertThat(back.created()).isEqualTo(created);
        assertThat(commit(rename(A, 1, "x"))).isEqualTo(new CommitOutcome.VersionConflict(A, 1, 3));
    }

    @Test
    @DisplayName("in one environment is not seen in another, which has numbers, names and ids of its own")
    void environmentsAreApart() {
        inserted(A, "orders");

        assertThat(store().findById(OTHER_ENV, A)).isEmpty();
        assertThat(store().findByName(OTHER_ENV, "orders")).isEmpty();
        assertThat(store().head(OTHER_ENV)).isZero();
        assertThat(store().commit(request(OTHER_ENV, rename(A, 1, "x")))).isEqualTo(new CommitOutcome.Gone(A));

        List<Commit> commits = committed(request(OTHER_ENV, insert(A, "orders")));

        assertThat(commits.get(0).number()).isEqualTo(1);
        assertThat(store().head(ENV)).isEqualTo(1);
        assertThat(store().findById(OTHER_ENV, A).map(DataSourceRecord::environment))
                .contains(OTHER_ENV);
    }

    @Test
    @DisplayName("that was refused uses up no number")
    void refusalLeavesNoGap() {
        inserted(A, "orders");
        assertThat(commit(insert(B, "orders"))).isInstanceOf(CommitOutcome.NameTaken.class);
        assertThat(commit(rename(A, 7, "x"))).isInstanceOf(CommitOutcome.VersionConflict.class);
        assertThat(commit(delete(C, 1, "x"))).isInstanceOf(CommitOutcome.Gone.class);

        assertThat(inserted(B, "users")).isEqualTo(2);
        assertThat(store().head(ENV)).isEqualTo(2);
    }
}
