package dev.headwater.store.jdbc;

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
import dev.headwater.store.jdbc.internal.CommitWriter;
import dev.headwater.store.jdbc.internal.Database;
import dev.headwater.store.jdbc.internal.DeploymentsTable;
import dev.headwater.store.jdbc.internal.Environments;
import dev.headwater.store.jdbc.internal.HistoryTable;
import dev.headwater.store.jdbc.internal.LogReader;
import dev.headwater.store.jdbc.internal.ObservationsTable;
import dev.headwater.store.jdbc.internal.SecretsTable;
import dev.headwater.store.jdbc.internal.SourceReader;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A store on H2, PostgreSQL, MariaDB or MySQL. Any number of processes may have one open on the same database: whoever
 * writes to an environment locks its row first, so its commits form one order.
 *
 * <p>All methods block on the database, each for the {@linkplain JdbcStoreBuilder#queryTimeout query timeout} per
 * statement at most. A {@link StoreException} names the SQLState, the vendor's code and the classes of what the driver
 * threw, and never its message, which could hold a value. If the connection breaks in the very moment of a commit, the
 * store asks the database what became of it; only if that fails too, the exception says that it is not known.
 */
public final class JdbcStore implements DataSourceStore {

    private final Database database;
    private final SourceReader sources;
    private final LogReader log;
    private final CommitWriter commits;
    private final SecretsTable secrets;
    private final ObservationsTable observations;
    private final DeploymentsTable deployments;
    private final Environments environments;
    private final HistoryTable history;

    JdbcStore(Database database) {
        this.environments = new Environments(database);
        this.history = new HistoryTable(database, environments);
        this.database = database;
        this.sources = new SourceReader(database);
        this.log = new LogReader(database);
        this.commits = new CommitWriter(database, environments);
        this.secrets = new SecretsTable(database);
        this.observations = new ObservationsTable(database);
        this.deployments = new DeploymentsTable(database, environments);
    }

    /** Begins to describe a store. */
    public static JdbcStoreBuilder builder() {
        return new JdbcStoreBuilder();
    }

    /** Always true, also for H2 in memory: a database is read, dumped and traced by others than this process. */
    @Override
    public boolean persistent() {
        return true;
    }

    @Override
    public Optional<DataSourceRecord> findById(EnvironmentId environment, DataSourceId id) {
        return sources.findById(environment, id);
    }

    @Override
    public Optional<DataSourceRecord> findByName(EnvironmentId environment, String name) {
        return sources.findByName(environment, name);
    }

    @Override
    public List<DataSourceRecord> page(EnvironmentId environment, PageQuery query) {
        return sources.page(environment, query);
    }

    @Override
    public CommitOutcome commit(CommitRequest request) {
        return commits.commit(request);
    }

    @Override
    public long head(EnvironmentId environment) {
        return log.head(environment);
    }

    @Override
    public Map<EnvironmentId, EnvironmentHead> heads(Collection<EnvironmentId> wanted) {
        return environments.heads(wanted);
    }

    @Override
    public Map<EnvironmentId, Long> unplanned(int limit) {
        return environments.unplanned(positive(limit));
    }

    @Override
    public void planned(EnvironmentId environment, long number) {
        environments.planned(environment, number);
    }

    @Override
    public long forgetBefore(EnvironmentId environment, Instant before) {
        return history.forgetBefore(environment, before);
    }

    @Override
    public List<EnvironmentId> environments(@Nullable EnvironmentId after, int limit) {
        return environments.list(after, positive(limit));
    }

    @Override
    public List<Commit> commitsAfter(EnvironmentId environment, long number, int limit) {
        return log.commitsAfter(environment, number, positive(limit));
    }

    @Override
    public List<Commit> commitsOf(EnvironmentId environment, DataSourceId id, long before, int limit) {
        return log.commitsOf(environment, id, before, positive(limit));
    }

    @Override
    public List<DataSourceRecord> standingAt(
            EnvironmentId environment, long number, @Nullable DataSourceId after, int limit) {
        return log.standingAt(environment, number, after, positive(limit));
    }

    @Override
    public Map<SecretId, SealedSecret> sealedSecrets(EnvironmentId environment, Collection<SecretId> ids) {
        return secrets.read(environment, ids);
    }

    @Override
    public List<SealedSecret> sealedUnderOtherKeys(String keyId, @Nullable SealedSecret after, int limit) {
        return secrets.underOtherKeys(keyId, after, positive(limit));
    }

    @Override
    public boolean reseal(SealedSecret before, SealedSecret after) {
        if (!before.environment().equals(after.environment())
                || !before.id().equals(after.id())
                || !before.dataSource().equals(after.dataSource())
                || !before.field().equals(after.field())) {
            throw new IllegalArgumentException("resealing must keep the environment, id, data source and field");
        }
        return secrets.reseal(before, after);
    }

    @Override
    public Map<DataSourceId, Observations> observations(EnvironmentId environment, Collection<DataSourceId> ids) {
        return observations.read(environment, ids);
    }

    @Override
    public boolean recordSync(
            EnvironmentId environment, DataSourceId id, SyncState state, @Nullable SchemaSnapshot snapshot) {
        return observations.recordSync(environment, id, state, snapshot);
    }

    @Override
    public boolean recordHealth(EnvironmentId environment, DataSourceId id, HealthState state) {
        return observations.recordHealth(environment, id, state);
    }

    @Override
    public Optional<SchemaSnapshot> schema(EnvironmentId environment, DataSourceId id) {
        return observations.schema(environment, id);
    }

    @Override
    public Deployment deploy(EnvironmentId environment, Stamp stamp) {
        return deployments.deploy(environment, stamp);
    }

    @Override
    public List<Deployment> deployments(EnvironmentId environment, long before, int limit) {
        return deployments.list(environment, before, positive(limit));
    }

    /** Closes the store's own pool; a data source that the host gave stays open. */
    @Override
    public void close() {
        database.close();
    }

    private static int positive(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, is " + limit);
        }
        return limit;
    }
}
