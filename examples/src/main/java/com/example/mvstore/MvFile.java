package com.example.mvstore;

import dev.headwater.spi.StoreException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/** A file of ordered maps, with transactions: one that writes, or any number that read. */
final class MvFile implements AutoCloseable {

    private final MVStore store;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    private MvFile(MVStore store) {
        this.store = store;
    }

    static MvFile open(Path file) {
        try {
            return new MvFile(new MVStore.Builder()
                    .fileName(file.toString())
                    .autoCommitDisabled()
                    .open());
        } catch (MVStoreException e) {
            throw new StoreException("the store " + file + " cannot be opened: it is in use, or no store");
        }
    }

    MVMap<String, String> map(String name) {
        return store.openMap(name);
    }

    <T> T reading(Supplier<T> work) {
        return locked(lock.readLock(), work);
    }

    /** All of the work is on the disk when this returns, and nothing of it stays when this throws. */
    <T> T writing(Supplier<T> work) {
        return locked(lock.writeLock(), () -> {
            boolean done = false;
            try {
                T result = work.get();
                store.commit();
                store.sync();
                done = true;
                return result;
            } finally {
                if (!done && !store.isClosed()) {
                    store.rollback();
                }
            }
        });
    }

    private <T> T locked(Lock held, Supplier<T> work) {
        held.lock();
        try {
            if (store.isClosed()) {
                throw new StoreException("the store is closed");
            }
            return work.get();
        } catch (MVStoreException e) {
            throw new StoreException(
                    "the store's file does not work: " + e.getClass().getSimpleName());
        } finally {
            held.unlock();
        }
    }

    static <T> Optional<T> read(MVMap<String, String> map, String key, Class<T> type) {
        return Optional.ofNullable(map.get(key)).map(json -> Json.read(json, type));
    }

    record Entry(String key, String value) {}

    /** Goes through the entries whose keys have the beginning, from a key on, for as long as the visitor says true. */
    static void scan(MVMap<String, String> map, String beginning, String from, Predicate<Entry> visitor) {
        Cursor<String, String> cursor = map.cursor(from);
        while (cursor.hasNext()) {
            String key = cursor.next();
            if (!key.startsWith(beginning) || !visitor.test(new Entry(key, cursor.getValue()))) {
                return;
            }
        }
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            store.close();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
