package dev.headwater.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.StoreException;
import dev.headwater.store.jdbc.support.Consistency;
import dev.headwater.store.jdbc.support.MariaDbServer;
import dev.headwater.store.jdbc.support.PostgresServer;
import dev.headwater.store.jdbc.support.Requests;
import dev.headwater.store.jdbc.support.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A JDBC store")
class JdbcStoreBuilderTest {

    private static JdbcDataSource h2() {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        dataSource.setUser("sa");
        return dataSource;
    }

    private static void execute(DataSource dataSource, String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    @DisplayName("tells all that is wrong with its description at once, and no password")
    void description() {
        assertThatThrownBy(() -> JdbcStore.builder().open())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("give either dataSource or url");
        assertThatThrownBy(() -> JdbcStore.builder()
                        .dataSource(h2())
                        .url("jdbc:postgresql://h/db?PassWord=planted")
                        .user("u")
                        .maxPoolSize(1)
                        .queryTimeout(Duration.ofMillis(999))
                        .open())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "either dataSource or url",
                        "user and password go with url",
                        "must not hold a password",
                        "maxPoolSize",
                        "queryTimeout")
                .hasMessageNotContaining("planted");
        assertThatThrownBy(() -> JdbcStore.builder()
                        .url("jdbc:mysql://root:planted@h/db")
                        .open())
                .hasMessage("url must not hold a password; give it by password()");
    }

    @Test
    @DisplayName("makes its tables in a schema that has others, once, however many nodes begin at once")
    void migratesOnce() throws Exception {
        for (String url : List.of(
                "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1",
                PostgresServer.newDatabase(),
                "jdbc:mysql:" + MariaDbServer.newDatabase())) {
            String user = url.startsWith("jdbc:h2") ? "sa" : url.startsWith("jdbc:p") ? "postgres" : "root";
            ExecutorService threads = Executors.newFixedThreadPool(4);
            try {
                List<Callable<JdbcStore>> nodes = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    nodes.add(() -> JdbcStore.builder()
                            .url(url)
                            .user(user)
                            .maxPoolSize(2)
                            .open());
                }
                for (Future<JdbcStore> node : threads.invokeAll(nodes)) {
                    try (JdbcStore store = node.get()) {
                        store.commit(Requests.insert(new EnvironmentId("e"), UUID.randomUUID() + ""));
                    }
                }
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @Test
    @DisplayName("makes its tables beside those of the host")
    void besideOthers() throws Exception {
        JdbcDataSource dataSource = h2();
        execute(dataSource, "CREATE TABLE hosts_own (id INT)");

        JdbcStore.builder().dataSource(dataSource).open().close();
        JdbcStore.builder().dataSource(dataSource).open().close();

        assertThat(Consistency.column(dataSource, "SELECT version FROM hw_schema_version"))
                .containsExactly("2");
        assertThat(Consistency.column(dataSource, "SELECT \"version\" FROM \"hw_schema_history\" ORDER BY 1"))
                .containsOnlyOnce("1", "2");
    }

    @Test
    @DisplayName("that does not migrate says when the tables are missing or old, and where the scripts are")
    void withoutMigration() throws Exception {
        JdbcDataSource dataSource = h2();
        JdbcStoreBuilder builder = JdbcStore.builder().dataSource(dataSource).migrate(false);
        assertThatThrownBy(builder::open)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("dev/headwater/store/jdbc/migration/h2");

        JdbcStore.builder().dataSource(dataSource).open().close();
        assertThatCode(() -> builder.open().close()).doesNotThrowAnyException();

        execute(dataSource, "UPDATE hw_schema_version SET version = 0");
        assertThatThrownBy(builder::open)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("version 0, this store needs 2");
    }

    @Test
    @DisplayName("leaves a host's data source open and its connections as they were")
    void hostsDataSource() throws Exception {
        try (TestDatabase database = TestDatabase.postgres()) {
            JdbcStore store = database.open();
            store.commit(Requests.insert(new EnvironmentId("e"), "x"));
            store.close();

            assertThat(database.pool().isClosed()).isFalse();
            assertThat(database.pool().getHikariPoolMXBean().getActiveConnections())
                    .isZero();
            try (Connection connection = database.dataSource().getConnection()) {
                assertThat(connection.getAutoCommit()).isTrue();
                assertThat(connection.isValid(5)).isTrue();
            }
        }
    }

    @Test
    @DisplayName("works on connections that do not commit by themselves or have another isolation")
    void otherConnections() throws Exception {
        try (TestDatabase database = TestDatabase.postgres();
                var pool = new HikariDataSource()) {
            pool.setJdbcUrl(database.url());
            pool.setUsername(database.user());
            pool.setAutoCommit(false);
            pool.setTransactionIsolation("TRANSACTION_SERIALIZABLE");
            pool.setMaximumPoolSize(2);
            var environment = new EnvironmentId("e");
            try (JdbcStore store = JdbcStore.builder().dataSource(pool).open()) {
                store.commit(Requests.insert(environment, "x"));
                store.deploy(environment, Requests.stamp());
                assertThat(store.findByName(environment, "x")).isPresent();
            }
            try (JdbcStore other = database.open()) {
                assertThat(other.head(environment)).isEqualTo(1);
            }
            try (Connection connection = pool.getConnection()) {
                assertThat(connection.getAutoCommit()).isFalse();
                assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
            }
        }
    }

    @Test
    @DisplayName("gives up on a lock that another holds for longer than the query timeout")
    void lockTimeout() throws Exception {
        for (TestDatabase database :
                List.of(TestDatabase.h2Memory(), TestDatabase.postgres(), TestDatabase.mariaDbByConnectorJ())) {
            try (database;
                    JdbcStore store = JdbcStore.builder()
                            .dataSource(database.dataSource())
                            .queryTimeout(Duration.ofSeconds(1))
                            .open()) {
                var environment = new EnvironmentId("e");
                store.commit(Requests.insert(environment, "x"));
                try (Connection connection = database.dataSource().getConnection();
                        Statement statement = connection.createStatement()) {
                    connection.setAutoCommit(false);
                    statement.execute("SELECT * FROM hw_environment FOR UPDATE");
                    assertThatThrownBy(() -> store.commit(Requests.insert(environment, "y")))
                            .isInstanceOf(StoreException.class)
                            .hasMessageContaining("could not commit");
                    connection.rollback();
                }
                assertThat(store.head(environment)).isEqualTo(1);
                store.commit(Requests.insert(environment, "y"));
                assertThat(store.head(environment)).isEqualTo(2);
            }
        }
    }

    @Test
    @DisplayName("tells that a database cannot be reached without the password or the driver's words")
    void cannotBeReached() {
        assertThatThrownBy(() -> JdbcStore.builder()
                        .url("jdbc:postgresql://127.0.0.1:1/db")
                        .user("u")
                        .password("planted")
                        .open())
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll("could not connect to the database", "SQLState 08001", "ConnectException")
                .hasMessageNotContaining("planted");
        assertThatThrownBy(() -> JdbcStore.builder().url("jdbc:nothing:planted").open())
                .isInstanceOf(StoreException.class)
                .hasMessageNotContaining("planted");
    }
}
