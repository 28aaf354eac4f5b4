package dev.headwater.core.internal.secret;

import dev.headwater.spi.Commit;
import dev.headwater.spi.CommitOutcome;
import dev.headwater.spi.CommitRequest;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.DataSourceStore;
import dev.headwater.spi.Deployment;
import dev.headwater.spi.EnvironmentHead;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.HealthState;
import dev.headwater.spi.Observations;
import dev.headwater.spi.PageQuery;
import dev.headwater.spi.SchemaSnapshot;
import dev.headwater.spi.SealedSecret;
import dev.headwater.spi.SecretId;
import dev.headwater.spi.Stamp;
import dev.headwater.spi.StoreException;
import dev.headwater.spi.SyncState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The part of a store that holds sealed secrets, with a fault at the nth call and a hook before each replacement. */
final class SealedSecretRows implements DataSourceStore {

    private record Key(EnvironmentId environment, SecretId id) {}

    private static final Comparator<Key> ORDER =
            Comparator.<Key, String>comparing(key -> key.environment().value()).thenComparing(Key::id);

    private final ConcurrentSkipListMap<Key, SealedSecret> rows = new ConcurrentSkipListMap<>(ORDER);
    private final AtomicInteger callsLeft = new AtomicInteger(Integer.MAX_VALUE);
    private volatile Runnable beforeReseal = () -> {};

    void put(SealedSecret secret) {
        rows.put(new Key(secret.environment(), secret.id()), secret);
    }

    List<SealedSecret> all() {
        return List.copyOf(rows.values());
    }

    /** The call after that many fails, and all that follow it. */
    void failAfter(int calls) {
        callsLeft.set(calls);
    }

    void beforeReseal(Runnable hook) {
        beforeReseal = hook;
    }

    private void call() {
        if (callsLeft.getAndDecrement() <= 0) {
            callsLeft.set(0);
            throw new StoreException("the database is away");
        }
    }

    @Override
    public List<SealedSecret> sealedUnderOtherKeys(String keyId, @Nullable SealedSecret after, int limit) {
        call();
        Collection<SealedSecret> rest = after == null
                ? rows.values()
                : rows.tailMap(new Key(after.environment(), after.id()), false).values();
        return new ArrayList<>(rest.stream()
                .filter(secret -> !secret.keyId().equals(keyId))
                .limit(limit)
                .toList());
    }

    @Override
    public boolean reseal(SealedSecret before, SealedSecret after) {
        call();
        beforeReseal.run();
        return rows.replace(new Key(before.environment(), before.id()), before, after);
    }

    @Override
    public boolean persistent() {
        return true;
    }

    @Override
    public void close() {}

    @Override
    public Map<EnvironmentId, EnvironmentHead> heads(Collection<EnvironmentId> environments) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<EnvironmentId, Long> unplanned(int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void planned(EnvironmentId environment, long number) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long forgetBefore(EnvironmentId environment, Instant before) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<EnvironmentId> environments(@Nullable EnvironmentId after, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<DataSourceRecord> findById(EnvironmentId environment, DataSourceId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<DataSourceRecord> findByName(EnvironmentId environment, String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<DataSourceRecord> page(EnvironmentId environment, PageQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CommitOutcome commit(CommitRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long head(EnvironmentId environment) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Commit> commitsAfter(EnvironmentId environment, long number, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Commit> commitsOf(EnvironmentId environment, DataSourceId id, long before, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<DataSourceRecord> standingAt(
            EnvironmentId environment, long number, @Nullable DataSourceId after, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<SecretId, SealedSecret> sealedSecrets(EnvironmentId environment, Collection<SecretId> ids) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<DataSourceId, Observations> observations(EnvironmentId environment, Collection<DataSourceId> ids) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean recordSync(
            EnvironmentId environment, DataSourceId id, SyncState state, @Nullable SchemaSnapshot snapshot) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean recordHealth(EnvironmentId environment, DataSourceId id, HealthState state) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<SchemaSnapshot> schema(EnvironmentId environment, DataSourceId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Deployment deploy(EnvironmentId environment, Stamp stamp) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Deployment> deployments(EnvironmentId environment, long before, int limit) {
        throw new UnsupportedOperationException();
    }
}
