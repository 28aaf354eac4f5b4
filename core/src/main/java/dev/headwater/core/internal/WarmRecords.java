package dev.headwater.core.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.EnvironmentId;
import org.jspecify.annotations.Nullable;

/** The records of all environments that are in memory, as many as the host allows. A lookup takes no lock. */
public final class WarmRecords {

    private final Cache<Key, DataSourceRecord> byId;

    /** Names lead to ids; whether the record still has the name is checked when it is found. */
    private final Cache<Key, DataSourceId> byName;

    /** @param maxRecords how many records at the most; 0 keeps none */
    public WarmRecords(long maxRecords) {
        // Maintenance on the calling thread: no pool of the JVM's is borrowed, and tests see evictions at once.
        byId = Caffeine.newBuilder()
                .maximumSize(maxRecords)
                .executor(Runnable::run)
                .build();
        byName = Caffeine.newBuilder()
                .maximumSize(maxRecords)
                .executor(Runnable::run)
                .build();
    }

    @Nullable
    DataSourceRecord byId(EnvironmentId environment, DataSourceId id) {
        return byId.getIfPresent(new Key(environment.value(), id.value()));
    }

    @Nullable
    DataSourceRecord byName(EnvironmentId environment, String name) {
        DataSourceId id = byName.getIfPresent(new Key(environment.value(), name));
        DataSourceRecord record = id == null ? null : byId(environment, id);
        return record != null && record.name().equals(name) ? record : null;
    }

    /** Keeps the record unless a newer one is there. */
    void put(DataSourceRecord record) {
        byId.asMap().merge(key(record), record, WarmRecords::newer);
        byName.put(new Key(record.environment().value(), record.name()), record.id());
    }

    /** Puts the record in place of an older one; does nothing if there is none. */
    void refresh(DataSourceRecord record) {
        DataSourceRecord kept = byId.asMap().computeIfPresent(key(record), (key, old) -> newer(old, record));
        if (kept != null) {
            byName.put(new Key(kept.environment().value(), kept.name()), kept.id());
        }
    }

    /** Lets the record go if it is older than the commit that deleted it. */
    void remove(EnvironmentId environment, DataSourceId id, long deletedBy) {
        byId.asMap()
                .computeIfPresent(
                        new Key(environment.value(), id.value()), (key, old) -> old.version() < deletedBy ? null : old);
    }

    /** Lets all records of an environment go. */
    void removeAll(EnvironmentId environment) {
        byId.asMap().keySet().removeIf(key -> key.environment().equals(environment.value()));
    }

    private static DataSourceRecord newer(DataSourceRecord one, DataSourceRecord other) {
        return other.version() > one.version() ? other : one;
    }

    private static Key key(DataSourceRecord record) {
        return new Key(record.environment().value(), record.id().value());
    }

    private record Key(String environment, String value) {

        /** Written out: the one a record gets is slower until it is compiled, and this is the hot path. */
        @Override
        public int hashCode() {
            return 31 * environment.hashCode() + value.hashCode();
        }
    }
}
