package dev.headwater.core;

import static dev.headwater.core.Sources.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.spi.Commit;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.DataSourceStore;
import dev.headwater.spi.Deployment;
import dev.headwater.spi.StoreException;
import dev.headwater.spi.ValidationException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is deployed, and what is current")
class DeployedTest {

    private static final Duration FAR_OFF = Duration.ofHours(1);

    private static DataSourceRegistry node(DataSourceStore store, Duration poll) {
        return DataSourceRegistry.builder()
                .store(Sources.keptOpen(store))
                .pollInterval(poll)
                .build();
    }

    @Test
    @DisplayName("is a view that stays as it is; a deploy swaps it at once, here and on other nodes, without the store")
    void swapped() throws InterruptedException {
        List<String> calls = new CopyOnWriteArrayList<>();
        DataSourceStore store = new InMemoryStore();
        try (DataSourceRegistry one = node(Sources.recording(store, calls), FAR_OFF);
                DataSourceRegistry two = node(store, Duration.ofMillis(10))) {
            DataSources here = one.environment("production");
            DataSources there = two.environment("production");
            assertThat(here.deployed().deployment()).isEmpty();
            assertThat(there.deployed().all()).isEmpty();
            DataSourceRecord orders = here.create(Sources.postgres("orders"));
            assertThat(here.deployed().all()).isEmpty();
            assertThat(here.undeployed(10)).extracting(Commit::number).containsExactly(1L);
            Deployment first = here.deploy();
            DeployedView view = here.deployed();
            assertThat(view.deployment()).contains(first);
            assertThat(view.findByName("orders")).contains(orders);
            eventually(() -> there.deployed().find(orders.id()).isPresent());

            here.rename(orders.id(), "sales");
            here.create(Sources.postgres("more"));
            here.delete(here.create(Sources.postgres("gone")).id());
            assertThat(here.undeployed(10)).extracting(Commit::number).containsExactly(2L, 3L, 4L, 5L);
            assertThat(here.undeployed(2)).hasSize(2);
            calls.clear();
            assertThat(here.deployed().findByName("orders")).contains(orders);
            assertThat(calls).doesNotContain("standingAt", "deployments");
            here.deploy();
            assertThat(calls).doesNotContain("standingAt");
            assertThat(view.findByName("orders")).contains(orders);
            assertThat(here.deployed().findByName("orders")).isEmpty();
            assertThat(here.deployed().all())
                    .extracting(DataSourceRecord::name)
                    .containsExactlyInAnyOrder("sales", "more");
            assertThat(here.undeployed(10)).isEmpty();
            eventually(() -> there.deployed().findByName("sales").isPresent());
        }
    }

    @Test
    @DisplayName("is that of an earlier deployment again, when that is what a host wants")
    void redeployed() {
        try (DataSourceRegistry registry = DataSourceRegistry.builder().build()) {
            DataSources sources = registry.environment("production");
            DataSourceRecord orders = sources.create(Sources.postgres("orders"));
            Deployment first = sources.deploy();
            sources.rename(orders.id(), "sales");
            sources.deploy();
            sources.delete(orders.id());
            sources.deploy();

            Deployment again = sources.redeploy(first.number(), null);
            assertThat(again.number()).isEqualTo(4);
            assertThat(sources.deployed().findByName("orders").orElseThrow().id())
                    .isEqualTo(orders.id());
            assertThat(sources.history(Long.MAX_VALUE, 1).get(0).message()).isEqualTo("roll back to deployment 1");
            assertThat(sources.redeploy(again.number(), null).commit()).isEqualTo(again.commit());
            for (long none : new long[] {0, -1, 99, Long.MAX_VALUE}) {
                assertThatThrownBy(() -> sources.redeploy(none, null)).isInstanceOf(ValidationException.class);
            }
        }
    }

    @Test
    @DisplayName("is seen after a refresh, whatever the poll interval is")
    void refreshed() {
        DataSourceStore store = new InMemoryStore();
        List<Long> heard = new CopyOnWriteArrayList<>();
        DataSourceRegistry two = DataSourceRegistry.builder()
                .store(Sources.keptOpen(store))
                .pollInterval(FAR_OFF)
                .listener((commit, first) -> heard.add(commit.number()))
                .build();
        try (DataSourceRegistry one = node(store, FAR_OFF)) {
            DataSources writer = one.environment("production");
            DataSources reader = two.environment("production");
            DataSourceRecord orders = writer.create(Sources.postgres("orders"));
            assertThat(reader.get(orders.id())).isEqualTo(orders);
            assertThat(reader.deployed().all()).isEmpty();
            writer.rename(orders.id(), "sales");
            writer.deploy();
            assertThat(reader.get(orders.id()).name()).isEqualTo("orders");
            assertThat(reader.refresh().get(orders.id()).name()).isEqualTo("sales");
            assertThat(reader.deployed().findByName("sales")).isPresent();
            two.close();
            assertThat(heard).containsExactly(1L, 2L);
            assertThatThrownBy(reader::refresh).isInstanceOf(StoreException.class);
        }
    }

    @Test
    @DisplayName("is asked for with one query, however many environments are open")
    void oneQuery() throws InterruptedException {
        List<String> calls = new CopyOnWriteArrayList<>();
        try (DataSourceRegistry registry = DataSourceRegistry.builder()
                .store(Sources.recording(new InMemoryStore(), calls))
                .pollInterval(Duration.ofMillis(20))
                .build()) {
            for (int i = 0; i < 100; i++) {
                assertThat(registry.environment("e" + i).find(DataSourceId.of("none")))
                        .isEmpty();
            }
            calls.clear();
            eventually(() -> calls.stream().filter("heads"::equals).count() >= 3);
            assertThat(calls).doesNotContain("commitsAfter", "head", "deployments");
        }
    }

    @Test
    @DisplayName("is told to every listener, though another one is slow")
    void slowListener() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        List<Long> slow = new CopyOnWriteArrayList<>();
        List<Long> quick = new CopyOnWriteArrayList<>();
        try (DataSourceRegistry registry = DataSourceRegistry.builder()
                .listener((commit, first) -> {
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    slow.add(commit.number());
                })
                .listener((commit, first) -> quick.add(commit.number()))
                .build()) {
            DataSources sources = registry.environment("production");
            for (int i = 0; i < 20; i++) {
                sources.create(Sources.postgres("s" + i));
            }
            eventually(() -> quick.size() == 20);
            assertThat(slow).isEmpty();
            release.countDown();
            eventually(() -> slow.size() == 20);
            assertThat(slow).isEqualTo(quick).isSorted();
        }
    }

    @Test
    @DisplayName("in one registry is nothing to another one in the same JVM")
    void nothingShared() throws InterruptedException {
        FakeConnector connector = new FakeConnector();
        List<Commit> heardByTwo = new CopyOnWriteArrayList<>();
        DataSourceRegistry one =
                DataSourceRegistry.builder().connectors(List.of(connector)).build();
        try (DataSourceRegistry two = DataSourceRegistry.builder()
                .connectors(List.of(new FakeConnector()))
                .listener((commit, first) -> heardByTwo.add(commit))
                .build()) {
            DataSourceRecord orders = one.environment("production").create(Sources.postgres("orders"));
            DataSources there = two.environment("production");
            assertThat(there.findByName("orders")).isEmpty();
            one.background().pause();
            assertThat(two.background().paused()).isFalse();
            one.close();
            DataSourceRecord mine = there.create(Sources.postgres("orders"));
            eventually(() -> there.observations(mine.id()).sync().firstSyncDone());
            assertThat(there.refresh().get(mine.id())).isEqualTo(mine);
            assertThat(there.find(orders.id())).isEmpty();
            eventually(() -> heardByTwo.size() == 1);
            assertThat(heardByTwo.get(0).change().dataSource()).isEqualTo(mine.id());
        }
    }
}
