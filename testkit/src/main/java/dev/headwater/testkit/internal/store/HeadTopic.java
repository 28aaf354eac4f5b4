package dev.headwater.testkit.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.spi.Commit;
import dev.headwater.spi.CommitRequest;
import dev.headwater.spi.ConfigValue;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.DataSourceSpec;
import dev.headwater.spi.Deployment;
import dev.headwater.spi.EnvironmentHead;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.ProposedChange;
import dev.headwater.spi.SealedSecret;
import dev.headwater.spi.SecretId;
import dev.headwater.spi.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How far environments have come, what was made of their logs, and what was forgotten of them. */
public abstract class HeadTopic extends StoreTopic {

    private static final Instant OLD = Instant.parse("2020-01-01T00:00:00Z");

    protected HeadTopic(StoreHooks hooks) {
        super(hooks);
    }

    /** Whether the store need not do it; then it must say so. */
    private boolean refuses(ThrowingCallable call) {
        if (hooks().plansAndForgets()) {
            return false;
        }
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .as("what a store throws that does not plan and forget")
                .isThrownBy(call);
        return true;
    }

    private EnvironmentHead head() {
        return store().heads(List.of(ENV)).getOrDefault(ENV, EnvironmentHead.NONE);
    }

    @Test
    @DisplayName("are read of many environments at once, commits and deployments")
    void heads() {
        assertThat(head()).isEqualTo(EnvironmentHead.NONE);
        assertThat(store().heads(List.of())).isEmpty();
        inserted(A, "a");
        inserted(B, "b");
        store().deploy(ENV, new Stamp(OLD, "me"));
        inserted(C, "c");

        List<EnvironmentId> many = new ArrayList<>(List.of(ENV, OTHER_ENV));
        for (int i = 0; i < 300; i++) {
            many.add(EnvironmentId.of("none-" + i));
        }
        Map<EnvironmentId, EnvironmentHead> heads = store().heads(many);
        assertThat(heads).containsEntry(ENV, new EnvironmentHead(3, 1, 0));
        heads.remove(ENV);
        assertThat(heads.values()).allMatch(EnvironmentHead.NONE::equals);
    }

    @Test
    @DisplayName("say which commits no task was made of, until they are marked as planned; the mark never goes back")
    void planning() {
        if (refuses(() -> store().unplanned(10)) && refuses(() -> store().planned(ENV, 1))) {
            return;
        }
        assertThat(store().unplanned(10)).isEmpty();
        inserted(A, "a");
        inserted(B, "b");
        assertThat(store().unplanned(10)).containsExactly(Map.entry(ENV, 0L));
        store().planned(ENV, 1);
        assertThat(store().unplanned(10)).containsExactly(Map.entry(ENV, 1L));
        store().planned(ENV, 2);
        store().planned(ENV, 1);
        assertThat(store().unplanned(10)).isEmpty();
        inserted(C, "c");
        assertThat(store().unplanned(1)).containsExactly(Map.entry(ENV, 2L));
        assertThatThrownBy(() -> store().unplanned(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("are those of environments that are listed in order")
    void environments() {
        if (refuses(() -> store().environments(null, 10))) {
            return;
        }
        assertThat(store().environments(null, 10)).isEmpty();
        for (EnvironmentId environment : List.of(OTHER_ENV, ENV)) {
            store().commit(new CommitRequest(
                    environment, new Stamp(OLD, "me"), null, List.of(insert(A, "a")), List.of()));
        }
        List<EnvironmentId> all = store().environments(null, 10);
        assertThat(all).containsExactlyInAnyOrder(ENV, OTHER_ENV);
        assertThat(all.get(0).value()).isLessThan(all.get(1).value());
        assertThat(store().environments(null, 1)).containsExactly(all.get(0));
        assertThat(store().environments(all.get(0), 10)).containsExactly(all.get(1));
        assertThatThrownBy(() -> store().environments(null, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private Commit at(Instant time, ProposedChange change) {
        return committed(new CommitRequest(ENV, new Stamp(time, "me"), null, List.of(change), List.of()))
                .get(0);
    }

    /** Commits 1 to 6, a day apart. */
    private List<Commit> days() {
        List<Commit> log = new ArrayList<>();
        log.add(at(OLD, insert(A, "a")));
        log.add(at(OLD.plus(Duration.ofDays(1)), insert(B, "b")));
        log.add(at(OLD.plus(Duration.ofDays(2)), rename(A, 1, "a2")));
        log.add(at(OLD.plus(Duration.ofDays(3)), delete(B, 2, "b")));
        log.add(at(OLD.plus(Duration.ofDays(4)), insert(C, "c")));
        log.add(at(OLD.plus(Duration.ofDays(5)), rename(A, 3, "a3")));
        return log;
    }

    @Test
    @DisplayName("stay, and with them all that stood at a time and later, when what is older is forgotten")
    void forgets() {
        if (refuses(() -> store().forgetBefore(ENV, OLD))) {
            return;
        }
        List<Commit> log = days();
        List<List<DataSourceRecord>> stood = new ArrayList<>();
        for (int number = 0; number <= 6; number++) {
            stood.add(store().standingAt(ENV, number, null, 10));
        }

        assertThat(store().forgetBefore(ENV, OLD)).isZero();
        assertThat(head().forgotten()).isZero();
        // the horizon is 4: A stands at 3, B is gone
        assertThat(store().forgetBefore(ENV, OLD.plus(Duration.ofDays(4)))).isEqualTo(3);
        assertThat(head()).isEqualTo(new EnvironmentHead(6, 0, 4));
        assertThat(store().commitsAfter(ENV, 0, 10)).containsExactly(log.get(2), log.get(4), log.get(5));
        for (int number = 4; number <= 6; number++) {
            assertThat(store().standingAt(ENV, number, null, 10)).isEqualTo(stood.get(number));
        }
        assertThat(store().commitsOf(ENV, A, Long.MAX_VALUE, 10)).containsExactly(log.get(5), log.get(2));
        assertThat(store().commitsOf(ENV, B, Long.MAX_VALUE, 10)).isEmpty();
        assertThat(store().findByName(ENV, "a3")).isPresent();
        assertThat(store().findByName(ENV, "b")).isEmpty();
        assertThat(store().forgetBefore(ENV, OLD.plus(Duration.ofDays(4)))).isZero();

        // what was forgotten is no hindrance to what comes
        assertThat(at(Instant.parse("2026-01-01T00:00:00Z"), insert(B, "b")).number())
                .isEqualTo(7);
        assertThat(store().forgetBefore(ENV, Instant.parse("2027-01-01T00:00:00Z")))
                .isEqualTo(1);
        assertThat(store().commitsAfter(ENV, 0, 10)).extracting(Commit::number).containsExactly(5L, 6L, 7L);
        assertThat(head().forgotten()).isEqualTo(7);
    }

    @Test
    @DisplayName("take forgotten secrets with them, and none that a commit still names")
    void forgetsSecrets() {
        if (refuses(() -> store().forgetBefore(ENV, OLD))) {
            return;
        }
        SealedSecret first = sealed(ENV, "first", A, "k");
        SealedSecret second = sealed(ENV, "second", A, "k");
        SealedSecret ofOther = sealed(ENV, "of-other", B, "k");
        SealedSecret ofGone = sealed(ENV, "of-gone", C, "k");
        committed(withSecrets(insert(A, withPassword("a", first)), first));
        committed(withSecrets(insert(B, withPassword("b", ofOther)), ofOther));
        committed(withSecrets(insert(C, withPassword("c", ofGone)), ofGone));
        committed(withSecrets(update(A, 1, withPassword("a", second)), second));
        committed(delete(C, 3, "c"));
        committed(update(A, 4, withPassword("a2", second)));

        store().forgetBefore(ENV, Instant.parse("2099-01-01T00:00:00Z"));
        List<SecretId> ids = List.of(first.id(), second.id(), ofOther.id(), ofGone.id());
        assertThat(store().sealedSecrets(ENV, ids)).containsOnlyKeys(second.id(), ofOther.id());
    }

    private static DataSourceSpec withPassword(String name, SealedSecret secret) {
        return spec(name).withConfig(Map.of("password", new ConfigValue.SecretLiteral(secret.id(), OLD)));
    }

    @Test
    @DisplayName("are not forgotten beyond the latest deployment, but deployments of forgotten commits are")
    void keepsDeployments() {
        if (refuses(() -> store().forgetBefore(ENV, OLD))) {
            return;
        }
        List<Commit> log = days();
        store().deploy(ENV, new Stamp(OLD, "me"));
        inserted(B, "again");
        Deployment latest = store().deploy(ENV, new Stamp(OLD, "me"));
        Instant all = Instant.parse("2099-01-01T00:00:00Z");

        store().forgetBefore(ENV, all);
        assertThat(head().forgotten()).isEqualTo(latest.commit());
        assertThat(store().deployments(ENV, Long.MAX_VALUE, 10)).containsExactly(latest);
        assertThat(store().standingAt(ENV, latest.commit(), null, 10)).hasSize(3);
        assertThat(store().commitsAfter(ENV, 0, 10)).doesNotContain(log.get(0)).contains(log.get(5));
        assertThat(store().deploy(ENV, new Stamp(OLD, "me")).number()).isEqualTo(3);
        assertThat(store().forgetBefore(OTHER_ENV, all)).isZero();
    }
}
