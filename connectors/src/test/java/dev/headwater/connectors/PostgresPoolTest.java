package dev.headwater.connectors;

import static dev.headwater.connectors.Targets.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ClientState;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.SecretValue;
import dev.headwater.testkit.FaultyServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

@DisplayName("A pool of PostgreSQL")
class PostgresPoolTest {

    private static final PostgresServer SERVER = PostgresServer.get();

    private final Map<String, Object> config = SERVER.config();

    private ConnectorClient pool(String name, int size, Duration timeout) {
        config.put("extraProperties.ApplicationName", name);
        return Connectors.postgresql()
                .client(target("postgresql", config, timeout, new Cancellation()), new ClientSettings(name, size));
    }

    private static int connections(String name) {
        return Integer.parseInt(
                SERVER.ask("select count(*) from pg_stat_activity where application_name = '" + name + "'"));
    }

    private static int one(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select 1")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    @DisplayName("connects when it is first used, and closes all with itself")
    void lives() throws SQLException {
        try (ConnectorClient client = pool("lives", 2, Targets.TIMEOUT)) {
            DataSource source = (DataSource) client.client();
            assertThat(connections("lives")).isZero();
            assertThat(client.inUse()).isZero();
            try (Connection connection = source.getConnection()) {
                assertThat(one(connection)).isEqualTo(1);
                assertThat(client.inUse()).isEqualTo(1);
                assertThat(connections("lives")).isEqualTo(1);
                assertThat(connection.unwrap(PGConnection.class)).isNotNull();
            }
            assertThat(client.inUse()).isZero();
        }
        Await.until(() -> connections("lives") == 0);
    }

    @Test
    @DisplayName("gives out at most as many connections as it may, and says so in time")
    void size() throws SQLException {
        try (ConnectorClient client = pool("size", 2, Duration.ofSeconds(1))) {
            DataSource source = (DataSource) client.client();
            try (Connection a = source.getConnection();
                    Connection b = source.getConnection()) {
                assertThat(client.inUse()).isEqualTo(2);
                assertThatThrownBy(source::getConnection).isInstanceOf(SQLTransientConnectionException.class);
                assertThat(one(a) + one(b)).isEqualTo(2);
            }
        }
    }

    @Test
    @DisplayName("that retires gives out no more, while what is in use goes on")
    void retires() throws SQLException {
        try (ConnectorClient client = pool("retires", 3, Targets.TIMEOUT)) {
            DataSource source = (DataSource) client.client();
            Connection busy = source.getConnection();
            source.getConnection().close();
            assertThat(connections("retires")).isEqualTo(2);
            client.retire();
            Await.until(() -> connections("retires") == 1);
            assertThat(one(busy)).isEqualTo(1);
            assertThat(client.inUse()).isEqualTo(1);
            assertThatThrownBy(source::getConnection).isInstanceOf(SQLException.class);
            busy.close();
            Await.until(() -> connections("retires") == 0);
            assertThat(client.inUse()).isZero();
        }
    }

    @Test
    @DisplayName("that closes ends a query that is running")
    void closesBusy() throws Exception {
        ConnectorClient client = pool("busy", 1, Targets.TIMEOUT);
        DataSource source = (DataSource) client.client();
        CompletableFuture<Throwable> query = CompletableFuture.supplyAsync(() -> catchThrowable(() -> {
            try (Connection connection = source.getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("select pg_sleep(600)");
            }
        }));
        Await.until(() -> "PgSleep"
                .equals(SERVER.ask("select wait_event from pg_stat_activity where application_name = 'busy'")));
        client.close();
        assertThat(query.get(30, TimeUnit.SECONDS)).isInstanceOf(SQLException.class);
        client.close();
        assertThat(client.inUse()).isZero();
        Await.until(() -> Threads.named("busy").isEmpty());
    }

    @Test
    @DisplayName("tells why a login fails, without the driver's exception")
    void wrongPassword() {
        config.put("password", SecretValue.of("wrong-" + PostgresServer.PASSWORD));
        try (ConnectorClient client = pool("wrong", 1, Duration.ofSeconds(1))) {
            Throwable failure = catchThrowable(((DataSource) client.client())::getConnection);
            assertThat(failure)
                    .isInstanceOf(SQLException.class)
                    .rootCause()
                    .isInstanceOfSatisfying(
                            ConnectorException.class,
                            cause -> assertThat(cause.failure()).isEqualTo(FailureCode.WRONG_CREDENTIALS));
            assertThat(failure).hasStackTraceContaining("password authentication failed");
        }
        Await.until(() -> Threads.named("wrong").isEmpty());
    }

    @Test
    @DisplayName("says at once that a login is rejected, and does not send all who ask to the server")
    void failsFast() {
        config.put("password", SecretValue.of("wrong-" + PostgresServer.PASSWORD));
        try (FaultyServer counting =
                FaultyServer.inFrontOf(new InetSocketAddress(InetAddress.getLoopbackAddress(), SERVER.port()))) {
            config.put("port", (long) counting.port());
            try (ConnectorClient client = pool("rejected", 4, Duration.ofHours(1))) {
                DataSource source = (DataSource) client.client();
                List<CompletableFuture<Throwable>> asked = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    asked.add(CompletableFuture.supplyAsync(() -> catchThrowable(source::getConnection)));
                }
                assertThat(asked)
                        .allSatisfy(one -> assertThat(one.get(30, TimeUnit.SECONDS))
                                .rootCause()
                                .isInstanceOfSatisfying(
                                        ConnectorException.class,
                                        cause -> assertThat(cause.failure()).isEqualTo(FailureCode.WRONG_CREDENTIALS)));
                assertThat(counting.accepted()).isLessThan(6);
                assertThat(client.state().lastFailure())
                        .hasValueSatisfying(
                                failure -> assertThat(failure.code()).isEqualTo(FailureCode.WRONG_CREDENTIALS));
            }
        }
    }

    @Test
    @DisplayName("says that nobody answers after one login's time, not after that and the time of waiting")
    void silent() {
        try (FaultyServer blackHole = FaultyServer.blackHole()) {
            config.put("port", (long) blackHole.port());
            try (ConnectorClient client = pool("silent", 1, Duration.ofMillis(500))) {
                assertThatThrownBy(((DataSource) client.client())::getConnection)
                        .rootCause()
                        .isInstanceOfSatisfying(
                                ConnectorException.class,
                                cause -> assertThat(cause.failure()).isEqualTo(FailureCode.TIMED_OUT));
                assertThat(blackHole.accepted()).isEqualTo(1);
            }
        }
    }

    @Test
    @DisplayName("waits for a server that is not there yet")
    void comesUp() throws Exception {
        int port;
        try (ServerSocket bound = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = bound.getLocalPort();
        }
        config.put("port", (long) port);
        config.put("ssl.enabled", false);
        try (ConnectorClient client = pool("later", 1, Targets.TIMEOUT)) {
            DataSource source = (DataSource) client.client();
            CompletableFuture<Integer> answer = CompletableFuture.supplyAsync(() -> {
                try (Connection connection = source.getConnection()) {
                    return one(connection);
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            Await.until(() -> client.state().lastFailure().isPresent());
            assertThat(client.state().lastFailure().orElseThrow().code()).isEqualTo(FailureCode.CONNECTION_REFUSED);
            try (PortForward forward = new PortForward(port, SERVER.port())) {
                assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(1);
            }
            assertThat(client.state().lastFailure()).isEmpty();
        }
    }

    @Test
    @DisplayName("shows what it is doing")
    void state() throws SQLException {
        try (ConnectorClient client = pool("state", 2, Targets.TIMEOUT)) {
            assertThat(client.state()).isEqualTo(new ClientState(0, 0, 0, Optional.empty()));
            DataSource source = (DataSource) client.client();
            try (Connection connection = source.getConnection()) {
                assertThat(one(connection)).isEqualTo(1);
                assertThat(client.state().inUse()).isEqualTo(1);
            }
            assertThat(client.state()).isEqualTo(new ClientState(1, 0, 0, Optional.empty()));
        }
    }

    @Test
    @DisplayName("that works is not hurt by others that do not")
    void others() throws SQLException {
        try (FaultyServer blackHole = FaultyServer.blackHole();
                ConnectorClient working = pool("working", 1, Targets.TIMEOUT)) {
            config.put("port", (long) blackHole.port());
            List<ConnectorClient> broken = new ArrayList<>();
            List<CompletableFuture<Throwable>> stuck = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                ConnectorClient client = pool("broken" + i, 1, Duration.ofHours(1));
                broken.add(client);
                DataSource source = (DataSource) client.client();
                CompletableFuture<Throwable> waiting = new CompletableFuture<>();
                Thread thread = new Thread(() -> waiting.complete(catchThrowable(source::getConnection)));
                thread.setDaemon(true);
                thread.start();
                stuck.add(waiting);
            }
            Await.until(() -> blackHole.open() == 5);
            try (Connection connection = ((DataSource) working.client()).getConnection()) {
                assertThat(one(connection)).isEqualTo(1);
            }
            broken.forEach(ConnectorClient::close);
            assertThat(stuck)
                    .allSatisfy(one -> assertThat(one.get(30, TimeUnit.SECONDS)).isInstanceOf(SQLException.class));
            Await.until(() -> blackHole.open() == 0);
        }
    }

    @Test
    @DisplayName("registers and asks nothing at the DriverManager, whose login timeout it leaves alone")
    void driverManager() throws SQLException {
        List<String> drivers = DriverManager.drivers()
                .map(driver -> driver.getClass().getName())
                .sorted()
                .toList();
        int timeout = DriverManager.getLoginTimeout();
        try (ConnectorClient client = pool("manager", 1, Targets.TIMEOUT);
                Connection connection = ((DataSource) client.client()).getConnection()) {
            assertThat(one(connection)).isEqualTo(1);
        }
        assertThat(DriverManager.drivers()
                        .map(driver -> driver.getClass().getName())
                        .sorted())
                .containsExactlyElementsOf(drivers);
        assertThat(DriverManager.getLoginTimeout()).isEqualTo(timeout);
        assertThat(DriverManager.getLogWriter()).isNull();
    }

    @Test
    @DisplayName("does not bound the queries of its users by the time that a login may take")
    void longQuery() throws SQLException {
        try (ConnectorClient client = pool("long", 1, Duration.ofSeconds(1));
                Connection connection = ((DataSource) client.client()).getConnection();
                var statement = connection.createStatement()) {
            assertThat(statement.execute("select pg_sleep(2)")).isTrue();
        }
    }

    @Test
    @DisplayName("lets a user cancel a query, which takes a connection of its own")
    void cancel() throws Exception {
        try (ConnectorClient client = pool("cancel", 1, Targets.TIMEOUT);
                Connection connection = ((DataSource) client.client()).getConnection();
                var statement = connection.createStatement()) {
            CompletableFuture<Throwable> query = CompletableFuture.supplyAsync(
                    () -> catchThrowable(() -> statement.execute("select pg_sleep(600)")));
            Await.until(() -> "PgSleep"
                    .equals(SERVER.ask("select wait_event from pg_stat_activity where application_name = 'cancel'")));
            statement.cancel();
            assertThat(query.get(30, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
            assertThat(one(connection)).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("keeps its user, its settings and itself to itself")
    void closedBox() throws SQLException {
        try (ConnectorClient client = pool("box", 1, Targets.TIMEOUT)) {
            DataSource source = (DataSource) client.client();
            assertThat(source).isNotInstanceOf(AutoCloseable.class).hasToString("DataSource[box]");
            assertThat(source.isWrapperFor(DataSource.class)).isTrue();
            assertThat(source.unwrap(DataSource.class)).isSameAs(source);
            assertThatThrownBy(() -> source.unwrap(com.zaxxer.hikari.HikariDataSource.class))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> source.getConnection("postgres", ""))
                    .isInstanceOf(SQLFeatureNotSupportedException.class);
            assertThat(source.getLoginTimeout()).isEqualTo(20);
            assertThat(source.getLogWriter()).isNull();
        }
    }
}
