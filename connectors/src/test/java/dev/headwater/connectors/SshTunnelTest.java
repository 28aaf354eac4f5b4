package dev.headwater.connectors;

import static dev.headwater.connectors.Targets.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.headwater.core.DataSourceDraft;
import dev.headwater.core.DataSourceRegistry;
import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.HostKeys;
import dev.headwater.spi.NetworkPolicy;
import dev.headwater.spi.ResolvedConfig;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.TestReport;
import dev.headwater.testkit.FaultyServer;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("An SSH tunnel to PostgreSQL")
class SshTunnelTest extends SshTunnelCase {

    private static int one(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select 1")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Nested
    @DisplayName("stands")
    class Stands {

        @Test
        @DisplayName("with a password, while the certificate is verified against the name of the database's own host")
        void password() {
            assertThat(probe()).startsWith("PostgreSQL 18");
            assertThat(bastion.forwarded()).contains(TestCertificates.SERVER_NAME + ":" + SERVER.port());
            config.put("host", "127.0.0.1");
            config.put("port", (long) PostgresServer.strange().port());
            ConnectorException untrusted = failure(() -> connector.open(target()));
            assertThat(untrusted.failure()).isEqualTo(FailureCode.TLS_FAILED);
        }

        @ParameterizedTest(name = "{0}")
        @EnumSource(SshTestKeys.class)
        @DisplayName("with a private key")
        void keys(SshTestKeys key) {
            bastion.authorize(key.publicLine());
            key(key);
            assertThat(probe()).startsWith("PostgreSQL 18");
        }

        @Test
        @DisplayName("with a key that is not known there and a password that is")
        void both() {
            SshTestKeys unknown = SshTestKeys.values()[0];
            config.put("ssh.private_key", SecretValue.of(new String(unknown.privateKey()) + "\n"));
            assertThat(probe()).startsWith("PostgreSQL 18");
        }

        @Test
        @DisplayName("to a server whose key is pinned")
        void pinned() {
            hostKeys = HostKeys.pinned(Map.of("localhost:" + bastion.port(), Set.of(bastion.fingerprint())));
            assertThat(probe()).startsWith("PostgreSQL 18");
        }

        @Test
        @DisplayName("asking the policy about the SSH server's address, and about the target by name")
        void policy() {
            List<String> asked = new ArrayList<>();
            policy = new NetworkPolicy() {
                @Override
                public boolean allows(String host, InetAddress address, int port) {
                    asked.add(host + "/" + address.getHostAddress() + ":" + port);
                    return true;
                }

                @Override
                public boolean allowsBehindTunnel(String host, int port) {
                    asked.add("behind " + host + ":" + port);
                    return true;
                }
            };
            config.put("host", "name.known.only.there");
            bastion.forwards(false);
            try {
                connector.reach(target());
            } catch (ConnectorException e) {
                assertThat(e.failure()).isEqualTo(FailureCode.PERMISSION_DENIED);
            } finally {
                bastion.forwards(true);
            }
            assertThat(asked)
                    .containsExactly(
                            "behind name.known.only.there:" + SERVER.port(), "localhost/127.0.0.1:" + bastion.port());
        }

        @Test
        @DisplayName("for what a read takes, however much it is")
        void reads() throws SQLException {
            try (ConnectorClient client = connector.client(target(), new ClientSettings("ssh-bulk", 1));
                    Connection connection = ((DataSource) client.client()).getConnection();
                    var statement = connection.createStatement();
                    ResultSet rows =
                            statement.executeQuery("select repeat('x', 1000) from generate_series(1, 20000)")) {
                int count = 0;
                while (rows.next()) {
                    assertThat(rows.getString(1)).hasSize(1_000);
                    count++;
                }
                assertThat(count).isEqualTo(20_000);
            }
        }
    }

    @Nested
    @DisplayName("that a pool uses")
    class Pooled {

        @Test
        @DisplayName("carries each connection apart: one that is read slowly holds up no other")
        void apart() throws SQLException {
            try (ConnectorClient client = connector.client(target(), new ClientSettings("ssh-apart", 2))) {
                DataSource source = (DataSource) client.client();
                try (Connection slow = source.getConnection();
                        Connection other = source.getConnection()) {
                    slow.setAutoCommit(false);
                    try (var statement = slow.createStatement()) {
                        statement.setFetchSize(50_000);
                        // More than all buffers on the way hold.
                        try (ResultSet rows =
                                statement.executeQuery("select repeat('x', 1000) from generate_series(1, 60000)")) {
                            assertThat(rows.next()).isTrue();
                            assertThat(one(other)).isEqualTo(1);
                        }
                    }
                    assertThat(client.inUse()).isEqualTo(2);
                }
            }
        }

        @Test
        @DisplayName("is made anew when it was cut")
        void cut() throws SQLException {
            try (ConnectorClient client = connector.client(target(), new ClientSettings("ssh-cut", 2))) {
                DataSource source = (DataSource) client.client();
                Connection before = source.getConnection();
                assertThat(one(before)).isEqualTo(1);
                int sessions = bastion.sessions();
                bastion.cut();
                assertThatThrownBy(() -> one(before)).isInstanceOf(SQLException.class);
                before.close();
                try (Connection after = source.getConnection()) {
                    assertThat(one(after)).isEqualTo(1);
                }
                assertThat(bastion.sessions()).isGreaterThan(sessions);
            }
        }

        @Test
        @DisplayName("ends with the pool, also under a query that is running")
        void closes() throws Exception {
            ConnectorClient client = connector.client(target(), new ClientSettings("ssh-closes", 1));
            DataSource source = (DataSource) client.client();
            CompletableFuture<Throwable> query = CompletableFuture.supplyAsync(() -> catchThrowable(() -> {
                try (Connection connection = source.getConnection();
                        var statement = connection.createStatement()) {
                    statement.execute("select pg_sleep(600)");
                }
            }));
            Await.until(() -> bastion.open() == 1 && client.inUse() == 1);
            client.close();
            assertThat(query.get(30, TimeUnit.SECONDS)).isInstanceOf(SQLException.class);
        }

        @Test
        @DisplayName("says in its failures that it is the tunnel")
        void failing() {
            config.put("ssh.password", SecretValue.of("planted-wrong"));
            timeout = Duration.ofSeconds(2);
            try (ConnectorClient client = connector.client(target(), new ClientSettings("ssh-wrong", 1))) {
                assertThatThrownBy(((DataSource) client.client())::getConnection)
                        .rootCause()
                        .isInstanceOfSatisfying(ConnectorException.class, cause -> {
                            assertThat(cause.failure()).isEqualTo(FailureCode.WRONG_CREDENTIALS);
                            assertThat(cause).hasMessageContaining("SSH tunnel through");
                        });
            }
        }
    }

    @Test
    @DisplayName("is known by the keys that the registry was told")
    void registry() {
        for (HostKeys keys : List.of(HostKeys.trustOnFirstUse(), HostKeys.pinned(Map.of()))) {
            try (DataSourceRegistry registry = DataSourceRegistry.builder()
                    .connectors(Connectors.all())
                    .hostKeys(keys)
                    .build()) {
                TestReport report = registry.environment("production")
                        .test(DataSourceDraft.of("postgresql", "orders").withConfig(config));
                if (report.failure().isPresent()) {
                    assertThat(report.failure().orElseThrow().code()).isEqualTo(FailureCode.HOST_KEY_REFUSED);
                    return;
                }
            }
        }
        throw new AssertionError("a server that is not pinned was trusted");
    }

    @Test
    @DisplayName("is freed at once by a cancel, while the SSH server or the database behind it is silent")
    void cancel() throws Exception {
        try (FaultyServer silent = FaultyServer.blackHole()) {
            for (String portField : List.of("ssh.port", "port")) {
                Cancellation cancelling = new Cancellation();
                config.put("ssh.port", (long) bastion.port());
                config.put(portField, (long) silent.port());
                ConnectionTarget target = new ConnectionTarget(
                        "postgresql", ResolvedConfig.of(config), policy, Duration.ofHours(1), cancelling);
                CompletableFuture<ConnectorException> ended =
                        CompletableFuture.supplyAsync(() -> failure(() -> connector.open(target)));
                Await.until(() -> silent.open() > 0);
                cancelling.cancel();
                assertThat(ended.get(30, TimeUnit.SECONDS).failure()).isEqualTo(FailureCode.CANCELLED);
                Await.until(() -> silent.open() == 0);
            }
        }
    }
}
