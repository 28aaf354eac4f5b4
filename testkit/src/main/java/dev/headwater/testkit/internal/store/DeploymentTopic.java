package dev.headwater.testkit.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.spi.Deployment;
import dev.headwater.spi.Stamp;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Deployments: marks on the log. */
public abstract class DeploymentTopic extends StoreTopic {

    protected DeploymentTopic(StoreHooks hooks) {
        super(hooks);
    }

    @Test
    @DisplayName("mark the latest commit, are numbered from 1, and are read backwards")
    void markTheHead() {
        Stamp first = stamp();
        Deployment empty = store().deploy(ENV, first);
        inserted(A, "a");
        inserted(B, "b");
        Deployment two = store().deploy(ENV, stamp());
        Deployment same = store().deploy(ENV, stamp());
        committed(delete(A, 1, "a"));
        Deployment three = store().deploy(ENV, stamp());

        assertThat(empty).isEqualTo(new Deployment(ENV, 1, 0, first));
        assertThat(List.of(two.commit(), same.commit(), three.commit())).containsExactly(2L, 2L, 3L);
        assertThat(store().deployments(ENV, Long.MAX_VALUE, 10)).containsExactly(three, same, two, empty);
        assertThat(store().deployments(ENV, Long.MAX_VALUE, 2)).containsExactly(three, same);
        assertThat(store().deployments(ENV, 3, 10)).containsExactly(two, empty);
        assertThat(store().deployments(ENV, 1, 10)).isEmpty();
    }

    @Test
    @DisplayName("are no commits, and each environment has its own")
    void apart() {
        inserted(A, "a");
        store().deploy(ENV, stamp());

        assertThat(store().head(ENV)).isEqualTo(1);
        assertThat(inserted(B, "b")).isEqualTo(2);
        assertThat(store().deployments(OTHER_ENV, Long.MAX_VALUE, 10)).isEmpty();
        assertThat(store().deploy(OTHER_ENV, stamp()).number()).isEqualTo(1);
        assertThat(store().head(OTHER_ENV)).isZero();
    }
}
