package dev.headwater.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.HealthStatus;
import dev.headwater.spi.LinkedSecretRef;
import dev.headwater.spi.SchemaSnapshot;
import dev.headwater.spi.SyncStatus;
import dev.headwater.spi.TestReport;
import dev.headwater.spi.TestReport.Outcome;
import dev.headwater.spi.TestReport.Step;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Testing and syncing")
class ProbesTest {

    private final SettableClock clock = new SettableClock();
    private final Sources.MapSecretStore vault = new Sources.MapSecretStore();
    private final FakeConnector connector = new FakeConnector();
    private final DataSourceRegistry registry = DataSourceRegistry.builder()
            .clock(clock)
            .secretStore("vault", vault)
            .connectors(List.of(connector))
            .background(BackgroundSettings.off())
            .testTimeouts(Duration.ofMillis(300), Duration.ofMillis(600))
            .build();
    private final DataSources sources = registry.environment("production");

    @AfterEach
    void close() {
        registry.close();
    }

    private static List<Outcome> outcomes(TestReport report) {
        return report.steps().stream().map(TestReport.StepResult::outcome).toList();
    }

    @Nested
    @DisplayName("a connection test")
    class Tests {

        @Test
        @DisplayName("runs its steps in order, notes health, and closes its session")
        void passes() {
            DataSourceRecord orders = sources.create(Sources.postgres("orders"));
            TestReport report = sources.test(orders.id());
            assertThat(report.passed()).isTrue();
            assertThat(report.steps()).extracting(TestReport.StepResult::step).containsExactly(Step.values());
            assertThat(report.steps().get(4).message()).isEqualTo("Fake 1.0");
            assertThat(connector.closedSessions).hasSize(1);
            assertThat(sources.observations(orders.id()).health().status()).isEqualTo(HealthStatus.HEALTHY);
            assertThat(sources.observations(orders.id()).health().lastHealthyAt())
                    .isEqualTo(clock.instant());
        }

        @Test
        @DisplayName("stops at the step that fails, says why with a hint, and remembers when it was last healthy")
        void fails() {
            DataSourceRecord orders = sources.create(Sources.postgres("orders"));
            sources.test(orders.id());
            clock.advance(Duration.ofHours(1));
            connector.onOpen = target -> {
                throw new ConnectorException(FailureCode.WRONG_CREDENTIALS, "password refused");
            };
            TestReport report = sources.test(orders.id());
            assertThat(outcomes(report))
                    .containsExactly(Outcome.PASSED, Outcome.PASSED, Outcome.PASSED, Outcome.FAILED, Outcome.SKIPPED);
            TestReport.StepResult failure = report.failure().orElseThrow();
            assertThat(failure.code()).isEqualTo(FailureCode.WRONG_CREDENTIALS);
            assertThat(failure.hint()).isEqualTo(FailureCode.WRONG_CREDENTIALS.hint());
            var health = sources.observations(orders.id()).health();
            assertThat(health.status()).isEqualTo(HealthStatus.UNHEALTHY);
            assertThat(health.lastHealthyAt()).isEqualTo(clock.instant().minus(Duration.ofHours(1)));
            assertThat(health.message()).contains("AUTHENTICATE").contains("password refused");
        }

        @Test
        @DisplayName("never shows a secret, whatever a driver says")
        void redacts() {
            DataSourceRecord orders = sources.create(Sources.postgres("orders"));
            connector.onOpen = target -> {
                throw new IllegalStateException("jdbc:x://u:pl4nted-passw0rd@host");
            };
            TestReport report = sources.test(orders.id());
            assertThat(report.failure().orElseThrow().message()).contains("jdbc:x://u:[secret]@host");
            assertThat(report.toString()).doesNotContain("pl4nted");
            assertThat(sources.observations(orders.id()).toString()).doesNotContain("pl4nted");
        }

        @Test
        @DisplayName("ends at its deadline, breaks the driver off, and leaves no thread behind")
        void deadline() throws InterruptedException {
            DataSourceRecord orders = sources.create(Sources.postgres("orders"));
            CountDownLatch never = new CountDownLatch(1);
            CountDownLatch brokenOff = new CountDownLatch(1);
            connector.onReach = target -> {
                target.cancellation().onCancel(brokenOff::countDown);
                try {
                    never.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            };
            TestReport report = sources.test(orders.id());
            assertThat(report.failure().orElseThrow().step()).isEqualTo(Step.REACH);
            assertThat(report.failure().orElseThrow().code()).isEqualTo(FailureCode.TIMED_OUT);
            assertThat(brokenOff.await(5, TimeUnit.SECONDS)).isTrue();
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread.getName().startsWith("headwater-work")) {
                    thread.join(TimeUnit.SECONDS.toMillis(5));
                    assertThat(thread.isAlive()).as(thread.getName()).isFalse();
                }
            }
        }

        @Test
        @DisplayName("closes a session that opens after its step was given up")
        void lateSession() throws InterruptedException {
            DataSourceRecord orders = sources.create(Sources.postgres("orders"));
            CountDownLatch brokenOff = new CountDownLatch(1);
            connector.onOpen = target -> {
                target.cancellation().onCancel(brokenOff::countDown);
                awaitUninterrupted(brokenOff);
            };
            assertThat(sources.test(orders.id()).passed()).isFalse();
            assertThat(connector.closedSessions).hasSize(1);
        }

        @Test
        @DisplayName("of an unknown linked secret fails at that step and says which")
        void missingSecret() {
            DataSourceRecord orders =
                    sources.create(Sources.postgres("orders").with("password", LinkedSecretRef.of("orders-db")));
            TestReport report = sources.test(orders.id());
            assertThat(report.failure().orElseThrow().step()).isEqualTo(Step.RESOLVE_SECRETS);
            assertThat(report.failure().orElseThrow().code()).isEqualTo(FailureCode.SECRET_UNAVAILABLE);
            assertThat(report.failure().orElseThrow().message()).contains("orders-db");
        }

        @Test
        @DisplayName("without a connector says so, and leaves health unknown")
        void noConnector() {
            DataSourceRecord lake =
                    sources.create(DataSourceDraft.of("duckdb", "lake").with("database", ":memory:"));
            TestReport report = sources.test(lake.id());
            assertThat(report.failure().orElseThrow().code()).isEqualTo(FailureCode.CONNECTOR_MISSING);
            assertThat(sources.observations(lake.id()).health().status()).isEqualTo(HealthStatus.UNKNOWN);
        }

        @Test
        @DisplayName("of a draft stores nothing; one that is not valid fails the first step")
        void drafts() {
            assertThat(sources.test(Sources.postgres("draft")).passed()).isTrue();
            TestReport report =
                    sources.test(DataSourceDraft.of("POSTGRESQL", "draft").with("port", "x"));
            assertThat(report.failure().orElseThrow().step()).isEqualTo(Step.VALIDATE);
            assertThat(report.failure().orElseThrow().message())
                    .contains("port")
                    .contains("host");
            assertThat(sources.findByName("draft")).isEmpty();
        }
    }

    @Nested
    @DisplayName("a test with overrides")
    class Overrides {

        @Test
        @DisplayName("uses the stored secrets where the destination stays, and stores nothing")
        void sameDestination() {
            DataSourceRecord orders = sources.create(Sources.postgres("orders"));
            TestReport report = sources.test(orders.id(), DataSourcePatch.setting("username", "other"));
            assertThat(report.passed()).isTrue();
            assertThat(connector.opened.get(0).config().required("username")).isEqualTo("other");
            assertThat(connector.opened.get(0).config().required("password")).isEqualTo("pl4nted-passw0rd");
            assertThat(sources.get(orders.id())).isEqualTo(orders);
            assertThat(sources.observations(orders.id()).health().lastAttemptAt())
                    .isNull();
        }

        @Test
        @DisplayName("never sends a stored secret to another destination")
        void otherDestination() {
            DataSourceRecord orders = sources.create(Sources.postgres("orders"));
            for (DataSourcePatch patch : List.of(
                    DataSourcePatch.setting("host", "evil.example.com"),
                    DataSourcePatch.setting("port", 6666),
                    DataSourcePatch.setting("ssl.enabled", false),
                    DataSourcePatch.setting("database", "x?socketFactory=y"),
                    DataSourcePatch.setting("ssh.enabled", true)
                            .set("ssh.host", "evil.example.com")
                            .set("ssh.username", "u")
                            .set("ssh.password", "p"))) {
                TestReport report = sources.test(orders.id(), patch);
                assertThat(report.failure().orElseThrow().step())
                        .as("%s", patch)
                        .isEqualTo(Step.VALIDATE);
                assertThat(report.failure().orElseThrow().message()).contains("password");
            }
            assertThat(connector.opened).isEmpty();
        }

        @Test
        @DisplayName("goes to another destination with a secret that is given anew")
        void newSecret() {
            DataSourceRecord orders = sources.create(Sources.postgres("orders"));
            TestReport report = sources.test(
                    orders.id(),
                    DataSourcePatch.setting("host", "other.example.com").set("password", "another"));
            assertThat(report.passed()).isTrue();
            assertThat(connector.opened.get(0).config().required("password")).isEqualTo("another");
        }
    }

    @Nested
    @DisplayName("a schema sync")
    class Sync {

        @Test
        @DisplayName("stores the snapshot and its time, and is pending until then")
        void syncs() {
            DataSourceRecord orders = sources.create(Sources.postgres("orders"));
            assertThat(sources.observations(orders.id()).sync().status()).isEqualTo(SyncStatus.NEVER_SYNCED);
            CountDownLatch go = new CountDownLatch(1);
            connector.onRead = () -> awaitUninterrupted(go);
            CompletableFuture<SchemaSnapshot> sync = sources.sync(orders.id());
            CompletableFuture<SchemaSnapshot> joined = sources.sync(orders.id());
            assertThat(sources.observations(orders.id()).sync().status()).isEqualTo(SyncStatus.PENDING);
            assertThat(sources.schema(orders.id())).isEmpty();
            go.countDown();
            SchemaSnapshot snapshot = sync.join();
            assertThat(joined.join()).isSameAs(snapshot);
            assertThat(connector.opened).hasSize(1);
            assertThat(sources.schema(orders.id())).contains(snapshot);
            assertThat(snapshot.tables()).extracting("name").containsExactly("orders");
            assertThat(sources.observations(orders.id()).sync().status()).isEqualTo(SyncStatus.SUCCESS);
            assertThat(sources.observations(orders.id()).sync().firstSyncDone()).isTrue();
        }

        @Test
        @DisplayName("that fails keeps the last good snapshot, and tells why without a secret")
        void failureKeepsSnapshot() {
            DataSourceRecord orders = sources.create(Sources.postgres("orders"));
            SchemaSnapshot good = sources.sync(orders.id()).join();
            connector.onRead = () -> {
                throw new IllegalStateException("lost pl4nted-passw0rd");
            };
            assertThatThrownBy(() -> sources.sync(orders.id()).join())
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(ConnectorException.class)
                    .hasMessageNotContaining("pl4nted");
            assertThat(sources.schema(orders.id())).contains(good);
            var state = sources.observations(orders.id()).sync();
            assertThat(state.status()).isEqualTo(SyncStatus.FAILED);
            assertThat(state.error()).contains("[secret]").doesNotContain("pl4nted");
            assertThat(state.lastSuccessAt()).isEqualTo(good.readAt());
        }

        @Test
        @DisplayName("of a data source that is deleted meanwhile stores nothing")
        void deletedMeanwhile() {
            DataSourceRecord orders = sources.create(Sources.postgres("orders"));
            CountDownLatch go = new CountDownLatch(1);
            connector.onRead = () -> awaitUninterrupted(go);
            CompletableFuture<SchemaSnapshot> sync = sources.sync(orders.id());
            sources.delete(orders.id());
            go.countDown();
            assertThatThrownBy(sync::join).hasMessageContaining("was deleted while it was synced");
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        boolean interrupted = false;
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
