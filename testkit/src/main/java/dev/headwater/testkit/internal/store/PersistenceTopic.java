package dev.headwater.testkit.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceStore;
import dev.headwater.spi.Deployment;
import dev.headwater.spi.HealthState;
import dev.headwater.spi.HealthStatus;
import dev.headwater.spi.Observations;
import dev.headwater.spi.PageQuery;
import dev.headwater.spi.SealedSecret;
import dev.headwater.spi.StoreException;
import dev.headwater.spi.SyncState;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What another store on the same data sees. */
public abstract class PersistenceTopic extends StoreTopic {

    protected PersistenceTopic(StoreHooks hooks) {
        super(hooks);
    }

    @Test
    @DisplayName("is as the store says by persistent()")
    void says() {
        assertThat(store().persistent()).isEqualTo(hooks().persistent());
    }

    @Test
    @DisplayName("is everything, if the store is persistent")
    void everything() {
        SealedSecret secret = sealed(ENV, "s1", A, "k1");
        committed(withSecrets(insert(A, "a"), secret));
        committed(insert(B, "b"));
        committed(delete(B, 2, "b"));
        HealthState health = new HealthState(HealthStatus.HEALTHY, stamp().at(), stamp().at(), null);
        store().recordHealth(ENV, A, health);
        Deployment deployment = store().deploy(ENV, stamp());
        View before = view(ENV);
        store().close();
        if (!hooks().persistent()) {
            return;
        }

        try (DataSourceStore again = hooks().openAgain()) {
            assertThat(again.head(ENV)).isEqualTo(3);
            assertThat(again.commitsAfter(ENV, 0, 10)).isEqualTo(before.log());
            assertThat(again.page(ENV, PageQuery.first(10))).isEqualTo(before.page());
            assertThat(again.sealedSecrets(ENV, List.of(secret.id()))).containsEntry(secret.id(), secret);
            assertThat(again.observations(ENV, List.of(A)))
                    .containsEntry(A, new Observations(SyncState.NEVER_SYNCED, health));
            assertThat(again.deployments(ENV, 9, 9)).containsExactly(deployment);
            assertThat(again.commit(request(ENV, insert(C, "c")))).isNotNull();
            assertThat(again.head(ENV)).isEqualTo(4);
        }
    }

    @Test
    @DisplayName(
            "is at once what one of two open stores wrote, or else there is no second one: it is refused, or not to be had")
    void shared() {
        if (!hooks().persistent()) {
            assertThatExceptionOfType(UnsupportedOperationException.class)
                    .as("a store that is not persistent cannot be opened again, and the test shows how")
                    .isThrownBy(() -> hooks().openAgain());
            return;
        }
        if (!hooks().shared()) {
            assertThatExceptionOfType(StoreException.class)
                    .as("what a second store on the data of an open one throws, since they cannot share it")
                    .isThrownBy(() -> hooks().openAgain().close());
            inserted(A, "a");
            assertThat(store().head(ENV)).isEqualTo(1);
            return;
        }
        try (DataSourceStore second = hooks().openAgain()) {
            for (int i = 1; i <= 5; i++) {
                inserted(DataSourceId.of("x" + i), "x" + i);
                assertThat(second.head(ENV)).isEqualTo(2L * i - 1);
                second.commit(request(ENV, insert(DataSourceId.of("y" + i), "y" + i)));
                assertThat(store().head(ENV)).isEqualTo(2L * i);
                assertThat(store().findByName(ENV, "y" + i)).isPresent();
            }
        }
    }
}
