package dev.headwater.core.internal.secret.cache;

import java.time.Duration;

/** Where the cache reports what it does. Nothing of it holds a secret, or the name of one. */
public interface SecretCacheMetrics extends AutoCloseable {

    /** Reports nowhere. */
    SecretCacheMetrics NONE = new SecretCacheMetrics() {
        @Override
        public void register(String storeName, Counts counts) {}

        @Override
        public void fetched(String storeName, String outcome, Duration time) {}

        @Override
        public void close() {}
    };

    /** Called once for each secret store; the counts can be read at any time, by any thread. */
    void register(String storeName, Counts counts);

    /**
     * A fetch has ended.
     *
     * @param outcome {@code success}, or the stable code of the error
     * @param time from asking for the fetch, so with the wait for a thread
     */
    void fetched(String storeName, String outcome, Duration time);

    /** The cache has closed; what was registered goes. */
    @Override
    void close();

    /** What is counted for one secret store. */
    interface Counts {

        /** {@return how many reads were answered at once with a fresh value} */
        long hits();

        /** {@return how many reads were answered with an expired value, because the store was down} */
        long staleServed();

        /** {@return how old the oldest of the cached values was when it was last served; the last second may be missing} */
        Duration oldestServed();
    }
}
