package dev.headwater.core.internal.secret.cache;

import static dev.headwater.core.internal.secret.cache.CacheFixture.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.headwater.core.SecretCacheSettings;
import dev.headwater.core.internal.secret.LinkedValue;
import dev.headwater.spi.LinkedSecret;
import dev.headwater.spi.SecretReferenceException;
import dev.headwater.spi.SecretStoreException;
import dev.headwater.spi.SecretStoreException.Reason;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.ValueEncoding;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The secret cache")
class SecretCacheTest {

    private static final Duration BEFORE_REFRESH = Duration.ofSeconds(209); // 69.7 % of five minutes
    private static final Duration AFTER_REFRESH = Duration.ofSeconds(271); // 90.3 %

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
    @DisplayName("fetches a secret once")
    class Once {

        @Test
        @DisplayName("as long as it is fresh")
        void fresh() {
            assertThat(fixture.read("db")).isEqualTo("one");
            store.set("db", "two");
            fixture.clock.advance(Duration.ofMinutes(5).minusMillis(1));

            assertThat(fixture.read("db")).isEqualTo("one");
            assertThat(store.fetches("db")).isEqualTo(1);
        }

        @Test
        @DisplayName("for all fields that link to parts of it")
        void fields() {
            store.set("json", "{\"user\":\"ada\",\"password\":\"cGFzcw==\"}");

            assertThat(field("/user", ValueEncoding.PLAIN)).isEqualTo("ada");
            assertThat(field("/password", ValueEncoding.BASE64)).isEqualTo("pass");
            assertThatExceptionOfType(SecretStoreException.class)
                    .isThrownBy(() -> field("/host", ValueEncoding.PLAIN))
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.UNUSABLE));
            assertThat(store.fetches("json")).isEqualTo(1);
        }

        private String field(String pointer, ValueEncoding encoding) {
            LinkedSecret link = new LinkedSecret("main", "json", pointer, encoding);
            return LinkedValue.read(link, fixture.cache.get("main", "json")).reveal();
        }

        @Test
        @DisplayName("and again when it has expired")
        void expired() {
            fixture.read("db");
            store.set("db", "two");
            fixture.clock.advance(Duration.ofMinutes(5));

            assertThat(fixture.read("db")).isEqualTo("two");
        }

        @Test
        @DisplayName("and again when the clock was set back, as its age is unknown then")
        void clockSetBack() {
            fixture.read("db");
            store.set("db", "two");
            fixture.clock.advance(Duration.ofDays(-1));

            assertThat(fixture.read("db")).isEqualTo("two");
        }

        @Test
        @DisplayName("per store")
        void stores() {
            fixture.read("db");
            fixture.cache.get("other", "db");

            assertThat(store.fetches("db")).isEqualTo(2);
        }
    }

    @Nested
    @DisplayName("refreshes in the background")
    class Refresh {

        @Test
        @DisplayName("a secret that is used, at about 80 % of its time")
        void used() {
            fixture.read("db");
            store.set("db", "two");
            fixture.clock.advance(Duration.ofSeconds(1));
            fixture.read("db");

            fixture.advance(BEFORE_REFRESH.minusSeconds(1));
            assertThat(store.fetches("db")).isEqualTo(1);
            fixture.advance(AFTER_REFRESH.minus(BEFORE_REFRESH));
            assertThat(store.fetches("db")).isEqualTo(2);
            assertThat(fixture.read("db")).isEqualTo("two");
        }

        @Test
        @DisplayName("no secret that was not used since the last fetch")
        void unused() {
            fixture.read("db");

            for (int i = 0; i < 60; i++) {
                fixture.advance(MINUTE);
            }

            assertThat(store.fetches("db")).isEqualTo(1);
        }

        @Test
        @DisplayName("a watched secret, used or not, and at a bounded cost")
        void watched() {
            SecretWatch watch = fixture.watch("db");
            fixture.read("db");

            for (int second = 0; second < 86_400; second++) {
                fixture.advance(Duration.ofSeconds(1));
            }
            assertThat(store.fetches("db")).isBetween(86_400 / 270, 86_400 / 210 + 1);

            watch.close();
            int before = store.fetches("db");
            for (int i = 0; i < 10; i++) {
                fixture.advance(MINUTE);
            }
            assertThat(store.fetches("db")).isEqualTo(before);
        }

        @Test
        @DisplayName("spread over time, though all secrets were fetched at one moment")
        void spread() {
            for (int i = 0; i < 200; i++) {
                store.set("s" + i, "v");
                fixture.watch("s" + i);
                fixture.read("s" + i);
            }
            int most = 0;
            fixture.advance(BEFORE_REFRESH);
            for (int second = 0; second < 62; second++) {
                int before = store.fetches();
                fixture.advance(Duration.ofSeconds(1));
                most = Math.max(most, store.fetches() - before);
            }

            assertThat(store.fetches()).isEqualTo(400);
            assertThat(most).isLessThan(40);
        }
    }

    @Nested
    @DisplayName("while the store is down")
    class Down {

        @ParameterizedTest
        @EnumSource(names = {"UNAVAILABLE", "THROTTLED", "WRONG_ANSWER", "ACCESS_DENIED"})
        @DisplayName("or denies access, serves the last value for an hour, then the store's error")
        void bounded(Reason reason) {
            fixture.read("db");
            store.fail(reason);
            fixture.clock.advance(Duration.ofMinutes(64).plusSeconds(59));
            assertThat(fixture.read("db")).isEqualTo("one");

            fixture.clock.advance(Duration.ofSeconds(1));
            fixture.assertFails("db", reason);
        }

        @Test
        @DisplayName("asks it ever less often, and about once a minute in the end")
        void backoff() {
            fixture.read("db");
            fixture.clock.advance(Duration.ofMinutes(5));
            store.fail(Reason.UNAVAILABLE);
            int before = store.fetches();

            for (int second = 0; second < 3_000; second++) {
                fixture.advance(Duration.ofSeconds(1));
                fixture.read("db");
            }

            assertThat(store.fetches() - before).isBetween(3_000 / 61, 3_000 / 30 + 8);
        }

        @Test
        @DisplayName("keeps on trying for a secret in use, so that a new value is there a minute after the outage")
        void recovery() {
            fixture.read("db");
            store.fail(Reason.UNAVAILABLE);
            for (int i = 0; i < 30; i++) {
                fixture.advance(MINUTE);
                fixture.clock.advance(Duration.ofMillis(1));
                fixture.read("db");
            }
            store.set("db", "two");
            store.recover();
            fixture.advance(MINUTE);

            assertThat(fixture.read("db")).isEqualTo("two");
        }

        @Test
        @DisplayName("gives an idle secret's last value only after asking anew")
        void idle() {
            fixture.read("db");
            fixture.clock.advance(Duration.ofMinutes(6));
            store.fail(Reason.UNAVAILABLE);
            assertThat(fixture.read("db")).isEqualTo("one");
            store.set("db", "two");
            store.recover();
            fixture.clock.advance(Duration.ofMinutes(10));

            assertThat(fixture.read("db")).isEqualTo("two");
        }

        @Test
        @DisplayName("remembers the error for a secret that was never read for ten seconds at the most")
        void neverRead() {
            store.fail(Reason.UNAVAILABLE);
            for (int second = 0; second < 60; second++) {
                fixture.assertFails("db", Reason.UNAVAILABLE);
                fixture.assertFails("db", Reason.UNAVAILABLE);
                fixture.clock.advance(Duration.ofSeconds(1));
            }
            assertThat(store.fetches("db")).isBetween(7, 15);

            store.recover();
            fixture.clock.advance(Duration.ofSeconds(10));
            assertThat(fixture.read("db")).isEqualTo("one");
        }

        @Test
        @DisplayName("gives every caller an exception of its own")
        void ownExceptions() {
            store.fail(Reason.UNAVAILABLE);
            SecretStoreException first = failure();
            SecretStoreException second = failure();

            assertThat(second).isNotSameAs(first).hasMessage(first.getMessage());
            assertThat(store.fetches("db")).isEqualTo(1);
        }

        private SecretStoreException failure() {
            try {
                throw new AssertionError(fixture.read("db"));
            } catch (SecretStoreException e) {
                return e;
            }
        }
    }

    @Nested
    @DisplayName("when the store says that a secret is not to be had")
    class Missing {

        @ParameterizedTest
        @EnumSource(names = {"NOT_FOUND", "ACCESS_DENIED", "DISABLED", "UNUSABLE"})
        @DisplayName("remembers that for ten seconds")
        void remembered(Reason reason) {
            store.fail(reason);
            fixture.assertFails("db", reason);
            store.recover();
            fixture.clock.advance(Duration.ofSeconds(10).minusMillis(1));
            fixture.assertFails("db", reason);
            assertThat(store.fetches("db")).isEqualTo(1);

            fixture.clock.advance(Duration.ofMillis(1));
            assertThat(fixture.read("db")).isEqualTo("one");
        }

        @ParameterizedTest
        @EnumSource(Reason.class)
        @DisplayName("asks once more for those who try it out, unless the store is down")
        void anew(Reason reason) {
            boolean down = EnumSet.of(Reason.UNAVAILABLE, Reason.THROTTLED, Reason.WRONG_ANSWER)
                    .contains(reason);
            store.fail(reason);
            fixture.assertFails("db", reason);
            assertThatExceptionOfType(SecretStoreException.class)
                    .isThrownBy(() -> fixture.cache.getAnewIfRefused("main", "db"));
            assertThat(store.fetches("db")).isEqualTo(down ? 1 : 2);
            store.recover();
            fixture.assertFails("db", reason);
            if (!down) {
                assertThat(fixture.cache.getAnewIfRefused("main", "db").reveal())
                        .isEqualTo("one");
                assertThat(fixture.read("db")).isEqualTo("one");
                assertThat(fixture.cache.getAnewIfRefused("main", "db").reveal())
                        .isEqualTo("one");
                assertThat(store.fetches("db")).isEqualTo(3);
            }
        }

        @ParameterizedTest
        @EnumSource(names = {"NOT_FOUND", "DISABLED", "UNUSABLE"})
        @DisplayName("because it is gone, no longer serves the value that it had")
        void gone(Reason reason) {
            fixture.watch("db");
            fixture.read("db");
            store.fail(reason);
            fixture.advance(AFTER_REFRESH);

            fixture.assertFails("db", reason);
        }

        @Test
        @DisplayName("also refuses a store that is not registered, and does not remember that")
        void unknownStore() {
            SecretCache cache = SecretCache.open(
                    (storeName, name) -> {
                        throw new SecretReferenceException(
                                SecretReferenceException.Reason.UNKNOWN_STORE, name, null, "no store " + storeName);
                    },
                    List.of(),
                    SecretCacheSettings.defaults(),
                    fixture.clock,
                    SecretCacheMetrics.NONE);

            assertThatExceptionOfType(SecretReferenceException.class)
                    .isThrownBy(() -> cache.get("gone", "db"))
                    .withMessage("no store gone");
            assertThat(cache.refreshAfterRejection("gone", "db", SecretValue.of("x")))
                    .isFalse();
            cache.watch("gone", "db", (storeName, name) -> {}).close();
            cache.close();
        }
    }

    @Nested
    @DisplayName("is bounded")
    class Bounded {

        @Test
        @DisplayName("in size, and lets go what has no value, then what was not used for longest")
        void size() {
            try (CacheFixture small =
                    CacheFixture.direct(SecretCacheSettings.defaults().withMaxSecrets(3), SecretCacheMetrics.NONE)) {
                for (String name : new String[] {"a", "b", "c", "d", "e"}) {
                    small.store.set(name, name);
                }
                small.read("a");
                small.clock.advance(Duration.ofSeconds(2));
                small.read("b");
                small.clock.advance(Duration.ofSeconds(2));
                small.assertFails("missing", Reason.NOT_FOUND);
                small.read("a");
                small.read("c"); // in place of the missing one
                small.read("d"); // in place of b
                small.read("a");
                small.read("c");
                assertThat(small.store.fetches()).isEqualTo(5);

                small.read("b");
                assertThat(small.store.fetches("b")).isEqualTo(2);
            }
        }

        @Test
        @DisplayName("but keeps what is watched")
        void watched() {
            try (CacheFixture small =
                    CacheFixture.direct(SecretCacheSettings.defaults().withMaxSecrets(1), SecretCacheMetrics.NONE)) {
                small.store.set("db", "one");
                small.watch("db");
                small.read("db");
                for (int i = 0; i < 10; i++) {
                    small.store.set("s" + i, "v");
                    small.clock.advance(Duration.ofSeconds(2));
                    small.read("s" + i);
                }
                small.read("db");

                assertThat(small.store.fetches("db")).isEqualTo(1);
            }
        }

        @Test
        @DisplayName("in time: a secret that nobody used is not in memory for longer than it could be served")
        void time() {
            fixture.read("db");
            fixture.assertFails("missing", Reason.NOT_FOUND);
            fixture.advance(MINUTE);
            assertThat(fixture.cache.size()).isEqualTo(1);

            fixture.advance(Duration.ofMinutes(63));
            assertThat(fixture.cache.size()).isEqualTo(1);
            fixture.advance(MINUTE);
            assertThat(fixture.cache.size()).isZero();
        }
    }

    @Test
    @DisplayName("hands out nothing after it was closed")
    void closed() {
        fixture.read("db");
        fixture.cache.close();
        fixture.cache.close();

        assertThat(fixture.cache.size()).isZero();
        assertThatIllegalStateException().isThrownBy(() -> fixture.read("db"));
        assertThatIllegalStateException().isThrownBy(() -> fixture.reject("db", "one"));
        assertThatIllegalStateException().isThrownBy(() -> fixture.watch("db"));
    }
}
