package dev.headwater.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.core.BackgroundSettings;
import dev.headwater.core.DataSourceDraft;
import dev.headwater.core.DataSourceRegistry;
import dev.headwater.core.DataSources;
import dev.headwater.core.SecretCacheSettings;
import dev.headwater.spi.LinkedSecretRef;
import dev.headwater.spi.SecretStoreException.Reason;
import dev.headwater.testkit.InMemorySecretStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A pool whose credentials are linked to a secret")
class RotationTest {

    private static final PostgresServer SERVER = PostgresServer.plain();
    private static final int THREADS = 8;
    private static final int ROTATIONS = 4;

    private final InMemorySecretStore vault = new InMemorySecretStore("vault");
    private final DataSourceRegistry registry = DataSourceRegistry.builder()
            .secretStore("vault", vault)
            .secretCache(SecretCacheSettings.defaults().withFreshFor(Duration.ofSeconds(1)))
            .connectors(Connectors.all())
            .background(BackgroundSettings.off())
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final DataSources sources = registry.environment("production");

    @AfterEach
    void close() {
        registry.close();
    }

    private DataSource pool() {
        sources.create(DataSourceDraft.of("postgresql", "orders")
                .withConfig(SERVER.config())
                .with("ssl.enabled", false)
                .with("username", LinkedSecretRef.of("orders").atField("/username"))
                .with("password", LinkedSecretRef.of("orders").atField("/password")));
        return sources.connections().dataSource("orders");
    }

    /** A role of its own for each version of the secret: with the user of one and the password of another, nobody gets in. */
    private void rotateTo(int version) {
        String user = "rotated_" + version;
        String password = "password of version " + version;
        SERVER.run(
                PostgresServer.DATABASE,
                "drop role if exists " + user,
                "create role " + user + " login password '" + password + "'");
        vault.set("orders", "{\"username\": \"" + user + "\", \"password\": \"" + password + "\"}");
    }

    private static String user(DataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select current_user")) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Test
    @DisplayName(
            "moves to each new version under load, and no connection ever has the user of one and the password of another")
    void underLoad() throws Exception {
        rotateTo(0);
        DataSource pool = pool();
        AtomicBoolean stop = new AtomicBoolean();
        AtomicReference<String> newest = new AtomicReference<>("");
        Set<String> seen = ConcurrentHashMap.newKeySet();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<?>> load = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            load.add(threads.submit(() -> {
                while (!stop.get()) {
                    String user = user(pool);
                    newest.set(user);
                    seen.add(user);
                }
                return null;
            }));
        }
        for (int version = 0; version <= ROTATIONS; version++) {
            if (version > 0) {
                rotateTo(version);
            }
            String expected = "rotated_" + version;
            Await.until(() -> newest.get().equals(expected) || load.stream().anyMatch(Future::isDone));
        }
        stop.set(true);
        for (Future<?> thread : load) {
            thread.get();
        }
        threads.shutdown();
        assertThat(seen).hasSize(ROTATIONS + 1);
    }

    @Test
    @DisplayName("goes on while the secret store is down")
    void storeDown() throws Exception {
        rotateTo(0);
        DataSource pool = pool();
        assertThat(user(pool)).isEqualTo("rotated_0");
        vault.failAll(Reason.UNAVAILABLE);
        int before = vault.fetches();
        Await.until(() -> vault.fetches() > before);
        assertThat(user(pool)).isEqualTo("rotated_0");
    }

    @Test
    @DisplayName("finds the new password at once when the old one is rejected")
    void rejected() throws Exception {
        rotateTo(0);
        DataSource pool = pool();
        try (Connection first = pool.getConnection()) {
            SERVER.run(PostgresServer.DATABASE, "alter role rotated_0 password 'changed'");
            vault.set("orders", "{\"username\": \"rotated_0\", \"password\": \"changed\"}");
            assertThat(user(pool)).isEqualTo("rotated_0");
            assertThat(first.isValid(5)).isTrue();
        }
    }
}
