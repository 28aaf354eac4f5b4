package dev.headwater.testkit;

import dev.headwater.spi.SecretReferenceException;
import dev.headwater.spi.SecretStore;
import dev.headwater.spi.SecretStoreException;
import dev.headwater.spi.SecretStoreException.Reason;
import dev.headwater.spi.SecretValue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A secret store in memory, for tests of what links secrets: values can be set and rotated at any time, fetches are
 * counted, made to fail, or held until the test lets them go on.
 *
 * <p>It keeps the rules of the real ones. It has a scope; names are {@code [A-Za-z0-9_.-]{1,255}}; full identifiers are
 * {@code memory://<scope>/secrets/<name>}, and refused for another scope, or with {@code /versions/<version>} behind
 * them.
 *
 * <p>All methods may be called by many threads at once. Only {@link #fetchLatest} blocks, and only while {@linkplain
 * #hold() held}.
 */
public final class InMemorySecretStore implements SecretStore {

    /** The scope of a store for which no other is given. */
    public static final String DEFAULT_SCOPE = "test";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,255}");
    private static final Pattern IDENTIFIER =
            Pattern.compile("memory://([^/\\p{Cntrl}]+)/secrets/(" + NAME + ")(/versions/[^/\\p{Cntrl}]+)?");

    private final String scope;
    private final Map<String, SecretValue> values = new HashMap<>();
    private final Map<String, Reason> failing = new HashMap<>();
    private final Map<String, Integer> fetches = new HashMap<>();
    private final Deque<Reason> nextFailures = new ArrayDeque<>();
    private @Nullable Reason allFailing;
    private @Nullable Hold held;

    /** An empty store of the scope {@value #DEFAULT_SCOPE}. */
    public InMemorySecretStore() {
        this(DEFAULT_SCOPE);
    }

    /**
     * An empty store.
     *
     * @param scope what the real stores have an account and region, a project or a vault for
     * @throws IllegalArgumentException if the scope cannot stand in an identifier
     */
    public InMemorySecretStore(String scope) {
        if (!IDENTIFIER.matcher("memory://" + scope + "/secrets/name").matches()) {
            throw new IllegalArgumentException("a scope has no / and no control characters, and is not empty");
        }
        this.scope = scope;
    }

    /**
     * Sets a secret, or rotates it: the next fetch gets the new value.
     *
     * @return this store
     * @throws IllegalArgumentException if the name is not legal
     */
    public synchronized InMemorySecretStore set(String name, String value) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a name is " + NAME + ", got " + name);
        }
        values.put(name, SecretValue.of(value));
        return this;
    }

    /** Removes a secret, if it is there. */
    public synchronized void delete(String name) {
        values.remove(name);
    }

    /** Fails all fetches of a secret until {@link #recover}. */
    public synchronized void fail(String name, Reason reason) {
        failing.put(name, reason);
    }

    /** Fails all fetches until {@link #recover}. */
    public synchronized void failAll(Reason reason) {
        allFailing = reason;
    }

    /** Fails that many fetches, after those that were to fail already. */
    public synchronized void failNext(int count, Reason reason) {
        for (int i = 0; i < count; i++) {
            nextFailures.add(reason);
        }
    }

    /** Ends all failures. */
    public synchronized void recover() {
        failing.clear();
        nextFailures.clear();
        allFailing = null;
    }

    /** {@return how often any secret was fetched, with or without success} */
    public synchronized int fetches() {
        return fetches.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** {@return how often a secret was fetched, with or without success} */
    public synchronized int fetches(String name) {
        return fetches.getOrDefault(name, 0);
    }

    /**
     * Holds all fetches that begin from now on, until what is returned is closed. What they return is what the store
     * holds when they go on.
     *
     * @throws IllegalStateException if fetches are held already
     */
    public synchronized Hold hold() {
        if (held != null) {
            throw new IllegalStateException("fetches are held already");
        }
        held = new Hold();
        return held;
    }

    private synchronized void release(Hold hold) {
        if (held == hold) {
            held = null;
        }
    }

    @Override
    public String description() {
        return "secrets in memory, " + scope;
    }

    @Override
    public String normalize(String reference) {
        if (NAME.matcher(reference).matches()) {
            return reference;
        }
        Matcher identifier = IDENTIFIER.matcher(reference);
        if (!identifier.matches()) {
            throw refused(SecretReferenceException.Reason.MALFORMED, reference, "is neither a name nor an identifier");
        }
        if (!identifier.group(1).equals(scope)) {
            throw refused(SecretReferenceException.Reason.WRONG_STORE, reference, "lies in another scope");
        }
        if (identifier.group(3) != null) {
            throw refused(
                    SecretReferenceException.Reason.PINNED_VERSION,
                    reference,
                    "asks for one version, the latest is read");
        }
        return identifier.group(2);
    }

    private SecretReferenceException refused(SecretReferenceException.Reason reason, String reference, String what) {
        String expected = "memory://" + scope + "/secrets/<name>";
        return new SecretReferenceException(
                reason,
                reference,
                expected,
                "secret reference " + reference.replaceAll("\\p{Cntrl}", "?") + " " + what + "; expected " + expected
                        + " or a name");
    }

    @Override
    public SecretValue fetchLatest(String name) {
        Hold hold = begin(name);
        if (hold != null) {
            hold.arrive(name);
        }
        return answer(name);
    }

    private synchronized @Nullable Hold begin(String name) {
        fetches.merge(name, 1, Integer::sum);
        return held;
    }

    private synchronized SecretValue answer(String name) {
        Reason failure = nextFailures.poll();
        if (failure == null) {
            failure = allFailing == null ? failing.get(name) : allFailing;
        }
        SecretValue value = values.get(name);
        if (failure == null && value == null) {
            failure = Reason.NOT_FOUND;
        }
        if (failure != null || value == null) {
            throw failure(failure == null ? Reason.NOT_FOUND : failure, name);
        }
        return value;
    }

    private SecretStoreException failure(Reason reason, String name) {
        return new SecretStoreException(reason, name, description() + ": secret " + name + ": " + reason, null);
    }

    /** Does nothing: a test may ask for counts after the end. */
    @Override
    public void close() {}

    /** What the store is and the number of its secrets. */
    @Override
    public synchronized String toString() {
        return description() + " (" + values.size() + " secrets)";
    }

    /** Fetches that are held. */
    public final class Hold implements AutoCloseable {

        private final Semaphore arrived = new Semaphore(0);
        private final CountDownLatch open = new CountDownLatch(1);

        private Hold() {}

        /**
         * Waits until that many fetches are held that were not waited for before.
         *
         * @throws IllegalStateException if they do not come within 30 seconds
         * @throws InterruptedException if the thread is interrupted
         */
        public void awaitFetches(int count) throws InterruptedException {
            if (!arrived.tryAcquire(count, 30, TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        "expected " + count + " fetches to be held, are " + arrived.availablePermits());
            }
        }

        private void arrive(String name) {
            arrived.release();
            try {
                open.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw failure(Reason.UNAVAILABLE, name);
            }
        }

        /** Lets all fetches go on, and holds no more. */
        @Override
        public void close() {
            release(this);
            open.countDown();
        }
    }
}
