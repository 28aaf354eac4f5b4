package dev.headwater.store.jdbc;

import static dev.headwater.store.jdbc.support.Requests.insert;
import static dev.headwater.store.jdbc.support.Requests.sealed;
import static dev.headwater.store.jdbc.support.Requests.spec;
import static dev.headwater.store.jdbc.support.Requests.stamp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.spi.CommitOutcome;
import dev.headwater.spi.CommitRequest;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceStore;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.ProposedChange;
import dev.headwater.spi.SchemaSnapshot;
import dev.headwater.spi.SealedSecret;
import dev.headwater.spi.StoreException;
import dev.headwater.spi.SyncState;
import dev.headwater.spi.SyncStatus;
import dev.headwater.store.jdbc.support.Consistency;
import dev.headwater.store.jdbc.support.Faults;
import dev.headwater.store.jdbc.support.Faults.When;
import dev.headwater.store.jdbc.support.Requests;
import dev.headwater.store.jdbc.support.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("When the nth JDBC call of a write fails, for every n,")
class FaultTest {

    private enum Engine {
        H2(TestDatabase::h2Memory),
        POSTGRESQL(TestDatabase::postgres);

        private final Supplier<TestDatabase> database;

        Engine(Supplier<TestDatabase> database) {
            this.database = database;
        }
    }

    /** What is written. */
    private interface Write {
        boolean on(DataSourceStore store, EnvironmentId environment);
    }

    private static final DataSourceId A = new DataSourceId("a");
    private static final DataSourceId B = new DataSourceId("b");
    private static final DataSourceId C = new DataSourceId("c");
    private static final DataSourceId D = new DataSourceId("d");

    @ParameterizedTest
    @EnumSource(Engine.class)
    @DisplayName("a request is written whole or not at all, and the caller is told which")
    void commit(Engine engine) {
        everywhere(
                engine,
                (store, environment) -> store.commit(request(environment)) instanceof CommitOutcome.Committed,
                (store, environment) -> store.head(environment) == 3 + 4);
    }

    /** Swaps two names, removes a data source, and adds one with a secret. */
    private static CommitRequest request(EnvironmentId environment) {
        return new CommitRequest(
                environment,
                stamp(),
                "message",
                List.of(
                        new ProposedChange.Update(A, 1, stamp(), spec("b", "a"), List.of("name")),
                        new ProposedChange.Update(B, 2, stamp(), spec("a", "b"), List.of("name")),
                        new ProposedChange.Delete(C, 3, "c", "postgresql"),
                        new ProposedChange.Insert(D, stamp(), spec("d", "d"))),
                List.of(sealed(environment, D, "d")));
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    @DisplayName("a first commit to an environment is written or not, and the caller is told which")
    void firstCommit(Engine engine) {
        everywhere(
                engine,
                (store, environment) -> store.commit(insert(new EnvironmentId("new-" + environment), "x"))
                        instanceof CommitOutcome.Committed,
                (store, environment) -> store.head(new EnvironmentId("new-" + environment)) == 1);
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    @DisplayName("a deployment is made or not, and the caller is told which")
    void deploy(Engine engine) {
        everywhere(
                engine,
                (store, environment) -> store.deploy(environment, stamp()).number() == 1,
                (store, environment) -> store.deployments(environment, 9, 9).size() == 1);
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    @DisplayName("a secret is sealed anew or not, and the caller is told which")
    void reseal(Engine engine) {
        everywhere(
                engine,
                (store, environment) -> store.reseal(sealed(environment, A, "a"), renewed(environment)),
                (store, environment) -> store.sealedSecrets(
                                environment, List.of(renewed(environment).id()))
                        .containsValue(renewed(environment)));
    }

    private static SealedSecret renewed(EnvironmentId environment) {
        SealedSecret old = sealed(environment, A, "a");
        return new SealedSecret(environment, old.id(), A, old.field(), "k2", "other");
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    @DisplayName("a sync is recorded with its snapshot or not at all, and the caller is told which")
    void sync(Engine engine) {
        SyncState state = new SyncState(SyncStatus.SUCCESS, Requests.AT, Requests.AT, null);
        SchemaSnapshot snapshot = new SchemaSnapshot(Requests.AT, List.of(), false);
        everywhere(
                engine,
                (store, environment) -> store.recordSync(environment, A, state, snapshot),
                (store, environment) -> {
                    boolean there = store.schema(environment, A).isPresent();
                    assertThat(store.observations(environment, List.of(A)).containsKey(A))
                            .isEqualTo(there);
                    return there;
                });
    }

    private static void everywhere(Engine engine, Write write, BiPredicate<DataSourceStore, EnvironmentId> isWritten) {
        try (TestDatabase database = engine.database.get()) {
            Faults faults = new Faults(database.dataSource());
            DataSourceStore clean = database.open();
            for (When when : When.values()) {
                boolean faultHit = true;
                for (int call = 1; faultHit; call++) {
                    EnvironmentId environment = new EnvironmentId(when + "-" + call);
                    for (String id : List.of("a", "b", "c")) {
                        clean.commit(insert(environment, id));
                    }
                    DataSourceStore faulty = JdbcStore.builder()
                            .dataSource(faults)
                            .migrate(false)
                            .open();
                    String at = environment.toString();
                    faults.arm(when, call);
                    boolean done;
                    boolean unknown = false;
                    try {
                        done = write.on(faulty, environment);
                        assertThat(done).as(at).isTrue();
                    } catch (StoreException e) {
                        done = false;
                        unknown = e.getMessage().contains("could not be asked");
                        assertThat(print(e))
                                .as(at)
                                .doesNotContain(Faults.PLANTED)
                                .contains("08006");
                    }
                    faultHit = faults.disarm();
                    assertThat(faults.open())
                            .as("connections still open at " + at)
                            .isZero();
                    if (unknown) {
                        assertThat(when).as(at).isEqualTo(When.FROM_THEN_ON);
                    } else {
                        assertThat(isWritten.test(clean, environment)).as(at).isEqualTo(done);
                    }
                }
            }
            Consistency.check(database.dataSource(), clean);
            assertThat(database.pool().getHikariPoolMXBean().getActiveConnections())
                    .isZero();
        }
    }

    private static String print(Throwable e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
