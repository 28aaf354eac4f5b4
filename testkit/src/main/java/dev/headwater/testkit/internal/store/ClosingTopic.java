package dev.headwater.testkit.internal.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.spi.DataSourceStore;
import dev.headwater.spi.HealthState;
import dev.headwater.spi.PageQuery;
import dev.headwater.spi.SealedSecret;
import dev.headwater.spi.StoreException;
import dev.headwater.spi.SyncState;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a closed store does. */
public abstract class ClosingTopic extends StoreTopic {

    protected ClosingTopic(StoreHooks hooks) {
        super(hooks);
    }

    @Test
    @DisplayName("refuses every call with a StoreException, and may be closed again")
    void refuses() {
        inserted(A, "a");
        DataSourceStore store = store();
        SealedSecret secret = sealed(ENV, "s", A, "k");
        SealedSecret after = sealed(ENV, "s", A, "k2");
        store.close();
        store.close();

        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> store.findById(ENV, A),
                () -> store.findByName(ENV, "a"),
                () -> store.page(ENV, PageQuery.first(1)),
                () -> store.commit(request(ENV, insert(B, "b"))),
                () -> store.head(ENV),
                () -> store.commitsAfter(ENV, 0, 1),
                () -> store.commitsOf(ENV, A, 9, 1),
                () -> store.standingAt(ENV, 1, null, 1),
                () -> store.sealedSecrets(ENV, List.of(secret.id())),
                () -> store.sealedUnderOtherKeys("k", null, 1),
                () -> store.reseal(secret, after),
                () -> store.observations(ENV, List.of(A)),
                () -> store.recordSync(ENV, A, SyncState.NEVER_SYNCED, null),
                () -> store.recordHealth(ENV, A, HealthState.NEVER_TRIED),
                () -> store.schema(ENV, A),
                () -> store.deploy(ENV, stamp()),
                () -> store.deployments(ENV, 9, 1))) {
            assertThatThrownBy(call).isInstanceOf(StoreException.class);
        }
    }
}
