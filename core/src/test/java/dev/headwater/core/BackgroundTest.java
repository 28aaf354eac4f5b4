package dev.headwater.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.HealthState;
import dev.headwater.spi.HealthStatus;
import dev.headwater.spi.LinkedSecretRef;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.SyncState;
import dev.headwater.spi.SyncStatus;
import dev.headwater.spi.TableSchema;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("In the background")
class BackgroundTest {

    private static final EnvironmentId ENV = EnvironmentId.of("production");

    private static final byte[] KEY = new byte[32];
    private static final byte[] OTHER_KEY = new byte[32];

    static {
        OTHER_KEY[0] = 1;
    }

    private final FakeConnector connector = new FakeConnector();
    private final SettableClock clock = new SettableClock();
    private final InMemoryStore store = new InMemoryStore();
    private final List<ObservationEvent> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger reads = new AtomicInteger();
    private DataSourceRegistry registry = open(BackgroundSettings.defaults());

    private DataSourceRegistry open(BackgroundSettings settings) {
        connector.onRead = reads::incrementAndGet;
        return DataSourceRegistry.builder()
                .store(Sources.keptOpen(store))
                .connectors(List.of(connector))
                .background(settings)
                .clock(clock)
                .encryptionKeys(EncryptionKeys.builder().primary("key", KEY).build())
                .secretStore("vault", new Sources.MapSecretStore())
                .observationListener(events::add)
                .build();
    }

    private DataSources reopened(BackgroundSettings settings) {
        registry.close();
        clock.advance(Duration.ofSeconds(1));
        registry = open(settings);
        return registry.environment("production");
    }

    private DataSources sources() {
        return registry.environment("production");
    }

    @AfterEach
    void close() {
        registry.close();
    }

    /** Waits, and lets time pass: who finds a destination full comes again a little later. */
    private void eventually(BooleanSupplier condition) throws InterruptedException {
        Sources.eventually(() -> {
            clock.advance(Duration.ofMillis(5));
            return condition.getAsBoolean();
        });
    }

    /** Waits, and lets much time pass: each run says when the next one is, and may say so late. */
    private void eventually(Duration step, BooleanSupplier condition) throws InterruptedException {
        Sources.eventually(() -> {
            clock.advance(step);
            return condition.getAsBoolean();
        });
    }

    private static SyncStatus sync(DataSources sources, DataSourceRecord record) {
        return sources.observations(record.id()).sync().status();
    }

    private static HealthStatus health(DataSources sources, DataSourceRecord record) {
        return sources.observations(record.id()).health().status();
    }

    @Test
    @DisplayName(
            "a data source is synced and checked when it is made and when its config changes, and not when it is renamed")
    void onChange() throws InterruptedException {
        DataSources sources = sources();
        DataSourceRecord orders = sources.create(Sources.postgres("orders"));
        eventually(
                () -> sync(sources, orders) == SyncStatus.SUCCESS && health(sources, orders) == HealthStatus.HEALTHY);
        assertThat(sources.schema(orders.id()).orElseThrow().tables()).hasSize(1);
        sources.rename(orders.id(), "sales");
        sources.update(orders.id(), DataSourcePatch.setting("port", 5433));
        eventually(() -> reads.get() == 2);
        eventually(() -> registry.background().waiting() == 0);
        assertThat(reads).hasValue(2);
    }

    @Test
    @DisplayName("nothing is done if the host says so")
    void off() {
        DataSources sources = reopened(BackgroundSettings.off());
        DataSourceRecord orders = sources.create(Sources.postgres("orders"));
        clock.advance(Duration.ofDays(2));
        assertThat(sync(sources, orders)).isEqualTo(SyncStatus.NEVER_SYNCED);
        assertThat(connector.opened).isEmpty();
    }

    @Test
    @DisplayName("schemas are synced and health is checked again at their intervals, and never of what was deleted")
    void intervals() throws InterruptedException {
        DataSources sources = sources();
        DataSourceRecord orders = sources.create(Sources.postgres("orders"));
        DataSourceRecord gone = sources.create(Sources.postgres("gone").with("database", "gone"));
        eventually(() -> reads.get() == 2 && connector.opened.size() == 4);
        eventually(() -> registry.background().waiting() == 0 && health(sources, gone) == HealthStatus.HEALTHY);
        sources.delete(gone.id());
        eventually(Duration.ofMinutes(1), () -> connector.opened.size() >= 6);
        eventually(Duration.ofMinutes(10), () -> reads.get() >= 3);
        assertThat(sources.observations(orders.id()).sync().lastAttemptAt())
                .isAfter(orders.updated().at().plus(Duration.ofHours(20)));
        assertThat(connector.opened)
                .filteredOn(target -> target.config().required("database").equals("gone"))
                .hasSize(2);
    }

    @Test
    @DisplayName("a sync that fails is tried again later and later, and the last good schema stays")
    void backoff() throws InterruptedException {
        DataSources sources = sources();
        DataSourceRecord orders = sources.create(Sources.postgres("orders"));
        eventually(() -> sync(sources, orders) == SyncStatus.SUCCESS);
        connector.onRead = () -> {
            reads.incrementAndGet();
            throw new ConnectorException(FailureCode.PERMISSION_DENIED, "no");
        };
        sources.update(orders.id(), DataSourcePatch.setting("port", 5433));
        eventually(() -> sync(sources, orders) == SyncStatus.FAILED);
        SyncState failed = sources.observations(orders.id()).sync();
        assertThat(failed.error()).isEqualTo("no");
        assertThat(failed.lastSuccessAt()).isNotNull();
        assertThat(sources.schema(orders.id())).isPresent();
        eventually(Duration.ofSeconds(10), () -> reads.get() >= 3);
        eventually(Duration.ofSeconds(10), () -> reads.get() >= 4);
    }

    @Test
    @DisplayName("a change of health is an event, and an unhealthy data source that recovers is one too")
    void healthEvents() throws InterruptedException {
        DataSources sources = sources();
        DataSourceRecord orders = sources.create(Sources.postgres("orders"));
        eventually(() -> health(sources, orders) == HealthStatus.HEALTHY);
        connector.onProbe = () -> {
            throw new ConnectorException(FailureCode.CONNECTION_LOST, "gone");
        };
        eventually(Duration.ofMinutes(1), () -> health(sources, orders) == HealthStatus.UNHEALTHY);
        connector.onProbe = () -> {};
        eventually(Duration.ofMinutes(1), () -> health(sources, orders) == HealthStatus.HEALTHY);
        eventually(() -> healthChanges().size() == 3);
        assertThat(healthChanges()).containsExactly(HealthStatus.HEALTHY, HealthStatus.UNHEALTHY, HealthStatus.HEALTHY);
    }

    private List<HealthStatus> healthChanges() {
        return events.stream()
                .filter(ObservationEvent.HealthChanged.class::isInstance)
                .map(event -> ((ObservationEvent.HealthChanged) event).after().status())
                .toList();
    }

    @Test
    @DisplayName("what was never asked is unknown, not unhealthy")
    void unknown() {
        DataSources sources = reopened(BackgroundSettings.off());
        DataSourceRecord orders = sources.create(Sources.postgres("orders"));
        for (FailureCode code : FailureCode.values()) {
            connector.onReach = target -> {
                throw new ConnectorException(code, "because");
            };
            assertThat(sources.test(orders.id()).passed()).isFalse();
            HealthStatus expected = switch (code) {
                case CONNECTOR_MISSING, DRIVER_MISSING, SECRET_UNAVAILABLE, DESTINATION_REFUSED -> HealthStatus.UNKNOWN;
                case CANCELLED -> health(sources, orders);
                default -> HealthStatus.UNHEALTHY;
            };
            assertThat(health(sources, orders)).as(code.name()).isEqualTo(expected);
        }
        connector.onReach = target -> {};
        DataSourceRecord linked =
                sources.create(Sources.postgres("linked").with("password", LinkedSecretRef.of("not-there")));
        sources.test(linked.id());
        assertThat(health(sources, linked)).isEqualTo(HealthStatus.UNKNOWN);
        DataSourceRecord other = sources.create(DataSourceDraft.of("mysql", "other")
                .with("host", "db.example.com")
                .with("database", "shop")
                .with("username", "app")
                .with("password", "pl4nted-passw0rd"));
        sources.test(other.id());
        assertThat(health(sources, other)).isEqualTo(HealthStatus.UNKNOWN);
    }

    @Test
    @DisplayName("the difference between two schemas is an event")
    void differences() throws InterruptedException {
        DataSources sources = reopened(BackgroundSettings.off());
        DataSourceRecord orders = sources.create(Sources.postgres("orders"));
        sources.sync(orders.id()).join();
        TableSchema before = connector.tables.get(0);
        connector.tables = List.of(
                new TableSchema(
                        null,
                        "public",
                        "orders",
                        before.type(),
                        "a comment",
                        List.of(
                                new ColumnSchema("id", "text", CanonicalType.TEXT, false, null),
                                new ColumnSchema("more", "text", CanonicalType.TEXT, true, null)),
                        List.of("id")),
                new TableSchema(null, "public", "new", before.type(), null, List.of(), List.of()));
        sources.sync(orders.id()).join();
        connector.tables = List.of();
        sources.sync(orders.id()).join();
        eventually(() -> events.size() == 3);
        SchemaDifference first = ((ObservationEvent.SyncEnded) events.get(0)).difference();
        assertThat(first).isNotNull();
        assertThat(first.added()).containsExactly(before);
        SchemaDifference second = ((ObservationEvent.SyncEnded) events.get(1)).difference();
        assertThat(second).isNotNull();
        assertThat(second.added()).extracting(TableSchema::name).containsExactly("new");
        assertThat(second.removed()).isEmpty();
        SchemaDifference.TableChange change = second.changed().get(0);
        assertThat(change.columnsAdded()).containsExactly("more");
        assertThat(change.columnsChanged()).containsExactly("id");
        assertThat(change.columnsRemoved()).isEmpty();
        SchemaDifference third = ((ObservationEvent.SyncEnded) events.get(2)).difference();
        assertThat(third).isNotNull();
        assertThat(third.removed()).hasSize(2);
        assertThat(third.isEmpty()).isFalse();
    }

    @Test
    @DisplayName(
            "a sync that a process left behind is taken up again, and what is due is found, when an environment is opened")
    void takenUp() throws InterruptedException {
        DataSources sources = reopened(BackgroundSettings.off());
        DataSourceRecord orders = sources.create(Sources.postgres("orders"));
        DataSourceRecord synced = sources.create(Sources.postgres("synced"));
        store.recordSync(ENV, orders.id(), new SyncState(SyncStatus.PENDING, clock.instant(), null, null), null);
        store.recordSync(
                ENV, synced.id(), new SyncState(SyncStatus.SUCCESS, clock.instant(), clock.instant(), null), null);
        DataSources again = reopened(BackgroundSettings.defaults().withHealthEvery(null));
        eventually(() -> sync(again, orders) == SyncStatus.SUCCESS);
        eventually(() -> registry.background().waiting() == 0);
        assertThat(reads).hasValue(1);
        eventually(Duration.ofHours(1), () -> reads.get() >= 3);
    }

    @Test
    @DisplayName("a sync that closing breaks off stays pending, and is taken up by who comes next")
    void brokenOff() throws InterruptedException {
        DataSources sources = sources();
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        connector.onRead = () -> {
            began.countDown();
            try {
                never.await();
            } catch (InterruptedException e) {
                throw new ConnectorException(FailureCode.CANCELLED, "broken off");
            }
        };
        DataSourceRecord orders = sources.create(Sources.postgres("orders"));
        assertThat(began.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(sources.syncProgress(orders.id())).hasValue(0);
        DataSources next = reopened(BackgroundSettings.defaults());
        eventually(() -> sync(next, orders) == SyncStatus.SUCCESS);
    }

    @Test
    @DisplayName(
            "a sync that waits for a secret when its registry closes stays pending too, at once and without a complaint")
    void closedBelow() throws InterruptedException {
        registry.close();
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        registry = DataSourceRegistry.builder()
                .store(Sources.keptOpen(store))
                .connectors(List.of(connector))
                .background(BackgroundSettings.defaults().withHealthEvery(null))
                .clock(clock)
                .secretStore("vault", new Sources.MapSecretStore() {
                    @Override
                    public SecretValue fetchLatest(String name) {
                        asked.countDown();
                        try {
                            never.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        throw new IllegalStateException("interrupted");
                    }
                })
                .build();
        DataSourceRecord orders =
                sources().create(Sources.postgres("orders").with("password", LinkedSecretRef.of("db")));
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        PrintStream before = System.err;
        ByteArrayOutputStream logged = new ByteArrayOutputStream();
        System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
        long began = System.nanoTime();
        try {
            registry.close();
        } finally {
            System.setErr(before);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
        assertThat(logged.toString(StandardCharsets.UTF_8)).isEmpty();
        SyncState left =
                store.observations(ENV, Set.of(orders.id())).get(orders.id()).sync();
        assertThat(left.status()).isEqualTo(SyncStatus.PENDING);
    }

    @Test
    @DisplayName("nothing begins while it is paused")
    void paused() throws InterruptedException {
        DataSources sources = sources();
        registry.background().pause();
        assertThat(registry.background().paused()).isTrue();
        DataSourceRecord orders = sources.create(Sources.postgres("orders"));
        assertThat(registry.background().waiting()).isGreaterThanOrEqualTo(2);
        assertThat(connector.opened).isEmpty();
        registry.background().resume();
        eventually(() -> sync(sources, orders) == SyncStatus.SUCCESS);
    }

    @Test
    @DisplayName("no more tasks reach one destination at once than are allowed, and all are done")
    void perDestination() throws InterruptedException {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        connector.onReach = target -> most.accumulateAndGet(now.incrementAndGet(), Math::max);
        connector.onProbe = now::decrementAndGet;
        DataSources sources = reopened(BackgroundSettings.defaults()
                .withSyncOnChange(false)
                .withSyncEvery(null)
                .withLimits(8, 8, 2));
        for (int i = 0; i < 40; i++) {
            sources.create(Sources.postgres("s" + i));
        }
        eventually(() -> connector.opened.size() >= 40);
        assertThat(most.get()).isBetween(1, 2);
    }

    @Test
    @DisplayName("secrets are sealed anew under a new key, and history is forgotten by its retention")
    void reencryptionAndRetention() throws InterruptedException {
        DataSourceRegistry first = DataSourceRegistry.builder()
                .store(Sources.keptOpen(store))
                .clock(clock)
                .encryptionKeys(EncryptionKeys.builder().primary("old", KEY).build())
                .build();
        DataSourceId id = first.environment("production")
                .create(Sources.postgres("orders"))
                .id();
        first.environment("production").update(id, DataSourcePatch.setting("port", 5433));
        first.close();
        clock.advance(Duration.ofDays(3));
        registry.close();
        registry = DataSourceRegistry.builder()
                .store(Sources.keptOpen(store))
                .clock(clock)
                .encryptionKeys(EncryptionKeys.builder()
                        .primary("new", OTHER_KEY)
                        .add("old", KEY)
                        .build())
                .background(BackgroundSettings.defaults()
                        .withReencryptEvery(Duration.ofHours(1))
                        .withHistoryRetention(Duration.ofDays(2)))
                .build();
        eventually(() -> store.commitsAfter(ENV, 0, 10).size() == 1);
        eventually(() -> store.sealedUnderOtherKeys("new", null, 10).isEmpty());
        assertThat(sources().resolve(id).required("password")).isEqualTo("pl4nted-passw0rd");
        assertThatThrownBy(() -> sources().rollback(1, null)).hasMessageContaining("expected 2 to 2");
        assertThat(sources().history(Long.MAX_VALUE, 10)).hasSize(1);
        assertThat(sources().history(id, Long.MAX_VALUE, 10)).hasSize(1);
    }

    @Test
    @DisplayName("settings that make no sense are refused, all at once")
    void settings() {
        assertThatThrownBy(() -> new BackgroundSettings(
                        true, true, Duration.ZERO, Duration.ofDays(1_000), null, Duration.ofHours(1), 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "syncEvery", "healthEvery", "historyRetention", "atOnce", "perEnvironment", "perDestination");
    }

    @Test
    @DisplayName("the health of a data source says when it was tried and when it was well")
    void times() {
        DataSources sources = reopened(BackgroundSettings.off());
        DataSourceRecord orders = sources.create(Sources.postgres("orders"));
        sources.test(orders.id());
        HealthState healthy = sources.observations(orders.id()).health();
        clock.advance(Duration.ofHours(1));
        connector.onReach = target -> {
            throw new ConnectorException(FailureCode.UNKNOWN_HOST, "who?");
        };
        sources.test(orders.id());
        HealthState now = sources.observations(List.of(orders)).get(orders.id()).health();
        assertThat(now.lastHealthyAt()).isEqualTo(healthy.lastAttemptAt());
        assertThat(now.lastAttemptAt()).isEqualTo(clock.instant());
        assertThat(now.message()).contains("who?");
    }
}
