package dev.headwater.store.jdbc.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.core.BackgroundSettings;
import dev.headwater.core.DataSourceRegistry;
import dev.headwater.spi.CommitRequest;
import dev.headwater.spi.ConfigValue;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceSpec;
import dev.headwater.spi.DataSourceStore;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.ProposedChange;
import dev.headwater.store.jdbc.JdbcTaskQueue;
import dev.headwater.store.jdbc.support.Requests;
import dev.headwater.store.jdbc.support.TestDatabase;
import dev.headwater.testkit.internal.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Many data sources whose health is due at once, a part of them on one host. */
final class DrainRun {

    private static final EnvironmentId ENV = EnvironmentId.of("due");
    private static final int PER_HOST = 3;
    private static final int AT_ONCE = 32;
    private static final int BATCH = 500;
    private static final String HOT = "hot.example.com";

    private DrainRun() {}

    /**
     * Runs it on PostgreSQL.
     *
     * @param count how many data sources
     * @param onOneHost how many of these are on one host; the others are on 1,000
     */
    static String run(int count, int onOneHost) throws Exception {
        CountingConnector connector = new CountingConnector(2);
        try (TestDatabase database = TestDatabase.postgres();
                DataSourceStore store = database.open()) {
            insert(store, count, onOneHost);
            long began = System.nanoTime();
            try (DataSourceRegistry registry = DataSourceRegistry.builder()
                    .store(database.open())
                    .taskQueue(JdbcTaskQueue.builder()
                            .url(database.url())
                            .user(database.user())
                            .password("")
                            .maxPoolSize(16)
                            .pollInterval(Duration.ofMillis(200))
                            .open())
                    .connectors(List.of(connector))
                    .background(BackgroundSettings.defaults()
                            .withSyncOnChange(false)
                            .withSyncEvery(null)
                            .withHealthEvery(Duration.ofDays(1))
                            .withLimits(AT_ONCE, AT_ONCE, PER_HOST))
                    .build()) {
                CountDownLatch never = new CountDownLatch(1);
                double others = 0;
                while (connector.probes.sum() < count) {
                    LongAdder hot = connector.done.getOrDefault(HOT, new LongAdder());
                    if (others == 0 && connector.probes.sum() - hot.sum() == count - onOneHost) {
                        others = (System.nanoTime() - began) / 1e9;
                    }
                    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMinutes(15));
                    boolean unused = never.await(20, TimeUnit.MILLISECONDS);
                }
                double seconds = (System.nanoTime() - began) / 1e9;
                Patience.until(() -> registry.background().waiting() == 0);
                connector.most.forEach((host, most) -> assertThat(most.get())
                        .as("sessions at once on %s", host)
                        .isLessThanOrEqualTo(PER_HOST));
                assertThat(connector.most.get(HOT)).hasValue(PER_HOST);
                assertThat(connector.probes.sum()).isEqualTo(count);
                return String.format(
                        "%,d data sources due at once: the %,d on 1,000 hosts were done after %.1f s (%.0f per second),"
                                + " the %,d on one host after %.1f s (%.0f per second), never more than %d at once",
                        count,
                        count - onOneHost,
                        others,
                        (count - onOneHost) / others,
                        onOneHost,
                        seconds,
                        onOneHost / seconds,
                        PER_HOST);
            }
        }
    }

    private static void insert(DataSourceStore store, int count, int onOneHost) {
        List<ProposedChange> changes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String host = i < onOneHost ? HOT : "db" + i % 1_000 + ".example.com";
            Map<String, ConfigValue> config = Map.of(
                    "host", new ConfigValue.Literal(host),
                    "port", new ConfigValue.Literal(5_432L),
                    "database", new ConfigValue.Literal("s" + i),
                    "username", new ConfigValue.Literal("app"));
            changes.add(new ProposedChange.Insert(
                    DataSourceId.of("s" + i),
                    Requests.stamp(),
                    new DataSourceSpec("s" + i, null, null, "postgresql", config, Map.of(), null)));
            if (changes.size() == BATCH || i == count - 1) {
                store.commit(new CommitRequest(ENV, Requests.stamp(), null, List.copyOf(changes), List.of()));
                changes.clear();
            }
        }
    }
}
