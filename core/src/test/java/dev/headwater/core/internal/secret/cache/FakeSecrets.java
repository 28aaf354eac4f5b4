package dev.headwater.core.internal.secret.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.spi.SecretStore;
import dev.headwater.spi.SecretStoreException;
import dev.headwater.spi.SecretStoreException.Reason;
import dev.headwater.spi.SecretValue;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A secret store in memory that counts, fails and holds fetches as it is told. */
final class FakeSecrets implements SecretStore {

    private final Map<String, String> values = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> fetches = new ConcurrentHashMap<>();
    private final Map<String, Gate> gates = new ConcurrentHashMap<>();
    private volatile @Nullable Supplier<? extends Throwable> failure;

    void set(String name, String value) {
        values.put(name, value);
    }

    void remove(String name) {
        values.remove(name);
    }

    /** Until {@link #recover}, every fetch fails so. */
    void fail(Reason reason) {
        fail(() -> new SecretStoreException(reason, "db", "the store says " + reason, null));
    }

    void fail(Supplier<? extends Throwable> with) {
        failure = with;
    }

    void recover() {
        failure = null;
    }

    /** From now on, fetches of this secret wait at the gate. */
    Gate hold(String name) {
        Gate gate = new Gate(true);
        gates.put(name, gate);
        return gate;
    }

    /** As {@link #hold}, and an interrupt does not end the wait. */
    Gate holdWhatever(String name) {
        Gate gate = new Gate(false);
        gates.put(name, gate);
        return gate;
    }

    void holdNoMore(String name) {
        gates.remove(name);
    }

    int fetches(String name) {
        AtomicInteger count = fetches.get(name);
        return count == null ? 0 : count.get();
    }

    int fetches() {
        return fetches.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    @Override
    public SecretValue fetchLatest(String name) {
        fetches.computeIfAbsent(name, absent -> new AtomicInteger()).incrementAndGet();
        String value = values.get(name);
        Gate gate = gates.get(name);
        if (gate != null) {
            gate.pass(name);
        }
        Supplier<? extends Throwable> fails = failure;
        if (fails != null) {
            throw FakeSecrets.<RuntimeException>sneaky(fails.get());
        }
        if (value == null) {
            throw new SecretStoreException(Reason.NOT_FOUND, name, "no secret " + name, null);
        }
        return SecretValue.of(value);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T sneaky(Throwable failure) throws T {
        throw (T) failure;
    }

    @Override
    public String description() {
        return "secrets in memory";
    }

    @Override
    public String normalize(String reference) {
        return reference;
    }

    @Override
    public void close() {}

    /** Where fetches wait. */
    static final class Gate {

        private final boolean interruptible;
        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch opened = new CountDownLatch(1);
        final CountDownLatch interrupted = new CountDownLatch(1);

        private Gate(boolean interruptible) {
            this.interruptible = interruptible;
        }

        void awaitFetch() throws InterruptedException {
            assertThat(entered.await(10, TimeUnit.SECONDS)).as("a fetch began").isTrue();
        }

        void open() {
            opened.countDown();
        }

        private void pass(String name) {
            entered.countDown();
            while (true) {
                try {
                    opened.await();
                    return;
                } catch (InterruptedException e) {
                    interrupted.countDown();
                    if (interruptible) {
                        throw new SecretStoreException(Reason.UNAVAILABLE, name, "interrupted", null);
                    }
                }
            }
        }
    }
}
