package dev.headwater.store.jdbc.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.headwater.core.BackgroundSettings;
import dev.headwater.core.DataSourceDraft;
import dev.headwater.core.DataSourcePatch;
import dev.headwater.core.DataSourceRegistry;
import dev.headwater.core.DataSources;
import dev.headwater.core.DeployedView;
import dev.headwater.spi.Commit;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.DataSourceStore;
import dev.headwater.spi.StoreException;
import dev.headwater.store.jdbc.JdbcStore;
import dev.headwater.store.jdbc.JdbcTaskQueue;
import dev.headwater.store.jdbc.support.Consistency;
import dev.headwater.store.jdbc.support.TestDatabase;
import dev.headwater.testkit.internal.Patience;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A node whose database is gone for a while, and what it does meanwhile and after. */
final class OutageRun {

    private OutageRun() {}

    static void run(Duration outage) throws Exception {
        try (TestDatabase database = TestDatabase.postgres();
                Cable cable = new Cable(
                        URI.create(database.url().substring("jdbc:".length())).getPort());
                HikariDataSource ofStore = pool(database, cable);
                HikariDataSource ofTasks = pool(database, cable)) {
            CountingConnector connector = new CountingConnector(1);
            BlockingQueue<Commit> heard = new LinkedBlockingQueue<>();
            try (DataSourceRegistry node = DataSourceRegistry.builder()
                            .store(JdbcStore.builder().dataSource(ofStore).open())
                            .taskQueue(JdbcTaskQueue.builder()
                                    .dataSource(ofTasks)
                                    .pollInterval(Duration.ofMillis(200))
                                    .deadAfter(Duration.ofSeconds(4))
                                    .open())
                            .pollInterval(Duration.ofMillis(200))
                            .connectors(List.of(connector))
                            .background(BackgroundSettings.defaults().withHealthEvery(Duration.ofSeconds(1)))
                            .listener((commit, first) -> heard.add(commit))
                            .build();
                    DataSourceRegistry other = DataSourceRegistry.builder()
                            .store(database.open())
                            .background(BackgroundSettings.off())
                            .build()) {
                DataSources here = node.environment("production");
                DataSourceRecord orders = here.create(draft("orders"));
                here.deploy();
                DeployedView deployed = here.deployed();
                Patience.until(() -> connector.probes.sum() > 2 && heard.size() == 1);

                cable.cut();
                long began = System.nanoTime();
                while (System.nanoTime() - began < outage.toNanos()) {
                    assertThat(here.get(orders.id())).isEqualTo(orders);
                    assertThat(here.getByName("orders")).isEqualTo(orders);
                    assertThat(here.deployed().all()).hasSameSizeAs(deployed.all());
                    assertThatThrownBy(() -> here.update(orders.id(), DataSourcePatch.setting("port", 1)))
                            .isInstanceOf(StoreException.class)
                            .hasMessageContaining("could not");
                    assertThatThrownBy(here::refresh).isInstanceOf(StoreException.class);
                }
                DataSources there = other.environment("production");
                there.update(orders.id(), DataSourcePatch.setting("port", 2));
                DataSourceRecord more = there.create(draft("more"));

                cable.mend();
                long before = connector.probes.sum();
                Patience.until(() -> refreshes(here));
                assertThat(here.refresh().get(more.id())).isEqualTo(more);
                Patience.until(() -> heard.size() == 3);
                assertThat(heard).extracting(Commit::number).containsExactly(1L, 2L, 3L);
                assertThat(here.get(orders.id()).version()).isEqualTo(2);
                Patience.until(() -> connector.probes.sum() > before + 3);
                Patience.until(() -> here.observations(more.id()).sync().firstSyncDone());
                here.delete(orders.id());
            }
            try (DataSourceStore store = database.open()) {
                Consistency.check(database.dataSource(), store);
            }
        }
    }

    /** The pool takes a moment to notice. */
    private static boolean refreshes(DataSources sources) {
        try {
            return sources.refresh() == sources;
        } catch (StoreException e) {
            return false;
        }
    }

    private static DataSourceDraft draft(String name) {
        return DataSourceDraft.of("postgresql", name)
                .with("host", "db.example.com")
                .with("port", 5432)
                .with("database", "shop")
                .with("username", "app");
    }

    private static HikariDataSource pool(TestDatabase database, Cable cable) {
        URI url = URI.create(database.url().substring("jdbc:".length()));
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:postgresql://localhost:" + cable.port() + url.getPath());
        config.setUsername(database.user());
        config.setPassword("");
        config.setMaximumPoolSize(4);
        config.setConnectionTimeout(500);
        return new HikariDataSource(config);
    }
}
