package dev.headwater.testkit;

import dev.headwater.spi.CommitRequest;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceStore;
import dev.headwater.spi.ProposedChange;
import dev.headwater.spi.SecretStore;
import dev.headwater.spi.SecretStoreException;
import dev.headwater.spi.StoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes chosen calls to a store fail, do a part of their work, or wait, to see what a host does then. Calls of everything that one instance wraps are
 * counted together, from 1, in the order in which they begin; {@code close}, and what {@link Object} has, are not counted.
 *
 * <pre>{@code
 * Faults faults = new Faults();
 * DataSourceStore store = faults.over(new InMemoryStore());
 * faults.failCall(3);        // the third call fails, and does nothing
 * faults.failAfterCall(5);   // the fifth does its work, and fails all the same
 * }</pre>
 *
 * <p>A data source store fails with {@link StoreException}, a secret store with {@link SecretStoreException} for {@link
 * SecretStoreException.Reason#UNAVAILABLE}. Safe for use by many threads.
 */
public final class Faults {

    private final Map<Integer, Fault> faults = new HashMap<>();
    private final List<String> calls = new ArrayList<>();
    private boolean down;

    /** No call fails. */
    public Faults() {}

    /** {@return a store that does what the given one does, but for the faults} */
    public DataSourceStore over(DataSourceStore store) {
        return wrap(DataSourceStore.class, store, Faults::storeFailure);
    }

    /** {@return a secret store that does what the given one does, but for the faults} */
    public SecretStore over(SecretStore store) {
        return wrap(SecretStore.class, store, Faults::secretStoreFailure);
    }

    /** Lets the nth call fail before it does anything. */
    public synchronized void failCall(int nth) {
        faults.put(nth, Fault.BEFORE);
    }

    /** Lets the nth call do its work, and then fail: who called cannot know that it was done. */
    public synchronized void failAfterCall(int nth) {
        faults.put(nth, Fault.AFTER);
    }

    /**
     * Lets the nth call fail when a part of its work is done, as in a store that is not atomic: of a commit of several changes
     * the first half is written. Any other call does all of its work, and fails.
     */
    public synchronized void halfApplyCall(int nth) {
        faults.put(nth, Fault.HALF);
    }

    /** Lets all calls fail from now on, before they do anything, as when the store is down. */
    public synchronized void failAll() {
        down = true;
    }

    /** Lets the nth call wait, before it does anything, until the hold is released. */
    public synchronized Hold holdCall(int nth) {
        Hold hold = new Hold(null);
        faults.put(nth, new Fault(hold, false, false, false));
        return hold;
    }

    /** Lets the nth call wait that long before it does anything. An interrupt ends the wait. */
    public synchronized void delayCall(int nth, Duration delay) {
        faults.put(nth, new Fault(new Hold(delay), false, false, false));
    }

    /** Lets all calls do what they should again. Calls that wait go on waiting. */
    public synchronized void recover() {
        down = false;
        faults.clear();
    }

    /** {@return the names of the methods that were called, in order} */
    public synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    private <T> T wrap(Class<T> type, T target, Supplier<RuntimeException> failure) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    boolean counted = method.getDeclaringClass() != Object.class
                            && !method.getName().equals("close");
                    Fault fault = counted ? begin(method.getName()) : Fault.NONE;
                    if (fault.hold != null) {
                        fault.hold.await();
                    }
                    if (fault.before) {
                        throw failure.get();
                    }
                    Object result = call(method, target, fault.half ? halved(arguments) : arguments);
                    if (fault.after) {
                        throw failure.get();
                    }
                    return result;
                }));
    }

    private synchronized Fault begin(String method) {
        calls.add(method);
        Fault fault = faults.remove(calls.size());
        if (fault != null) {
            return fault;
        }
        return down ? Fault.BEFORE : Fault.NONE;
    }

    private static Object @Nullable [] halved(Object @Nullable [] arguments) {
        if (arguments == null || !(arguments[0] instanceof CommitRequest request)) {
            return arguments;
        }
        List<ProposedChange> half =
                request.changes().subList(0, Math.max(1, request.changes().size() / 2));
        Set<DataSourceId> written =
                half.stream().map(ProposedChange::dataSource).collect(Collectors.toSet());
        return new Object[] {
            new CommitRequest(
                    request.environment(),
                    request.stamp(),
                    request.message(),
                    half,
                    request.secrets().stream()
                            .filter(secret -> written.contains(secret.dataSource()))
                            .toList())
        };
    }

    private static @Nullable Object call(Method method, Object target, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private static RuntimeException storeFailure() {
        return new StoreException("this call was made to fail");
    }

    private static RuntimeException secretStoreFailure() {
        return new SecretStoreException(
                SecretStoreException.Reason.UNAVAILABLE, "any", "this call was made to fail", null);
    }

    private record Fault(@Nullable Hold hold, boolean before, boolean after, boolean half) {

        static final Fault NONE = new Fault(null, false, false, false);
        static final Fault BEFORE = new Fault(null, true, false, false);
        static final Fault AFTER = new Fault(null, false, true, false);
        static final Fault HALF = new Fault(null, false, true, true);
    }

    /** A call that waits. */
    public static final class Hold implements AutoCloseable {

        private final CountDownLatch called = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        private final @Nullable Duration most;

        private Hold(@Nullable Duration most) {
            this.most = most;
        }

        /** Blocks until the call has come. */
        public void awaitCall() throws InterruptedException {
            called.await();
        }

        /** Lets the call go on. */
        @Override
        public void close() {
            released.countDown();
        }

        private void await() throws InterruptedException {
            called.countDown();
            if (most == null) {
                released.await();
            } else {
                boolean ignored = released.await(most.toNanos(), TimeUnit.NANOSECONDS);
            }
        }
    }
}
