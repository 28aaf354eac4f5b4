package dev.headwater.core.internal.secret.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.spi.SecretStoreException;
import dev.headwater.spi.SecretStoreException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Under 64 threads, rotations, outages and a clock that runs, the secret cache")
class SecretCacheStressTest {

    private static final int READERS = 63;
    private static final int SECRETS = 10;
    private static final int ROUNDS = 300;

    @Test
    @DisplayName(
            "never goes back to an older value, knows the last one in the end, and tells of every change that it saw")
    void monotonic() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(READERS);
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        AtomicInteger told = new AtomicInteger();
        try (CacheFixture fixture = CacheFixture.threaded()) {
            for (int secret = 0; secret < SECRETS; secret++) {
                fixture.store.set("s" + secret, "1");
                fixture.cache.watch("main", "s" + secret, (storeName, name) -> told.incrementAndGet());
            }
            List<Future<Integer>> readers = new ArrayList<>();
            for (int reader = 0; reader < READERS; reader++) {
                int seed = reader;
                readers.add(threads.submit(() -> read(fixture, seed, go, done)));
            }
            go.countDown();
            int last = write(fixture);
            done.countDown();
            int reads = 0;
            for (Future<Integer> reader : readers) {
                reads += reader.get(60, TimeUnit.SECONDS);
            }

            fixture.clock.advance(Duration.ofMinutes(5));
            for (int secret = 0; secret < SECRETS; secret++) {
                assertThat(fixture.read("s" + secret)).isEqualTo(String.valueOf(last));
            }
            assertThat(reads).isGreaterThan(fixture.store.fetches());
            assertThat(told.get()).isPositive();
        } finally {
            done.countDown();
            threads.shutdownNow();
        }
    }

    private static int write(CacheFixture fixture) {
        Random random = new Random(1);
        int version = 1;
        for (int round = 0; round < ROUNDS; round++) {
            switch (random.nextInt(8)) {
                case 0 -> {
                    version++;
                    for (int secret = 0; secret < SECRETS; secret++) {
                        fixture.store.set("s" + secret, String.valueOf(version));
                    }
                }
                case 1 -> fixture.store.fail(Reason.UNAVAILABLE);
                case 2 -> fixture.store.recover();
                default -> fixture.advance(Duration.ofSeconds(random.nextInt(60)));
            }
            Thread.yield();
        }
        fixture.store.recover();
        fixture.advance(Duration.ofMinutes(3));
        return version;
    }

    private static int read(CacheFixture fixture, int seed, CountDownLatch go, CountDownLatch done)
            throws InterruptedException {
        Random random = new Random(seed);
        int[] seen = new int[SECRETS];
        int reads = 0;
        go.await();
        while (done.getCount() > 0) {
            int secret = random.nextInt(SECRETS);
            try {
                int value = Integer.parseInt(fixture.read("s" + secret));
                assertThat(value).isGreaterThanOrEqualTo(seen[secret]);
                seen[secret] = value;
                if (random.nextInt(100) == 0) {
                    fixture.reject("s" + secret, String.valueOf(value));
                }
                reads++;
            } catch (SecretStoreException e) {
                assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE);
            }
        }
        return reads;
    }
}
