package dev.headwater.core.internal.secret.cache;

import static dev.headwater.core.internal.secret.cache.CacheFixture.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.spi.SecretStoreException.Reason;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("When a secret is rotated, the secret cache")
class SecretRotationTest {

    private final CacheFixture fixture = CacheFixture.direct();
    private final FakeSecrets store = fixture.store;

    {
        store.set("db", "one");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Nested
    @DisplayName("and a source rejects the value in use,")
    class Rejected {

        @Test
        @DisplayName("fetches at once, and says that there is another value")
        void rotated() {
            fixture.read("db");
            store.set("db", "two");

            assertThat(fixture.reject("db", "one")).isTrue();
            assertThat(fixture.read("db")).isEqualTo("two");
            assertThat(store.fetches("db")).isEqualTo(2);
        }

        @Test
        @DisplayName("fetches once, however many sources reject one value")
        void once() {
            fixture.read("db");
            store.set("db", "two");

            for (int i = 0; i < 50; i++) {
                assertThat(fixture.reject("db", "one")).isTrue();
            }
            assertThat(store.fetches("db")).isEqualTo(2);
        }

        @Test
        @DisplayName("fetches a wrong password ever less often, 20 times in the first hour")
        void wrongPassword() {
            fixture.read("db");
            for (int second = 0; second < 3_600; second++) {
                assertThat(fixture.reject("db", "one")).isFalse();
                fixture.clock.advance(Duration.ofSeconds(1));
            }

            // At 0, 1, 3, 7 … 511 seconds, then every 300.
            assertThat(store.fetches("db") - 1).isEqualTo(10 + (3_600 - 511) / 300);
        }

        @Test
        @DisplayName("looks at once again when the next value is rejected as well")
        void twoInARow() {
            fixture.read("db");
            store.set("db", "two");
            assertThat(fixture.reject("db", "one")).isTrue();
            store.set("db", "three");

            assertThat(fixture.reject("db", "two")).isTrue();
            assertThat(fixture.read("db")).isEqualTo("three");
        }

        @Test
        @DisplayName("finds a value that its store made current a little later")
        void late() {
            fixture.read("db");
            assertThat(fixture.reject("db", "one")).isFalse();
            store.set("db", "two");
            assertThat(fixture.reject("db", "one")).isFalse();
            fixture.clock.advance(Duration.ofSeconds(1));

            assertThat(fixture.reject("db", "one")).isTrue();
        }

        @Test
        @DisplayName("says that nothing changed while the store is down, asks it no more than else, and serves on")
        void down() {
            fixture.read("db");
            store.fail(Reason.UNAVAILABLE);

            assertThat(fixture.reject("db", "one")).isFalse();
            assertThat(fixture.reject("db", "other")).isTrue();
            assertThat(fixture.reject("db", "one")).isFalse();
            assertThat(store.fetches("db")).isEqualTo(2);
            assertThat(fixture.read("db")).isEqualTo("one");
        }

        @Test
        @DisplayName("fetches a secret that is no longer in memory, and compares")
        void notInMemory() {
            assertThat(fixture.reject("db", "zero")).isTrue();
            assertThat(fixture.reject("db", "one")).isFalse();
            store.remove("db");
            fixture.clock.advance(MINUTE);
            assertThat(fixture.reject("db", "one")).isFalse();
            fixture.assertFails("db", Reason.NOT_FOUND);
        }
    }

    @Nested
    @DisplayName("tells those who watch")
    class Watched {

        @Test
        @DisplayName("of another value, whoever fetched it")
        void told() {
            SecretWatch watch = fixture.watch("db");
            fixture.read("db");
            assertThat(fixture.changes).isEmpty();

            store.set("db", "two");
            fixture.advance(Duration.ofMinutes(4).plusSeconds(40));
            assertThat(fixture.changes).containsExactly("main/db");

            store.set("db", "three");
            fixture.reject("db", "two");
            assertThat(fixture.changes).containsExactly("main/db", "main/db");

            watch.close();
            watch.close();
            store.set("db", "four");
            fixture.reject("db", "three");
            assertThat(fixture.changes).hasSize(2);
        }

        @Test
        @DisplayName("nothing when a fetch brought the same value")
        void same() {
            fixture.watch("db");
            fixture.read("db");
            fixture.advance(Duration.ofMinutes(10));
            fixture.reject("db", "one");

            assertThat(store.fetches("db")).isEqualTo(3);
            assertThat(fixture.changes).isEmpty();
        }

        @Test
        @DisplayName("nothing when the secret was away for a while and came back as it was")
        void sameAfterAbsence() {
            fixture.watch("db");
            fixture.read("db");
            store.remove("db");
            fixture.advance(Duration.ofMinutes(5));
            fixture.assertFails("db", Reason.NOT_FOUND);
            store.set("db", "one");
            fixture.advance(Duration.ofMinutes(5));

            assertThat(fixture.read("db")).isEqualTo("one");
            assertThat(fixture.changes).isEmpty();
        }

        @Test
        @DisplayName("of the value that a secret has when it was away for a while, though nobody read it")
        void otherAfterAbsence() {
            fixture.watch("db");
            fixture.read("db");
            store.remove("db");
            fixture.advance(Duration.ofMinutes(5));
            store.set("db", "two");
            fixture.advance(Duration.ofMinutes(5));

            assertThat(fixture.changes).containsExactly("main/db");
        }

        @Test
        @DisplayName("after the new value is there, and all of them though one fails")
        void orderAndFailure() {
            fixture.cache.watch("main", "db", (storeName, name) -> {
                throw new IllegalStateException("a listener's bug");
            });
            fixture.cache.watch("main", "db", (storeName, name) -> fixture.changes.add(fixture.read(name)));
            fixture.read("db");
            store.set("db", "two");
            fixture.reject("db", "one");

            assertThat(fixture.changes).containsExactly("two");
        }
    }
}
