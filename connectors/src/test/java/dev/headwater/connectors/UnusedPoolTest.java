package dev.headwater.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.headwater.core.BackgroundSettings;
import dev.headwater.core.DataSourceDraft;
import dev.headwater.core.DataSourcePatch;
import dev.headwater.core.DataSourceRegistry;
import dev.headwater.core.DataSources;
import dev.headwater.core.RegistryBuilder;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.testkit.FaultyServer;
import dev.headwater.testkit.SettableClock;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

@DisplayName("A registry's pool of PostgreSQL")
class UnusedPoolTest {

    private static final PostgresServer SERVER = PostgresServer.plain();
    private static final Duration HALF_AN_HOUR = RegistryBuilder.DEFAULT_UNUSED_POOL_TIMEOUT;

    private final SettableClock clock = SettableClock.at("2026-01-31T08:00:00Z");
    private final DataSourceRegistry registry = DataSourceRegistry.builder()
            .clock(clock)
            .connectors(Connectors.all())
            .background(BackgroundSettings.off())
            .connectTimeout(Duration.ofHours(1))
            .pollInterval(Duration.ofMillis(5))
            .build();
    private final DataSources sources = registry.environment("production");

    @AfterEach
    void close() {
        registry.close();
    }

    private DataSource pool(String name) {
        DataSourceRecord unused = sources.create(draft(name));
        return sources.connections().dataSource(name);
    }

    private static DataSourceDraft draft(String name) {
        return DataSourceDraft.of("postgresql", name)
                .withConfig(SERVER.config())
                .with("ssl.enabled", false)
                .with("extraProperties.ApplicationName", name);
    }

    private static int atServer(String name) {
        return Integer.parseInt(
                SERVER.ask("select count(*) from pg_stat_activity where application_name = '" + name + "'"));
    }

    private static int one(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select 1")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static int one(DataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return one(connection);
        }
    }

    private static int serverProcess(DataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return connection.unwrap(PGConnection.class).getBackendPID();
        }
    }

    @Test
    @DisplayName("that nobody uses ends, with its connections and threads, and is there again for who kept it")
    void unused() throws SQLException {
        DataSource pool = pool("unused");
        String threads = "headwater-" + sources.getByName("unused").id();
        assertThat(one(pool)).isEqualTo(1);
        assertThat(atServer("unused")).isEqualTo(1);
        assertThat(Threads.named(threads)).isNotEmpty();
        clock.advance(HALF_AN_HOUR);
        Await.until(() -> atServer("unused") == 0 && Threads.named(threads).isEmpty());
        assertThat(sources.connections().state("unused")).isEmpty();
        assertThat(one(pool)).isEqualTo(1);
        assertThat(sources.connections().state("unused"))
                .hasValueSatisfying(state -> assertThat(state.idle()).isEqualTo(1));
    }

    @Test
    @DisplayName("with a connection in use stays, however long that lasts")
    void inUse() throws SQLException {
        DataSource busy = pool("busy");
        DataSource unused = pool("beside");
        assertThat(one(unused)).isEqualTo(1);
        try (Connection connection = busy.getConnection()) {
            clock.advance(HALF_AN_HOUR.multipliedBy(10));
            Await.until(() -> atServer("beside") == 0);
            assertThat(one(connection)).isEqualTo(1);
        }
        assertThat(atServer("busy")).isEqualTo(1);
    }

    @Test
    @DisplayName("can end at any moment, and nobody who takes connections notices")
    void anyMoment() throws Exception {
        DataSource pool = pool("moments");
        AtomicBoolean stop = new AtomicBoolean();
        // For who looks, half an hour has always passed since the last use.
        CompletableFuture<Void> time = CompletableFuture.runAsync(() -> {
            while (!stop.get()) {
                clock.advance(HALF_AN_HOUR);
            }
        });
        Set<Integer> connections = ConcurrentHashMap.newKeySet();
        int users = 4;
        CompletableFuture<?>[] all = new CompletableFuture<?>[users];
        for (int i = 0; i < users; i++) {
            all[i] = CompletableFuture.runAsync(() -> {
                while (connections.size() < 5) {
                    assertThat(catchThrowable(() -> connections.add(serverProcess(pool))))
                            .isNull();
                }
            });
        }
        CompletableFuture.allOf(all).get(60, TimeUnit.SECONDS);
        stop.set(true);
        time.get(10, TimeUnit.SECONDS);
    }

    private CompletableFuture<Throwable> stuck(FaultyServer blackHole) {
        DataSourceRecord broken = sources.create(draft("broken").with("port", blackHole.port()));
        CompletableFuture<Throwable> stuck = CompletableFuture.supplyAsync(
                () -> catchThrowable(() -> one(sources.connections().dataSource(broken.name()))));
        Await.until(() -> blackHole.open() == 1);
        return stuck;
    }

    @Test
    @DisplayName("works while another source is a black hole, until that is put right")
    void broken() throws Exception {
        try (FaultyServer blackHole = FaultyServer.blackHole()) {
            CompletableFuture<Throwable> stuck = stuck(blackHole);
            DataSource working = pool("working");
            for (int i = 0; i < 20; i++) {
                assertThat(one(working)).isEqualTo(1);
            }
            DataSourceRecord changed =
                    sources.update(sources.getByName("working").id(), DataSourcePatch.setting("pool.max_size", 3));
            assertThat(one(working)).isEqualTo(1);
            assertThat(stuck).isNotDone();
            changed = sources.update(sources.getByName("broken").id(), DataSourcePatch.setting("port", SERVER.port()));
            assertThat(one(sources.connections().dataSource(changed.name()))).isEqualTo(1);
            // Who still waited there gets a connection of the pool that took its place.
            assertThat(stuck.get(30, TimeUnit.SECONDS)).isNull();
            Await.until(() -> blackHole.open() == 0);
        }
    }

    @Test
    @DisplayName("that hangs ends with the registry, and with it who waits there")
    void closes() throws Exception {
        try (FaultyServer blackHole = FaultyServer.blackHole()) {
            CompletableFuture<Throwable> stuck = stuck(blackHole);
            registry.close();
            assertThat(stuck.get(30, TimeUnit.SECONDS)).isNotNull();
            Await.until(() -> blackHole.open() == 0);
        }
    }
}
