package dev.headwater.testkit;

import dev.headwater.core.InMemoryStore;
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
import dev.headwater.spi.SyncState;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An in-memory store in which a subclass can break one thing. */
abstract class DelegatingStore implements DataSourceStore {

    final DataSourceStore right = new InMemoryStore();

    @Override
    public boolean persistent() {
        return right.persistent();
    }

    @Override
    public Optional<DataSourceRecord> findById(EnvironmentId environment, DataSourceId id) {
        return right.findById(environment, id);
    }

    @Override
    public Optional<DataSourceRecord> findByName(EnvironmentId environment, String name) {
        return right.findByName(environment, name);
    }

    @Override
    public List<DataSourceRecord> page(EnvironmentId environment, PageQuery query) {
        return right.page(environment, query);
    }

    @Override
    public CommitOutcome commit(CommitRequest request) {
        return right.commit(request);
    }

    @Override
    public long head(EnvironmentId environment) {
        return right.head(environment);
    }

    @Override
    public Map<EnvironmentId, EnvironmentHead> heads(Collection<EnvironmentId> environments) {
        return right.heads(environments);
    }

    @Override
    public Map<EnvironmentId, Long> unplanned(int limit) {
        return right.unplanned(limit);
    }

    @Override
    public void planned(EnvironmentId environment, long number) {
        right.planned(environment, number);
    }

    @Override
    public long forgetBefore(EnvironmentId environment, Instant before) {
        return right.forgetBefore(environment, before);
    }

    @Override
    public List<EnvironmentId> environments(@Nullable EnvironmentId after, int limit) {
        return right.environments(after, limit);
    }

    @Override
    public List<Commit> commitsAfter(EnvironmentId environment, long number, int limit) {
        return right.commitsAfter(environment, number, limit);
    }

    @Override
    public List<Commit> commitsOf(EnvironmentId environment, DataSourceId id, long before, int limit) {
        return right.commitsOf(environment, id, before, limit);
    }

    @Override
    public List<DataSourceRecord> standingAt(
            EnvironmentId environment, long number, @Nullable DataSourceId after, int limit) {
        return right.standingAt(environment, number, after, limit);
    }

    @Override
    public Map<SecretId, SealedSecret> sealedSecrets(EnvironmentId environment, Collection<SecretId> ids) {
        return right.sealedSecrets(environment, ids);
    }

    @Override
    public List<SealedSecret> sealedUnderOtherKeys(String keyId, @Nullable SealedSecret after, int limit) {
        return right.sealedUnderOtherKeys(keyId, after, limit);
    }

    @Override
    public boolean reseal(SealedSecret before, SealedSecret after) {
        return right.reseal(before, after);
    }

    @Override
    public Map<DataSourceId, Observations> observations(EnvironmentId environment, Collection<DataSourceId> ids) {
        return right.observations(environment, ids);
    }

    @Override
    public boolean recordSync(
            EnvironmentId environment, DataSourceId id, SyncState state, @Nullable SchemaSnapshot snapshot) {
        return right.recordSync(environment, id, state, snapshot);
    }

    @Override
    public boolean recordHealth(EnvironmentId environment, DataSourceId id, HealthState state) {
        return right.recordHealth(environment, id, state);
    }

    @Override
    public Optional<SchemaSnapshot> schema(EnvironmentId environment, DataSourceId id) {
        return right.schema(environment, id);
    }

    @Override
    public Deployment deploy(EnvironmentId environment, Stamp stamp) {
        return right.deploy(environment, stamp);
    }

    @Override
    public List<Deployment> deployments(EnvironmentId environment, long before, int limit) {
        return right.deployments(environment, before, limit);
    }

    @Override
    public void close() {
        right.close();
    }
}
