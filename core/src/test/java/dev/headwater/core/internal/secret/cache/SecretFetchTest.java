package dev.headwater.core.internal.secret.cache;

import static dev.headwater.core.internal.secret.cache.CacheFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.headwater.core.SecretCacheSettings;
import dev.headwater.core.internal.secret.cache.FakeSecrets.Gate;
import dev.headwater.spi.SecretStoreException;
import dev.headwater.spi.SecretStoreException.Reason;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Fetching a secret")
class SecretFetchTest {

    private static final int THREADS = 64;

    private final ExecutorService callers = Executors.newFixedThreadPool(THREADS);
    private CacheFixture fixture = CacheFixture.threaded();

    @AfterEach
    void close() {
        fixture.close();
        callers.shutdownNow();
    }

    @Nested
    @DisplayName("happens once")
    class SingleFlight {

        @Test
        @DisplayName("for 64 threads that want it at one time")
        void threads() throws Exception {
            fixture.store.set("db", "one");
            Gate gate = fixture.store.hold("db");
            List<Future<String>> reads = submit(THREADS, () -> fixture.read("db"));
            gate.awaitFetch();
            gate.open();

            for (Future<String> read : reads) {
                assertThat(read.get(10, TimeUnit.SECONDS)).isEqualTo("one");
            }
            assertThat(fixture.store.fetches("db")).isEqualTo(1);
        }

        @Test
        @DisplayName("for each of 100 secrets that 1,000 sources use")
        void sources() throws Exception {
            IntStream.range(0, 100).forEach(i -> fixture.store.set("s" + i, "v" + i));
            List<Future<String>> reads = new ArrayList<>();
            for (int source = 0; source < 1_000; source++) {
                String name = "s" + source % 100;
                reads.add(callers.submit(() -> fixture.read(name)));
            }
            for (int source = 0; source < 1_000; source++) {
                assertThat(reads.get(source).get(10, TimeUnit.SECONDS)).isEqualTo("v" + source % 100);
            }
            assertThat(fixture.store.fetches()).isEqualTo(100);
        }

        @Test
        @DisplayName("for 64 pools that reject one value at one time")
        void rejections() throws Exception {
            fixture.store.set("db", "one");
            fixture.read("db");
            fixture.store.set("db", "two");
            Gate gate = fixture.store.hold("db");
            List<Future<Boolean>> looks = submit(THREADS, () -> fixture.reject("db", "one"));
            gate.awaitFetch();
            gate.open();

            for (Future<Boolean> look : looks) {
                assertThat(look.get(10, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(fixture.store.fetches("db")).isEqualTo(2);
        }

        @Test
        @DisplayName("and gives all waiting callers the error, each its own")
        void failing() throws Exception {
            Gate gate = fixture.store.hold("missing");
            List<Future<String>> reads = submit(8, () -> fixture.read("missing"));
            gate.awaitFetch();
            gate.open();

            List<Throwable> errors = new ArrayList<>();
            for (Future<String> read : reads) {
                assertThatExceptionOfType(ExecutionException.class)
                        .isThrownBy(() -> read.get(10, TimeUnit.SECONDS))
                        .satisfies(e -> errors.add(e.getCause()));
            }
            assertThat(errors).doesNotHaveDuplicates().allMatch(SecretStoreException.class::isInstance);
            assertThat(fixture.store.fetches("missing")).isEqualTo(1);
        }
    }

    @Nested
    @DisplayName("does not hold up")
    class Others {

        @Test
        @DisplayName("reads that find a fresh value, even while another thread has the secret's lock")
        void hits() throws Exception {
            fixture.store.set("db", "one");
            fixture.watch("db");
            fixture.read("db");
            Gate gate = fixture.store.hold("db");
            fixture.advance(Duration.ofSeconds(280));
            gate.awaitFetch();

            synchronized (fixture.cache.cached("main", "db")) {
                assertThat(callers.submit(() -> fixture.read("db")).get(10, TimeUnit.SECONDS))
                        .isEqualTo("one");
            }
            gate.open();
        }

        @Test
        @DisplayName("reads that get the last value while the store is down and hangs")
        void stale() throws Exception {
            fixture.store.set("db", "one");
            fixture.read("db");
            fixture.store.fail(Reason.UNAVAILABLE);
            fixture.clock.advance(Duration.ofMinutes(6));
            fixture.read("db");
            Gate gate = fixture.store.hold("db");
            fixture.clock.advance(Duration.ofSeconds(2));

            assertThat(callers.submit(() -> fixture.read("db")).get(5, TimeUnit.SECONDS))
                    .isEqualTo("one");
            gate.awaitFetch();
            assertThat(callers.submit(() -> fixture.read("db")).get(5, TimeUnit.SECONDS))
                    .isEqualTo("one");
            synchronized (fixture.cache.cached("main", "db")) {
                gate.open();
            }
        }

        @Test
        @DisplayName("another store, although all threads of this one hang")
        void stores() throws Exception {
            List<Gate> gates = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String name = "s" + i;
                gates.add(fixture.store.holdWhatever(name));
                callers.submit(() -> fixture.read(name));
            }
            for (Gate gate : gates) {
                gate.awaitFetch();
            }
            fixture.store.set("db", "one");

            assertThat(callers.submit(() -> fixture.cache.get("other", "db"))
                            .get(10, TimeUnit.SECONDS)
                            .reveal())
                    .isEqualTo("one");
            gates.forEach(Gate::open);
        }
    }

    @Nested
    @DisplayName("that hangs")
    class Hanging {

        @Test
        @DisplayName("is one fetch for all, fails for all at the timeout, and is interrupted")
        void timeout() throws Exception {
            timeoutOf(Duration.ofMillis(300));
            fixture.store.set("db", "one");
            Gate gate = fixture.store.holdWhatever("db");
            List<Future<String>> reads = submit(8, () -> fixture.read("db"));

            for (Future<String> read : reads) {
                assertThatExceptionOfType(ExecutionException.class)
                        .isThrownBy(() -> read.get(10, TimeUnit.SECONDS))
                        .withMessageContaining("did not answer within PT0.3S when asked for secret db");
            }
            assertThat(gate.interrupted.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(fixture.store.fetches("db")).isEqualTo(1);
            gate.open();
        }

        @Test
        @DisplayName("is given up in the background too, and what it brings later is not taken")
        void late() throws Exception {
            fixture.store.set("db", "one");
            fixture.watch("db");
            fixture.read("db");
            fixture.store.set("db", "two");
            Gate gate = fixture.store.holdWhatever("db");
            fixture.advance(Duration.ofSeconds(280));
            gate.awaitFetch();
            fixture.store.holdNoMore("db");
            fixture.store.set("db", "three");
            fixture.advance(Duration.ofSeconds(11));
            assertThat(gate.interrupted.await(10, TimeUnit.SECONDS)).isTrue();

            fixture.advance(Duration.ofSeconds(2));
            eventually("the next fetch", () -> fixture.read("db").equals("three"));
            gate.open();
            fixture.awaitIdle();
            assertThat(fixture.read("db")).isEqualTo("three");
            assertThat(fixture.store.fetches("db")).isEqualTo(3);
        }

        @Test
        @DisplayName("does not keep a thread that is interrupted, which stays so")
        void interrupted() throws Exception {
            fixture.store.set("db", "one");
            Gate gate = fixture.store.hold("db");
            Future<Boolean> read = callers.submit(() -> {
                Thread.currentThread().interrupt();
                assertThatExceptionOfType(SecretStoreException.class)
                        .isThrownBy(() -> fixture.read("db"))
                        .withMessageContaining("interrupted")
                        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE));
                return Thread.interrupted();
            });

            assertThat(read.get(10, TimeUnit.SECONDS)).isTrue();
            gate.open();
            assertThat(fixture.read("db")).isEqualTo("one");
            assertThat(fixture.store.fetches("db")).isEqualTo(1);
        }

        @Test
        @DisplayName("ends for those who wait when the cache closes")
        void closed() throws Exception {
            Gate gate = fixture.store.holdWhatever("db");
            Future<String> read = callers.submit(() -> fixture.read("db"));
            gate.awaitFetch();
            fixture.cache.close();

            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> read.get(10, TimeUnit.SECONDS))
                    .withMessageContaining("when the registry closed");
            assertThat(gate.interrupted.await(10, TimeUnit.SECONDS)).isTrue();
            gate.open();
        }
    }

    @Test
    @DisplayName("runs on daemon threads that the cache ends, the refreshes too")
    void threads() {
        FakeSecrets store = fixture.store;
        store.set("db", "one");
        SecretCache cache = SecretCache.open(
                (storeName, name) -> store.fetchLatest(name),
                List.of("main"),
                SecretCacheSettings.defaults().withFreshFor(Duration.ofSeconds(1)),
                Clock.systemUTC(),
                SecretCacheMetrics.NONE);
        cache.watch("main", "db", (storeName, name) -> {});
        assertThat(cache.get("main", "db").reveal()).isEqualTo("one");
        eventually("a refresh in the background", () -> store.fetches("db") > 1);

        assertThat(threadsOfTheCache()).isNotEmpty().allMatch(Thread::isDaemon);
        cache.close();
        eventually("no threads", () -> threadsOfTheCache().isEmpty());
    }

    private static List<Thread> threadsOfTheCache() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("headwater-secret-"))
                .toList();
    }

    private void timeoutOf(Duration timeout) {
        fixture.close();
        fixture = CacheFixture.threaded(SecretCacheSettings.defaults().withFetchTimeout(timeout));
    }

    private <T> List<Future<T>> submit(int times, Callable<T> call) {
        return IntStream.range(0, times).mapToObj(i -> callers.submit(call)).toList();
    }
}
