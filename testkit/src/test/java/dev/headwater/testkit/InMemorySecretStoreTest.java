package dev.headwater.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.headwater.spi.SecretStoreException;
import dev.headwater.spi.SecretStoreException.Reason;
import dev.headwater.spi.SecretValue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The secret store in memory, for a test that uses it,")
class InMemorySecretStoreTest {

    private final InMemorySecretStore store = new InMemorySecretStore().set("db", "one");

    @Test
    @DisplayName("counts fetches, also those that fail")
    void counts() {
        store.fetchLatest("db");
        store.fetchLatest("db");
        assertFails("gone", Reason.NOT_FOUND);

        assertThat(store.fetches("db")).isEqualTo(2);
        assertThat(store.fetches("gone")).isEqualTo(1);
        assertThat(store.fetches("never")).isZero();
        assertThat(store.fetches()).isEqualTo(3);
    }

    @Test
    @DisplayName("fails the next fetches, those of one secret, or all, until it recovers")
    void failures() {
        store.set("other", "x");
        store.failNext(1, Reason.THROTTLED);
        store.failNext(1, Reason.UNAVAILABLE);
        assertFails("db", Reason.THROTTLED);
        assertFails("other", Reason.UNAVAILABLE);
        assertThat(store.fetchLatest("db").reveal()).isEqualTo("one");

        store.fail("db", Reason.UNUSABLE);
        assertFails("db", Reason.UNUSABLE);
        assertThat(store.fetchLatest("other").reveal()).isEqualTo("x");

        store.failAll(Reason.WRONG_ANSWER);
        assertFails("other", Reason.WRONG_ANSWER);

        store.recover();
        assertThat(store.fetchLatest("db").reveal()).isEqualTo("one");
        store.delete("db");
        assertFails("db", Reason.NOT_FOUND);
    }

    @Test
    @DisplayName("holds fetches until it is told to let them go on")
    void holds() throws Exception {
        CompletableFuture<SecretValue> fetch;
        try (InMemorySecretStore.Hold hold = store.hold()) {
            fetch = CompletableFuture.supplyAsync(() -> store.fetchLatest("db"));
            hold.awaitFetches(1);
            assertThat(fetch).isNotDone();
            assertThatIllegalStateException().isThrownBy(store::hold);
            store.set("db", "two");
        }
        assertThat(fetch.get(30, TimeUnit.SECONDS).reveal()).isEqualTo("two");
        assertThat(store.fetchLatest("db").reveal()).isEqualTo("two");
    }

    @Test
    @DisplayName("ends a held fetch when its thread is interrupted")
    void interrupted() {
        try (InMemorySecretStore.Hold hold = store.hold()) {
            Thread.currentThread().interrupt();
            assertFails("db", Reason.UNAVAILABLE);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    @DisplayName("refuses a name or scope that no reference could mean")
    void illegalNames() {
        assertThatIllegalArgumentException().isThrownBy(() -> store.set("a/b", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> new InMemorySecretStore("a/b"));
        assertThatIllegalArgumentException().isThrownBy(() -> new InMemorySecretStore(""));
    }

    private void assertFails(String name, Reason reason) {
        assertThatExceptionOfType(SecretStoreException.class)
                .isThrownBy(() -> store.fetchLatest(name))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
