package dev.headwater.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.headwater.core.DataSourceDraft;
import dev.headwater.core.DataSourceRegistry;
import dev.headwater.core.DataSources;
import dev.headwater.core.InMemoryStore;
import dev.headwater.spi.CommitRequest;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.DataSourceSpec;
import dev.headwater.spi.DataSourceStore;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.PageQuery;
import dev.headwater.spi.ProposedChange;
import dev.headwater.spi.SealedSecret;
import dev.headwater.spi.SecretId;
import dev.headwater.spi.SecretStore;
import dev.headwater.spi.SecretStoreException;
import dev.headwater.spi.Stamp;
import dev.headwater.spi.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Faults")
class FaultsTest {

    private static final EnvironmentId ENVIRONMENT = EnvironmentId.of("production");

    private final Faults faults = new Faults();
    private final InMemoryStore right = new InMemoryStore();
    private final DataSourceStore store = faults.over(right);

    @Test
    @DisplayName("let the nth call fail, and no other")
    void nth() {
        faults.failCall(2);

        assertThat(store.head(ENVIRONMENT)).isZero();
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store.head(ENVIRONMENT));
        assertThat(store.head(ENVIRONMENT)).isZero();
        assertThat(faults.calls()).containsExactly("head", "head", "head");
    }

    @Test
    @DisplayName("let a write of a registry fail before it is done, or after: then it is there all the same")
    void beforeAndAfter() {
        try (DataSourceRegistry registry =
                DataSourceRegistry.builder().store(store).build()) {
            DataSources sources = registry.environment("production");
            DataSourceDraft draft = DataSourceDraft.of("duckdb", "local").with("database", ":memory:");
            faults.failAll();
            assertThatExceptionOfType(StoreException.class).isThrownBy(() -> sources.create(draft));
            assertThat(right.head(ENVIRONMENT)).isZero();

            faults.recover();
            int commit = faults.calls().size();
            while (right.head(ENVIRONMENT) == 0) {
                commit++;
                faults.failAfterCall(commit);
                assertThatExceptionOfType(StoreException.class).isThrownBy(() -> sources.create(draft));
            }
            assertThat(faults.calls().get(commit - 1)).isEqualTo("commit");
        }
    }

    @Test
    @DisplayName("let a commit of several changes write the first half of them, and fail")
    void half() {
        Stamp stamp = new Stamp(Instant.parse("2026-03-01T12:00:00Z"), "me");
        List<ProposedChange> changes = new ArrayList<>();
        List<SealedSecret> secrets = new ArrayList<>();
        for (String name : List.of("a", "b", "c", "d")) {
            DataSourceId id = DataSourceId.of(name);
            changes.add(new ProposedChange.Insert(
                    id, stamp, new DataSourceSpec(name, null, null, "mysql", Map.of(), Map.of(), null)));
            secrets.add(new SealedSecret(ENVIRONMENT, new SecretId("of-" + name), id, "password", "k", "x"));
        }
        CommitRequest request = new CommitRequest(ENVIRONMENT, stamp, null, changes, secrets);
        faults.halfApplyCall(1);

        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store.commit(request));
        assertThat(right.page(ENVIRONMENT, PageQuery.first(10)))
                .extracting(DataSourceRecord::name)
                .containsExactly("a", "b");
        assertThat(right.sealedSecrets(
                        ENVIRONMENT, secrets.stream().map(SealedSecret::id).toList()))
                .hasSize(2);
        faults.halfApplyCall(2);
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store.head(ENVIRONMENT));
        assertThat(store.head(ENVIRONMENT)).isEqualTo(2);
    }

    @Test
    @DisplayName("let a call wait until it is released, and others go on meanwhile")
    void hold() throws Exception {
        CompletableFuture<Long> held;
        try (Faults.Hold hold = faults.holdCall(1)) {
            held = CompletableFuture.supplyAsync(() -> store.head(ENVIRONMENT));
            hold.awaitCall();
            assertThat(store.head(ENVIRONMENT)).isZero();
            assertThat(held).isNotDone();
        }
        assertThat(held.get(10, TimeUnit.SECONDS)).isZero();
    }

    @Test
    @DisplayName("let a call take its time")
    void delay() {
        Duration delay = Duration.ofMillis(50);
        faults.delayCall(1, delay);
        long begin = System.nanoTime();

        assertThat(store.head(ENVIRONMENT)).isZero();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(delay);
    }

    @Test
    @DisplayName("let a secret store be unavailable")
    void secretStore() {
        SecretStore secrets = faults.over(new InMemorySecretStore().set("db", "planted"));
        faults.failCall(1);

        assertThatExceptionOfType(SecretStoreException.class)
                .isThrownBy(() -> secrets.fetchLatest("db"))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(SecretStoreException.Reason.UNAVAILABLE));
        assertThat(secrets.fetchLatest("db").reveal()).isEqualTo("planted");
    }

    @Test
    @DisplayName("pass on what the store itself throws")
    void ownFailures() {
        right.close();

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> store.head(ENVIRONMENT))
                .withMessageNotContaining("made to fail");
    }
}
