package dev.headwater.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.spi.Commit;
import dev.headwater.spi.CommitRequest;
import dev.headwater.spi.DataSourceStore;
import dev.headwater.spi.PageQuery;
import dev.headwater.spi.ProposedChange;
import dev.headwater.store.jdbc.support.Acknowledger;
import dev.headwater.store.jdbc.support.Child;
import dev.headwater.store.jdbc.support.Competitor;
import dev.headwater.store.jdbc.support.Consistency;
import dev.headwater.store.jdbc.support.Requests;
import dev.headwater.store.jdbc.support.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Several processes")
class ProcessesTest {

    private static final int ACKNOWLEDGED = 60;

    @Test
    @DisplayName(
            "write one environment on PostgreSQL: no update is lost, no number is left out, no name is given twice")
    void twoProcesses() throws Exception {
        try (TestDatabase database = TestDatabase.postgres();
                DataSourceStore store = database.open();
                Child child = Child.start(Competitor.class, database.url(), database.user(), "child-")) {
            var counter = new ProposedChange.Insert(Competitor.COUNTER, Requests.stamp(), Competitor.counting(0));
            store.commit(new CommitRequest(Competitor.ENV, Requests.stamp(), null, List.of(counter), List.of()));
            assertThat(child.line()).isEqualTo("ready");
            child.tell("go");

            int mine = Competitor.run(store, "parent-");
            int its = Integer.parseInt(child.line());

            assertThat(child.end()).isZero();
            int increments = 2 * Competitor.THREADS * Competitor.EACH;
            assertThat(Competitor.count(
                            store.findById(Competitor.ENV, Competitor.COUNTER).orElseThrow()))
                    .isEqualTo(increments);
            assertThat(mine + its).isEqualTo(Competitor.EACH);
            assertThat(store.page(Competitor.ENV, PageQuery.first(1_000))).hasSize(Competitor.EACH + 1);
            assertThat(store.head(Competitor.ENV)).isEqualTo(1 + increments + Competitor.EACH);
            Consistency.check(database.dataSource(), store);
        }
    }

    @Test
    @DisplayName("killed in the middle of writes leave on PostgreSQL every acknowledged commit and no half of one")
    void killedOnPostgres() throws Exception {
        try (TestDatabase database = TestDatabase.postgres()) {
            List<String> acknowledged = writeAndKill(database.url(), database.user());
            check(database, acknowledged);
        }
    }

    @RepeatedTest(8)
    @DisplayName("killed in the middle of writes leave in a file of H2 every acknowledged commit and no half of one")
    void killedOnH2(@TempDir Path directory) throws Exception {
        List<String> acknowledged = writeAndKill(TestDatabase.h2FileUrl(directory), "sa");
        try (TestDatabase database = TestDatabase.h2File(directory)) {
            check(database, acknowledged);
        }
    }

    private static List<String> writeAndKill(String url, String user) throws Exception {
        try (Child child = Child.start(Acknowledger.class, url, user)) {
            List<String> acknowledged = new ArrayList<>();
            while (acknowledged.size() < ACKNOWLEDGED) {
                acknowledged.add(child.line());
            }
            child.kill();
            List<String> rest = child.rest();
            // the last line may be cut short
            acknowledged.addAll(rest.subList(0, Math.max(0, rest.size() - 1)));
            return acknowledged;
        }
    }

    private static void check(TestDatabase database, List<String> acknowledged) {
        try (DataSourceStore store = database.open()) {
            List<Commit> log = store.commitsAfter(Acknowledger.ENV, 0, Integer.MAX_VALUE);
            assertThat(log)
                    .extracting(
                            commit -> commit.number() + " " + commit.change().dataSource())
                    .containsAll(acknowledged);
            Consistency.check(database.dataSource(), store);
            store.commit(Requests.insert(Acknowledger.ENV, "after"));
            assertThat(store.head(Acknowledger.ENV)).isEqualTo(log.size() + 1);
        }
    }
}
