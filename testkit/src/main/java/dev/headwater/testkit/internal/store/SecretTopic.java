package dev.headwater.testkit.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.spi.CommitRequest;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.SealedSecret;
import dev.headwater.spi.SecretId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Sealed secrets: read by id, kept for the history, sealed anew. */
public abstract class SecretTopic extends StoreTopic {

    protected SecretTopic(StoreHooks hooks) {
        super(hooks);
    }

    private static SealedSecret under(SealedSecret secret, String keyId) {
        return new SealedSecret(
                secret.environment(),
                secret.id(),
                secret.dataSource(),
                secret.field(),
                keyId,
                secret.ciphertext() + "/" + keyId);
    }

    private @Nullable SealedSecret stored(SealedSecret secret) {
        return store().sealedSecrets(secret.environment(), List.of(secret.id())).get(secret.id());
    }

    @Test
    @DisplayName("come with the commit that names them, and are read by id")
    void readById() {
        SealedSecret one = sealed(ENV, "s1", A, "k1");
        SealedSecret two = sealed(ENV, "s2", A, "k2");
        SealedSecret three = sealed(ENV, "s3", A, "k2");
        committed(withSecrets(insert(A, "a"), one, two, three));

        assertThat(store().sealedSecrets(ENV, Set.of(one.id(), three.id(), new SecretId("none"))))
                .hasSize(2)
                .containsEntry(one.id(), one)
                .containsEntry(three.id(), three);
        assertThat(store().sealedSecrets(ENV, List.of(two.id(), two.id()))).hasSize(1);
        assertThat(store().sealedSecrets(ENV, List.of())).isEmpty();
        assertThat(store().sealedSecrets(OTHER_ENV, List.of(one.id()))).isEmpty();
    }

    @Test
    @DisplayName("of several data sources are each their own's, with its ciphertext, after updates too")
    void ofSeveralSources() {
        SealedSecret ofA = sealed(ENV, "s1", A, "k1");
        SealedSecret ofB = sealed(ENV, "s2", B, "k1");
        committed(withSecrets(insert(A, "a"), ofA));
        committed(withSecrets(insert(B, "b"), ofB));
        SealedSecret next = sealed(ENV, "s3", A, "k1");
        committed(withSecrets(rename(A, 1, "a2"), next));

        assertThat(store().sealedSecrets(ENV, List.of(ofA.id(), ofB.id(), next.id())))
                .as("sealed secrets by their ids")
                .isEqualTo(Map.of(ofA.id(), ofA, ofB.id(), ofB, next.id(), next));
    }

    @Test
    @DisplayName("are read many at once, and kept at their greatest length")
    void manyAndLong() {
        List<SealedSecret> secrets = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            secrets.add(sealed(ENV, "s" + i, A, "k1"));
        }
        secrets.add(new SealedSecret(
                ENV,
                new SecretId("~".repeat(SecretId.MAX_LENGTH)),
                A,
                "\u65e5".repeat(SealedSecret.MAX_FIELD_LENGTH),
                "k".repeat(SealedSecret.MAX_KEY_ID_LENGTH),
                "+".repeat(SealedSecret.MAX_CIPHERTEXT_LENGTH)));
        committed(new CommitRequest(ENV, stamp(), null, List.of(insert(A, "a")), secrets));

        List<SecretId> ids = secrets.stream().map(SealedSecret::id).toList();
        assertThat(store().sealedSecrets(ENV, ids).values()).containsExactlyInAnyOrderElementsOf(secrets);
    }

    @Test
    @DisplayName("stay when their data source is updated or deleted")
    void stay() {
        SealedSecret secret = sealed(ENV, "s1", A, "k1");
        committed(withSecrets(insert(A, "a"), secret));
        committed(rename(A, 1, "a2"));
        committed(delete(A, 2, "a2"));

        assertThat(stored(secret)).isEqualTo(secret);
    }

    @Test
    @DisplayName("are sealed anew only while they are as they were read")
    void resealComparesAndSets() {
        SealedSecret old = sealed(ENV, "s1", A, "k1");
        committed(withSecrets(insert(A, "a"), old, sealed(ENV, "s2", A, "k1")));
        SealedSecret renewed = under(old, "k2");

        assertThat(store().reseal(under(old, "k9"), renewed)).isFalse();
        assertThat(stored(old)).isEqualTo(old);
        assertThat(store().reseal(old, renewed)).isTrue();
        assertThat(stored(old)).isEqualTo(renewed);
        assertThat(store().reseal(old, under(old, "k3"))).isFalse();
        assertThat(stored(old)).isEqualTo(renewed);
        assertThat(stored(sealed(ENV, "s2", A, "k1"))).isEqualTo(sealed(ENV, "s2", A, "k1"));

        SealedSecret never = sealed(ENV, "never", A, "k1");
        assertThat(store().reseal(never, under(never, "k2"))).isFalse();
        assertThat(store().head(ENV)).isEqualTo(1);
    }

    @Test
    @DisplayName("are not sealed anew as another secret")
    void resealKeepsIdentity() {
        SealedSecret old = sealed(ENV, "s1", A, "k1");
        committed(withSecrets(insert(A, "a"), old));
        for (SealedSecret other : List.of(
                sealed(ENV, "s2", A, "k2"),
                sealed(ENV, "s1", B, "k2"),
                sealed(OTHER_ENV, "s1", A, "k2"),
                new SealedSecret(ENV, old.id(), A, "token", "k2", "x"))) {
            assertThatThrownBy(() -> store().reseal(old, other)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(stored(old)).isEqualTo(old);
    }

    @Test
    @DisplayName("under other keys are found in all environments, by environment and id, batch after batch")
    void underOtherKeys() {
        List<SealedSecret> others = new ArrayList<>();
        for (String environment : List.of("Z-env", "a-env", "a-env2", "b-env")) {
            EnvironmentId in = EnvironmentId.of(environment);
            List<SealedSecret> secrets = new ArrayList<>();
            for (String id : List.of("10", "9", "B", "a", "c")) {
                secrets.add(sealed(in, id, A, id.equals("B") ? "primary" : id.equals("c") ? "old" : "Primary"));
            }
            committed(new CommitRequest(in, stamp(), null, List.of(insert(A, "a")), secrets));
            secrets.removeIf(secret -> secret.keyId().equals("primary"));
            others.addAll(secrets);
        }

        assertThat(store().sealedUnderOtherKeys("primary", null, 100)).isEqualTo(others);
        for (int limit : new int[] {1, 3, 4, 5, 16, 17}) {
            List<SealedSecret> found = new ArrayList<>();
            SealedSecret last = null;
            List<SealedSecret> batch;
            do {
                batch = store().sealedUnderOtherKeys("primary", last, limit);
                assertThat(batch).hasSizeLessThanOrEqualTo(limit);
                found.addAll(batch);
                assertThat(found).as("batches that never end").hasSizeLessThanOrEqualTo(others.size());
                last = batch.isEmpty() ? last : batch.get(batch.size() - 1);
            } while (batch.size() == limit);
            assertThat(found).as("in batches of %d", limit).isEqualTo(others);
        }

        assertThat(store().reseal(others.get(0), under(others.get(0), "primary")))
                .isTrue();
        assertThat(store().sealedUnderOtherKeys("primary", null, 100)).isEqualTo(others.subList(1, others.size()));
        SealedSecret gone =
                new SealedSecret(EnvironmentId.of("a-env1"), new SecretId("x"), DataSourceId.of("x"), "f", "old", "x");
        assertThat(store().sealedUnderOtherKeys("primary", gone, 1))
                .extracting(secret -> secret.environment().value())
                .containsExactly("a-env2");
    }

    @Test
    @DisplayName("do not print what they hold")
    void doNotPrint() {
        SealedSecret secret = sealed(ENV, "s1", A, "k1");
        committed(withSecrets(insert(A, "a"), secret));

        String printed = store().sealedSecrets(ENV, List.of(secret.id())) + " "
                + store().sealedUnderOtherKeys("k2", null, 1) + " " + store();

        assertThat(printed).doesNotContain(secret.ciphertext());
    }
}
