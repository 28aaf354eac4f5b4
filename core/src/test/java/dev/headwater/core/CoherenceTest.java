package dev.headwater.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.spi.Commit;
import dev.headwater.spi.ConfigValue;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.DataSourceStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Nodes that share a store")
class CoherenceTest {

    private static final Duration FAR_OFF = Duration.ofHours(1);

    @Test
    @DisplayName("read warm data sources without the store")
    void warmReads() {
        List<String> calls = new CopyOnWriteArrayList<>();
        DataSourceStore store = Sources.recording(new InMemoryStore(), calls);
        try (DataSourceRegistry registry =
                DataSourceRegistry.builder().store(store).pollInterval(FAR_OFF).build()) {
            DataSources sources = registry.environment("production");
            DataSourceRecord orders = sources.create(Sources.postgres("orders"));
            calls.clear();
            for (int i = 0; i < 1_000; i++) {
                assertThat(sources.get(orders.id())).isSameAs(sources.getByName("orders"));
            }
            assertThat(calls).doesNotContain("findById", "findByName");
        }
    }

    @Test
    @DisplayName("hear of each other's commits, deletions and renames included")
    void seeEachOther() throws InterruptedException {
        DataSourceStore store = new InMemoryStore();
        BlockingQueue<Commit> heard = new LinkedBlockingQueue<>();
        try (DataSourceRegistry one = DataSourceRegistry.builder()
                        .store(store)
                        .pollInterval(FAR_OFF)
                        .build();
                DataSourceRegistry two = DataSourceRegistry.builder()
                        .store(store)
                        .pollInterval(Duration.ofMillis(5))
                        .listener((commit, first) -> heard.add(commit))
                        .build()) {
            DataSources writer = one.environment("production");
            DataSources reader = two.environment("production");
            DataSourceRecord orders = writer.create(Sources.postgres("orders"));
            assertThat(reader.getByName("orders")).isEqualTo(orders);

            writer.update(orders.id(), DataSourcePatch.setting("port", 5433));
            await(heard, 2);
            assertThat(reader.get(orders.id()).config().get("port")).isEqualTo(new ConfigValue.Literal(5433L));

            writer.rename(orders.id(), "sales");
            DataSourceRecord other = writer.create(Sources.postgres("orders"));
            await(heard, 4);
            assertThat(reader.getByName("sales").id()).isEqualTo(orders.id());
            assertThat(reader.getByName("orders").id()).isEqualTo(other.id());

            writer.delete(orders.id());
            await(heard, 5);
            assertThat(reader.find(orders.id())).isEmpty();
            assertThat(reader.findByName("sales")).isEmpty();
        }
    }

    private static void await(BlockingQueue<Commit> heard, long number) throws InterruptedException {
        Commit commit;
        do {
            commit = heard.poll(10, TimeUnit.SECONDS);
            assertThat(commit).as("commit %s", number).isNotNull();
        } while (commit.number() != number);
    }

    @Test
    @DisplayName(
            "tell listeners each commit once, in order, their own last ones before closing, and which was the first")
    void listeners() {
        List<Long> numbers = new CopyOnWriteArrayList<>();
        List<Boolean> firsts = new CopyOnWriteArrayList<>();
        DataSourceRegistry registry = DataSourceRegistry.builder()
                .listener((commit, first) -> {
                    if (commit.number() == 7) {
                        throw new IllegalStateException("a listener that fails hurts nobody");
                    }
                })
                .listener((commit, first) -> {
                    numbers.add(commit.number());
                    firsts.add(first);
                })
                .build();
        DataSources sources = registry.environment("production");
        for (int i = 0; i < 50; i++) {
            sources.create(Sources.postgres("s" + i));
        }
        registry.close();
        assertThat(numbers).hasSize(50).isSorted().doesNotHaveDuplicates();
        assertThat(firsts.get(0)).isTrue();
        assertThat(firsts.subList(1, 50)).containsOnly(false);
    }

    @Test
    @DisplayName("keep no more records in memory than they are allowed, and find the rest all the same")
    void boundedMemory() {
        List<String> calls = new CopyOnWriteArrayList<>();
        DataSourceStore store = Sources.recording(new InMemoryStore(), calls);
        try (DataSourceRegistry registry = DataSourceRegistry.builder()
                .store(store)
                .maxWarmRecords(10)
                .pollInterval(FAR_OFF)
                .build()) {
            DataSources sources = registry.environment("production");
            for (int i = 0; i < 100; i++) {
                sources.create(Sources.postgres("s" + i));
            }
            calls.clear();
            for (int i = 0; i < 100; i++) {
                assertThat(sources.getByName("s" + i).name()).isEqualTo("s" + i);
            }
            assertThat(calls).filteredOn("findByName"::equals).hasSizeGreaterThanOrEqualTo(90);
        }
    }
}
