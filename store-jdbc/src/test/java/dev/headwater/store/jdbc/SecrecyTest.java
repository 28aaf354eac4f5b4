package dev.headwater.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.headwater.spi.CommitOutcome;
import dev.headwater.spi.CommitRequest;
import dev.headwater.spi.ConfigValue;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceSpec;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.HealthState;
import dev.headwater.spi.HealthStatus;
import dev.headwater.spi.PageQuery;
import dev.headwater.spi.ProposedChange;
import dev.headwater.spi.SealedSecret;
import dev.headwater.spi.SecretId;
import dev.headwater.spi.Stamp;
import dev.headwater.spi.StoreException;
import dev.headwater.spi.SyncState;
import dev.headwater.spi.SyncStatus;
import dev.headwater.store.jdbc.support.Requests;
import dev.headwater.store.jdbc.support.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("No value that was bound or read comes out of an exception")
class SecrecyTest {

    private static final String PLANTED = "planted7391";
    private static final EnvironmentId ENV = new EnvironmentId("e");
    private static final DataSourceId A = new DataSourceId("a");

    private enum Engine {
        H2(TestDatabase::h2Memory, "ALTER TABLE %s ALTER COLUMN %s SET DATA TYPE VARCHAR(3)"),
        POSTGRESQL(TestDatabase::postgres, "ALTER TABLE %s ALTER COLUMN %s TYPE VARCHAR(3)"),
        MARIADB(TestDatabase::mariaDb, "ALTER TABLE %s MODIFY %s VARCHAR(3)"),
        MARIADB_BY_CONNECTOR_J(TestDatabase::mariaDbByConnectorJ, "ALTER TABLE %s MODIFY %s VARCHAR(3)");

        private final Supplier<TestDatabase> database;
        private final String shorten;

        /** @param shorten how the database is told that a column shall hold three characters at most */
        Engine(Supplier<TestDatabase> database, String shorten) {
            this.database = database;
            this.shorten = shorten;
        }
    }

    private static CommitRequest planted(DataSourceId id) {
        SealedSecret secret =
                new SealedSecret(ENV, new SecretId("s-" + id + PLANTED), id, PLANTED, PLANTED, PLANTED + "/cipher");
        DataSourceSpec spec = new DataSourceSpec(
                PLANTED + id,
                PLANTED,
                PLANTED,
                "k",
                Map.of("host", new ConfigValue.Literal(PLANTED)),
                Map.of("team", PLANTED),
                null);
        Stamp stamp = new Stamp(Requests.AT, PLANTED);
        return new CommitRequest(
                ENV, stamp, PLANTED, List.of(new ProposedChange.Insert(id, stamp, spec)), List.of(secret));
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    @DisplayName("when the database finds a value too long")
    void tooLong(Engine engine) throws SQLException {
        for (String column : List.of(
                "hw_sealed_secret ciphertext",
                "hw_label label_value",
                "hw_data_source name",
                "hw_commit payload",
                "hw_commit author")) {
            try (TestDatabase database = engine.database.get();
                    JdbcStore store = database.open()) {
                String[] parts = column.split(" ", 2);
                execute(database, engine.shorten.formatted(parts[0], parts[1]));
                check(() -> store.commit(planted(A)));
                assertThat(store.head(ENV)).isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    @DisplayName("when something else has put a row where the store wants to")
    void duplicate(Engine engine) throws SQLException {
        try (TestDatabase database = engine.database.get();
                JdbcStore store = database.open()) {
            execute(
                    database,
                    "INSERT INTO hw_sealed_secret (environment, id, data_source_id, field, key_id, ciphertext)"
                            + " VALUES ('e', 's-a" + PLANTED + "', 'a', 'f', 'k', 'c')");
            check(() -> store.commit(planted(A)));
            execute(
                    database,
                    "INSERT INTO hw_label (environment, label_key, label_value, name, data_source_id)"
                            + " VALUES ('e', 'team', '" + PLANTED + "', '" + PLANTED + "b', 'other')");
            check(() -> store.commit(planted(new DataSourceId("b"))));
            assertThat(store.head(ENV)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    @DisplayName("when what is stored makes no sense")
    void corrupt(Engine engine) throws SQLException {
        try (TestDatabase database = engine.database.get();
                JdbcStore store = database.open()) {
            assertThat(store.commit(planted(A))).isInstanceOf(CommitOutcome.Committed.class);
            store.recordHealth(ENV, A, new HealthState(HealthStatus.HEALTHY, null, null, PLANTED));
            for (String payload : List.of(
                    PLANTED,
                    "{\"name\":\"" + PLANTED,
                    "{\"name\":\"" + PLANTED + "\",\"kind\":\"" + PLANTED + " \",\"createdBy\":\"x\"}",
                    "{\"name\":\"x\",\"kind\":\"k\",\"createdAt\":\"" + PLANTED + "\"}",
                    "{\"name\":\"x\",\"kind\":\"k\",\"config\":{\"a\":{\"at\":\"" + PLANTED + "\"}}}")) {
                execute(database, "UPDATE hw_commit SET payload = '" + payload + "'");
                execute(database, "UPDATE hw_data_source SET health = '" + payload + "'");
                check(() -> store.findById(ENV, A));
                check(() -> store.page(ENV, PageQuery.first(1)));
                check(() -> store.commitsAfter(ENV, 0, 1));
            }
            check(() -> store.observations(ENV, List.of(A)));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    @DisplayName("when the tables are gone")
    void tablesGone(Engine engine) throws SQLException {
        try (TestDatabase database = engine.database.get();
                JdbcStore store = database.open()) {
            store.commit(planted(A));
            for (String table : List.of(
                    "hw_sealed_secret",
                    "hw_label",
                    "hw_schema_snapshot",
                    "hw_data_source",
                    "hw_commit",
                    "hw_environment")) {
                execute(database, "DROP TABLE " + table);
                check(() -> store.commit(planted(new DataSourceId("b"))));
            }
            SealedSecret secret = planted(A).secrets().get(0);
            for (ThrowingCallable call : List.<ThrowingCallable>of(
                    () -> store.findByName(ENV, PLANTED),
                    () -> store.page(
                            ENV, new PageQuery(Set.of(PLANTED), Map.of(PLANTED, PLANTED), Set.of(), PLANTED, 1)),
                    () -> store.sealedSecrets(ENV, List.of(new SecretId(PLANTED))),
                    () -> store.sealedUnderOtherKeys(PLANTED, secret, 1),
                    () -> store.reseal(
                            secret, new SealedSecret(ENV, secret.id(), A, secret.field(), "k", PLANTED + "2")),
                    () -> store.recordSync(ENV, A, new SyncState(SyncStatus.FAILED, null, null, PLANTED), null),
                    () -> store.recordHealth(ENV, A, new HealthState(HealthStatus.UNHEALTHY, null, null, PLANTED)),
                    () -> store.deploy(new EnvironmentId(PLANTED), new Stamp(Requests.AT, PLANTED)))) {
                check(call);
            }
        }
    }

    private static void check(ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).isInstanceOf(StoreException.class);
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        assertThat(text.toString()).doesNotContain(PLANTED);
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            assertThat(each).isNotInstanceOf(SQLException.class);
        }
    }

    private static void execute(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
