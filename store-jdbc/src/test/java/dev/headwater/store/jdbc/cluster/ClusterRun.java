package dev.headwater.store.jdbc.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.core.BackgroundSettings;
import dev.headwater.core.DataSourceDraft;
import dev.headwater.core.DataSourcePatch;
import dev.headwater.core.DataSourceRegistry;
import dev.headwater.core.DataSources;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.DataSourceStore;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.HealthStatus;
import dev.headwater.spi.Observations;
import dev.headwater.spi.PageQuery;
import dev.headwater.spi.SyncStatus;
import dev.headwater.store.jdbc.support.Consistency;
import dev.headwater.store.jdbc.support.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A cluster that works while its nodes come and go: makes and changes data sources, and checks in the end what was promised. */
final class ClusterRun {

    private static final EnvironmentId ENV = EnvironmentId.of(NodeMain.ENVIRONMENT);
    private static final int DESTINATIONS = 200;
    private static final Duration BETWEEN_CHANGES = Duration.ofMillis(20);

    private final TestDatabase database;
    private final int count;
    private final Duration duration;
    private final Duration healthEvery;
    private final Random random = new Random(20_261_121);
    private final List<String> report = new ArrayList<>();

    ClusterRun(TestDatabase database, int count, Duration duration, Duration healthEvery) {
        this.database = database;
        this.count = count;
        this.duration = duration;
        this.healthEvery = healthEvery;
    }

    /** How a node is started. */
    interface Starter {
        Node start(String url, String user, int sources, Duration healthEvery) throws IOException;
    }

    /**
     * Runs it.
     *
     * @param nodes how many nodes there are
     * @param between how long a node lives on average before one is ended
     * @return what was measured, line by line
     */
    List<String> run(int nodes, Duration between, Starter starter) throws Exception {
        try (Sources sources = new Sources();
                DataSourceStore store = database.open();
                DataSourceRegistry writer = DataSourceRegistry.builder()
                        .store(database.open())
                        .background(BackgroundSettings.off())
                        .build()) {
            DataSources writing = writer.environment(NodeMain.ENVIRONMENT);
            List<Node> alive = new CopyOnWriteArrayList<>();
            List<Node> ended = new ArrayList<>();
            try {
                for (int i = 0; i < nodes; i++) {
                    alive.add(start(starter, sources, store));
                }
                List<DataSourceId> ids = create(writing);
                disturb(starter, sources, store, writing, ids, alive, ended, between);
                settle(store, ids);
                check(store, sources, alive, ended);
            } finally {
                alive.forEach(Node::kill);
            }
        }
        return report;
    }

    private Node start(Starter starter, Sources sources, DataSourceStore store) {
        try {
            Node node = starter.start(database.url(), database.user(), sources.port(), healthEvery);
            node.awaitReady();
            node.headWhenReady = store.head(ENV);
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<DataSourceId> create(DataSources writing) {
        long began = System.nanoTime();
        List<DataSourceId> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(writing.create(DataSourceDraft.of("postgresql", "s" + i)
                            .with("host", "db" + i % DESTINATIONS + ".example.com")
                            .with("port", 5432)
                            .with("database", "s" + i)
                            .with("username", "app"))
                    .id());
        }
        report.add(count + " data sources were made in " + seconds(began) + " s");
        return ids;
    }

    /** Changes data sources, and ends and starts nodes, until the time is over. */
    private void disturb(
            Starter starter,
            Sources sources,
            DataSourceStore store,
            DataSources writing,
            List<DataSourceId> ids,
            List<Node> alive,
            List<Node> ended,
            Duration between)
            throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        long end = System.nanoTime() + duration.toNanos();
        long nextKill = System.nanoTime() + between.toNanos() / 2;
        long changes = 0;
        int kills = 0;
        List<CompletableFuture<Void>> starting = new ArrayList<>();
        while (System.nanoTime() < end) {
            boolean unused = never.await(BETWEEN_CHANGES.toMillis(), TimeUnit.MILLISECONDS);
            DataSourceId id = ids.get(random.nextInt(ids.size()));
            changes++;
            DataSourceRecord now = writing.update(id, DataSourcePatch.setting("port", 1_024 + changes % 60_000));
            assertThat(now.id()).isEqualTo(id);
            if (System.nanoTime() > nextKill
                    && (alive.size() > 1 || starting.stream().allMatch(Future::isDone))) {
                Node victim = alive.remove(random.nextInt(alive.size()));
                victim.kill();
                ended.add(victim);
                kills++;
                starting.add(CompletableFuture.runAsync(() -> alive.add(start(starter, sources, store))));
                nextKill = System.nanoTime() + (long) (between.toNanos() * (0.5 + random.nextDouble()));
            }
        }
        starting.forEach(CompletableFuture::join);
        report.add(changes + " changes, " + kills + " nodes ended and started, in " + duration.toSeconds() + " s");
    }

    /** Waits until every data source was synced after its last change, and its health is known. */
    private void settle(DataSourceStore store, List<DataSourceId> ids) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        long began = System.nanoTime();
        List<DataSourceId> open = new ArrayList<>(ids);
        while (!open.isEmpty()) {
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .as("data sources that are not synced after their last change: %s", open)
                    .isLessThan(Duration.ofMinutes(3));
            open = unsettled(store, open);
            boolean unused = never.await(100, TimeUnit.MILLISECONDS);
        }
        report.add("everything was synced " + seconds(began) + " s after the last change");
    }

    private static List<DataSourceId> unsettled(DataSourceStore store, List<DataSourceId> ids) {
        List<DataSourceId> open = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += 256) {
            List<DataSourceId> part = ids.subList(from, Math.min(ids.size(), from + 256));
            Map<DataSourceId, Observations> seen = store.observations(ENV, part);
            for (DataSourceId id : part) {
                Observations now = seen.getOrDefault(id, Observations.NONE);
                Instant changed =
                        store.findById(ENV, id).orElseThrow().updated().at();
                Instant success = now.sync().lastSuccessAt();
                boolean settled = now.sync().status() == SyncStatus.SUCCESS
                        && success != null
                        && success.isAfter(changed)
                        && now.health().status() == HealthStatus.HEALTHY;
                if (!settled) {
                    open.add(id);
                }
            }
        }
        return open;
    }

    private void check(DataSourceStore store, Sources sources, List<Node> alive, List<Node> ended)
            throws InterruptedException {
        long head = store.head(ENV);
        CountDownLatch never = new CountDownLatch(1);
        for (Node node : alive) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (node.lastHeard() < head && System.nanoTime() < end) {
                boolean unused = never.await(20, TimeUnit.MILLISECONDS);
            }
            assertThat(node.lastHeard())
                    .as("a node that lives has heard of everything")
                    .isEqualTo(head);
        }
        List<Long> delays = new ArrayList<>();
        Stream.concat(alive.stream(), ended.stream()).forEach(node -> {
            node.checkWithoutGap();
            delays.addAll(node.delays());
        });
        assertThat(sources.twiceAtOnce)
                .as("what was done twice at the same time")
                .isEmpty();
        Consistency.check(database.dataSource(), store);
        assertThat(store.page(ENV, PageQuery.first(1))).isNotEmpty();
        delays.sort(null);
        report.add("commits were heard on all nodes, each once, in order; after (ms): median " + at(delays, 0.5)
                + ", p99 " + at(delays, 0.99) + ", longest " + at(delays, 1));
        report.add(sources.syncs.sum() + " syncs and " + sources.checks.sum()
                + " checks of health, none twice at the same time; the log has no gap");
        assertThat(at(delays, 0.99))
                .as("p99 of the time until a change is visible, in ms")
                .isLessThan(NodeMain.POLL.plusSeconds(9).toMillis());
    }

    private static long at(List<Long> sorted, double part) {
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.min(sorted.size() - 1L, (long) (sorted.size() * part)));
    }

    private static long seconds(long began) {
        return Math.round((System.nanoTime() - began) / 1e9);
    }
}
