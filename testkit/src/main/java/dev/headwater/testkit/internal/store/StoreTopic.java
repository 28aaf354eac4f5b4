package dev.headwater.testkit.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.spi.Commit;
import dev.headwater.spi.CommitOutcome;
import dev.headwater.spi.CommitRequest;
import dev.headwater.spi.ConfigValue;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.DataSourceSpec;
import dev.headwater.spi.DataSourceStore;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.PageQuery;
import dev.headwater.spi.ProposedChange;
import dev.headwater.spi.SealedSecret;
import dev.headwater.spi.SecretId;
import dev.headwater.spi.Stamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What all topics share: a store for each test, and short words for what they do with it. */
public abstract class StoreTopic {

    static final EnvironmentId ENV = EnvironmentId.of("contract");
    static final EnvironmentId OTHER_ENV = EnvironmentId.of("contract-2");
    static final DataSourceId A = DataSourceId.of("a");
    static final DataSourceId B = DataSourceId.of("b");
    static final DataSourceId C = DataSourceId.of("c");

    private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00.000001Z");

    private final StoreHooks hooks;
    private final AtomicLong ticks = new AtomicLong();
    private Optional<DataSourceStore> store = Optional.empty();

    StoreTopic(StoreHooks hooks) {
        this.hooks = hooks;
    }

    @BeforeEach
    void openStore() {
        store = Optional.of(hooks.openEmpty());
    }

    @AfterEach
    void closeStore() {
        int inUse = hooks.connectionsInUse();
        store.ifPresent(DataSourceStore::close);
        assertThat(inUse)
                .as("connections that no call holds any more, and that the store has not given back")
                .isZero();
    }

    DataSourceStore store() {
        return store.orElseThrow();
    }

    StoreHooks hooks() {
        return hooks;
    }

    /** A stamp later than all before, by an odd number of microseconds. */
    Stamp stamp() {
        return new Stamp(BEGIN.plusNanos(ticks.incrementAndGet() * 1_000_001_000L), "alice");
    }

    static DataSourceSpec spec(String name) {
        return spec(name, "postgresql", Map.of());
    }

    static DataSourceSpec spec(String name, String kind, Map<String, String> labels) {
        return new DataSourceSpec(
                name, null, null, kind, Map.of("host", new ConfigValue.Literal("db.example")), labels, null);
    }

    ProposedChange.Insert insert(DataSourceId id, String name) {
        return insert(id, spec(name));
    }

    ProposedChange.Insert insert(DataSourceId id, DataSourceSpec spec) {
        return new ProposedChange.Insert(id, stamp(), spec);
    }

    ProposedChange.Update rename(DataSourceId id, long expected, String name) {
        return update(id, expected, spec(name));
    }

    ProposedChange.Update update(DataSourceId id, long expected, DataSourceSpec spec) {
        Stamp created = store().findById(ENV, id).map(DataSourceRecord::created).orElseGet(this::stamp);
        return new ProposedChange.Update(id, expected, created, spec, List.of("name"));
    }

    static ProposedChange.Delete delete(DataSourceId id, long expected, String name) {
        return new ProposedChange.Delete(id, expected, name, "postgresql");
    }

    CommitRequest request(EnvironmentId environment, ProposedChange... changes) {
        return new CommitRequest(environment, stamp(), null, List.of(changes), List.of());
    }

    CommitOutcome commit(ProposedChange... changes) {
        return store().commit(request(ENV, changes));
    }

    List<Commit> committed(ProposedChange... changes) {
        return committed(request(ENV, changes));
    }

    List<Commit> committed(CommitRequest request) {
        CommitOutcome outcome = store().commit(request);
        assertThat(outcome).isInstanceOf(CommitOutcome.Committed.class);
        return ((CommitOutcome.Committed) outcome).commits();
    }

    /**
     * Inserts a data source.
     *
     * @return its version
     */
    long inserted(DataSourceId id, String name) {
        return committed(insert(id, name)).get(0).number();
    }

    SealedSecret sealed(EnvironmentId environment, String id, DataSourceId source, String keyId) {
        return new SealedSecret(environment, new SecretId(id), source, "password", keyId, "Y2lwaGVy" + id);
    }

    CommitRequest withSecrets(ProposedChange change, SealedSecret... secrets) {
        return new CommitRequest(secrets[0].environment(), stamp(), null, List.of(change), List.of(secrets));
    }

    /** Everything that can be read of an environment, to see that a refused request left no trace. */
    record View(
            long head,
            List<Commit> log,
            List<DataSourceRecord> page,
            List<DataSourceRecord> standing,
            List<SealedSecret> secrets) {}

    View view(EnvironmentId environment) {
        DataSourceStore store = store();
        long head = store.head(environment);
        return new View(
                head,
                store.commitsAfter(environment, 0, 1_000),
                store.page(environment, PageQuery.first(1_000)),
                store.standingAt(environment, head, null, 1_000),
                store.sealedUnderOtherKeys("no-such-key", null, 1_000));
    }
}
