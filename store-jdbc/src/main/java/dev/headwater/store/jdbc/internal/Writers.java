package dev.headwater.store.jdbc.internal;

import dev.headwater.spi.StoreException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Lets one writer at a time into a database that would not survive a kill otherwise. H2 writes its maps to the disk one after
 * the other, while others go on to write: a process that is killed then may come back without a commit, and with the one
 * after it. With one writer, from the beginning of its transaction until all of it is on the disk, there is nothing to mix.
 */
final class Writers {

    /** By the path of the database: several stores of one process may be on the same. */
    private static final Map<String, ReentrantLock> LOCKS = new ConcurrentHashMap<>();

    private final @Nullable ReentrantLock lock;
    private final Duration longest;

    private Writers(@Nullable ReentrantLock lock, Duration longest) {
        this.lock = lock;
        this.longest = longest;
    }

    /** @param database which database takes one writer at a time; null if the store's takes many */
    static Writers of(@Nullable String database, Duration longest) {
        return new Writers(
                database == null ? null : LOCKS.computeIfAbsent(database, path -> new ReentrantLock()), longest);
    }

    /** Does work that writes. */
    <T> T write(Supplier<T> work) {
        if (lock == null) {
            return work.get();
        }
        enter(lock);
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** {@return the data source, which lets only one at a time have a connection where the database takes one writer} */
    DataSource guarded(DataSource dataSource) {
        return lock == null ? dataSource : new OneAtATime(dataSource, () -> enter(lock), lock::unlock);
    }

    private void enter(ReentrantLock waited) {
        try {
            if (!waited.tryLock(longest.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new StoreException("other writes to the database took longer than " + longest.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("waiting for other writes to the database was interrupted");
        }
    }
}
