package dev.headwater.core;

import dev.headwater.core.internal.memory.MemoryEnvironment;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The store that a registry has unless it is given another one: everything is in memory and gone with the process. It
 * keeps the whole history, so its memory grows with every commit.
 *
 * <p>Reads take no lock and never wait; the writes of one environment wait for each other, and never for I/O.
 */
public final class InMemoryStore implements DataSourceStore {

    private final NavigableMap<String, MemoryEnvironment> environments = new ConcurrentSkipListMap<>();
    private volatile boolean closed;

    /** An empty store. */
    public InMemoryStore() {}

    /** Always false. */
    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public Optional<DataSourceRecord> findById(EnvironmentId environment, DataSourceId id) {
        return in(environment).findById(id);
    }

    @Override
    public Optional<DataSourceRecord> findByName(EnvironmentId environment, String name) {
        return in(environment).findByName(name);
    }

    @Override
    public List<DataSourceRecord> page(EnvironmentId environment, PageQuery query) {
        return in(environment).page(query);
    }

    @Override
    public CommitOutcome commit(CommitRequest request) {
        return kept(request.environment()).commit(request);
    }

    @Override
    public long head(EnvironmentId environment) {
        return in(environment).head();
    }

    @Override
    public Map<EnvironmentId, EnvironmentHead> heads(Collection<EnvironmentId> wanted) {
        checkOpen();
        Map<EnvironmentId, EnvironmentHead> heads = new HashMap<>();
        for (EnvironmentId environment : wanted) {
            MemoryEnvironment found = environments.get(environment.value());
            if (found != null) {
                heads.put(environment, found.standing());
            }
        }
        return heads;
    }

    @Override
    public Map<EnvironmentId, Long> unplanned(int limit) {
        checkOpen();
        Map<EnvironmentId, Long> found = new HashMap<>();
        for (var environment : environments.entrySet()) {
            MemoryEnvironment log = environment.getValue();
            if (found.size() < positive(limit) && log.head() > log.planned()) {
                found.put(EnvironmentId.of(environment.getKey()), log.planned());
            }
        }
        return found;
    }

    @Override
    public void planned(EnvironmentId environment, long number) {
        in(environment).planned(number);
    }

    @Override
    public long forgetBefore(EnvironmentId environment, Instant before) {
        return in(environment).forgetBefore(before);
    }

    @Override
    public List<EnvironmentId> environments(@Nullable EnvironmentId after, int limit) {
        checkOpen();
        return environments.tailMap(after == null ? "" : after.value(), false).keySet().stream()
                .limit(positive(limit))
                .map(EnvironmentId::of)
                .toList();
    }

    @Override
    public List<Commit> commitsAfter(EnvironmentId environment, long number, int limit) {
        return in(environment).commitsAfter(number, positive(limit));
    }

    @Override
    public List<Commit> commitsOf(EnvironmentId environment, DataSourceId id, long before, int limit) {
        return in(environment).commitsOf(id, before, positive(limit));
    }

    @Override
    public List<DataSourceRecord> standingAt(
            EnvironmentId environment, long number, @Nullable DataSourceId after, int limit) {
        return in(environment).standingAt(number, after, positive(limit));
    }

    @Override
    public Map<SecretId, SealedSecret> sealedSecrets(EnvironmentId environment, Collection<SecretId> ids) {
        return in(environment).sealedSecrets(ids);
    }

    @Override
    public List<SealedSecret> sealedUnderOtherKeys(String keyId, @Nullable SealedSecret after, int limit) {
        checkOpen();
        positive(limit);
        String from = after == null ? "" : after.environment().value();
        List<SealedSecret> found = new ArrayList<>();
        for (var environment : environments.tailMap(from, true).entrySet()) {
            SecretId begin = after != null && environment.getKey().equals(from) ? after.id() : null;
            found.addAll(environment.getValue().sealedUnderOtherKeys(keyId, begin, limit - found.size()));
            if (found.size() == limit) {
                break;
            }
        }
        return List.copyOf(found);
    }

    @Override
    public boolean reseal(SealedSecret before, SealedSecret after) {
        if (!before.environment().equals(after.environment())
                || !before.id().equals(after.id())
                || !before.dataSource().equals(after.dataSource())
                || !before.field().equals(after.field())) {
            throw new IllegalArgumentException("resealing must keep the environment, id, data source and field");
        }
        return in(before.environment()).reseal(before, after);
    }

    @Override
    public Map<DataSourceId, Observations> observations(EnvironmentId environment, Collection<DataSourceId> ids) {
        return in(environment).observations(ids);
    }

    @Override
    public boolean recordSync(
            EnvironmentId environment, DataSourceId id, SyncState state, @Nullable SchemaSnapshot snapshot) {
        return in(environment).recordSync(id, state, snapshot);
    }

    @Override
    public boolean recordHealth(EnvironmentId environment, DataSourceId id, HealthState state) {
        return in(environment).recordHealth(id, state);
    }

    @Override
    public Optional<SchemaSnapshot> schema(EnvironmentId environment, DataSourceId id) {
        return in(environment).schema(id);
    }

    @Override
    public Deployment deploy(EnvironmentId environment, Stamp stamp) {
        return kept(environment).deploy(stamp);
    }

    @Override
    public List<Deployment> deployments(EnvironmentId environment, long before, int limit) {
        return in(environment).deployments(before, positive(limit));
    }

    @Override
    public void close() {
        closed = true;
    }

    /** The environment to read or observe; an empty one, which is not kept, if nothing was written to it yet. */
    private MemoryEnvironment in(EnvironmentId environment) {
        checkOpen();
        MemoryEnvironment found = environments.get(environment.value());
        return found == null ? new MemoryEnvironment(environment) : found;
    }

    private MemoryEnvironment kept(EnvironmentId environment) {
        checkOpen();
        return environments.computeIfAbsent(environment.value(), absent -> new MemoryEnvironment(environment));
    }

    private void checkOpen() {
        if (closed) {
            throw new StoreException("the store is closed");
        }
    }

    private static int positive(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, is " + limit);
        }
        return limit;
    }
}
