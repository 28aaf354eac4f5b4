package dev.headwater.connectors.mysql;

import static dev.headwater.connectors.Targets.failure;
import static dev.headwater.connectors.Targets.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.headwater.connectors.Await;
import dev.headwater.connectors.Connectors;
import dev.headwater.connectors.Targets;
import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import dev.headwater.spi.SecretValue;
import dev.headwater.testkit.FaultyServer;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A login to MySQL")
class MysqlLoginTest {

    private static final MariaDbServer SERVER = MariaDbServer.get();

    private final Connector connector = Connectors.mysql();
    private final Map<String, Object> config = SERVER.config();

    private String probe() {
        try (ConnectorSession session = connector.open(target("mysql", config))) {
            return session.probe();
        }
    }

    private ConnectorException refusal() {
        ConnectorException failure = failure(this::probe);
        assertThat(failure).hasNoCause().hasNoSuppressedExceptions();
        return failure;
    }

    private FailureCode refusal(String key, Object value) {
        config.put(key, value);
        return refusal().failure();
    }

    private String ask(String sql) throws Exception {
        try (var client = connector.client(target("mysql", config), new ClientSettings("ask", 1));
                var connection = ((DataSource) client.client()).getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(2);
        }
    }

    @Test
    @DisplayName("answers with the server's version, over TLS that is verified")
    void probes() throws Exception {
        assertThat(probe()).matches("MariaDB \\d+\\.\\d+\\.\\d+");
        assertThat(ask("show status like 'Ssl_cipher'")).isNotEmpty();
    }

    @Test
    @DisplayName("uses plain text only when ssl.enabled is false")
    void plain() throws Exception {
        config.put("ssl.enabled", false);
        assertThat(ask("show status like 'Ssl_cipher'")).isEmpty();
    }

    @Test
    @DisplayName("needs no database, and works for those with hostile names")
    void databases() throws Exception {
        config.remove("database");
        assertThat(probe()).startsWith("MariaDB");
        String name = "shop/b?user=x&sslMode=disable#%41 \"é";
        SERVER.run("create database if not exists `" + name + "`");
        config.put("database", name);
        assertThat(ask("select 1, database()")).isEqualTo(name);
    }

    @Test
    @DisplayName("verifies less only when sslMode says so")
    void lessVerification() {
        config.put("host", "127.0.0.1");
        config.put("extraProperties.sslMode", "verify-ca");
        assertThat(probe()).startsWith("MariaDB");
        SERVER.withStrangeCertificate(() -> {
            assertThat(refusal().failure()).isEqualTo(FailureCode.TLS_FAILED);
            config.put("extraProperties.sslMode", "trust");
            assertThat(probe()).startsWith("MariaDB");
        });
    }

    @Test
    @DisplayName("gives the server no file of the client, and goes nowhere where the server sends it")
    void hardened() throws Exception {
        Path file = Files.writeString(Files.createTempFile("secret", ".txt"), "private\n");
        SERVER.run("create or replace table shop.stolen (line text)");
        try (var client = connector.client(target("mysql", config), new ClientSettings("ask", 1));
                var connection = ((DataSource) client.client()).getConnection();
                var statement = connection.createStatement()) {
            assertThat(catchThrowable(
                            () -> statement.execute("load data local infile '" + file + "' into table stolen (line)")))
                    .isInstanceOf(SQLException.class);
        }
        assertThat(SERVER.ask("select count(*) from shop.stolen")).isEqualTo("0");
        SERVER.run("set global redirect_url = 'mysql://192.0.2.1:3306'");
        try {
            assertThat(probe()).startsWith("MariaDB");
        } finally {
            SERVER.run("set global redirect_url = ''");
        }
    }

    @Nested
    @DisplayName("is refused with the code")
    class Refused {

        @Test
        @DisplayName("WRONG_CREDENTIALS for a wrong password, an unknown user, and no password")
        void credentials() {
            assertThat(refusal("password", SecretValue.of("wrong"))).isEqualTo(FailureCode.WRONG_CREDENTIALS);
            assertThat(refusal("username", "unknown")).isEqualTo(FailureCode.WRONG_CREDENTIALS);
            config.remove("password");
            assertThat(refusal("username", "app")).isEqualTo(FailureCode.WRONG_CREDENTIALS);
        }

        @Test
        @DisplayName("WRONG_CREDENTIALS and a hint for a password that has expired")
        void expired() {
            config.remove("database");
            config.put("username", "expired");
            ConnectorException failure = refusal();
            assertThat(failure.failure()).isEqualTo(FailureCode.WRONG_CREDENTIALS);
            assertThat(failure.hint()).contains("expired");
        }

        @Test
        @DisplayName("NO_SUCH_DATABASE for an unknown database")
        void database() {
            assertThat(refusal("database", "shop_zzz")).isEqualTo(FailureCode.NO_SUCH_DATABASE);
        }

        @Test
        @DisplayName("PERMISSION_DENIED where the user may not use the database, which may not even be there")
        void permission() {
            assertThat(refusal("database", "hidden")).isEqualTo(FailureCode.PERMISSION_DENIED);
            assertThat(refusal("database", "zzz")).isEqualTo(FailureCode.PERMISSION_DENIED);
            assertThat(refusal().hint()).contains("not there");
        }

        @Test
        @DisplayName("PERMISSION_DENIED for a locked account")
        void locked() {
            config.put("username", "locked");
            ConnectorException failure = refusal();
            assertThat(failure.failure()).isEqualTo(FailureCode.PERMISSION_DENIED);
            assertThat(failure.hint()).contains("locked");
        }

        @Test
        @DisplayName("PERMISSION_DENIED and a hint at TLS where the server asks for it")
        void tlsWanted() {
            config.put("ssl.enabled", false);
            SERVER.run("set global require_secure_transport = on");
            try {
                ConnectorException failure = refusal();
                assertThat(failure.failure()).isEqualTo(FailureCode.PERMISSION_DENIED);
                assertThat(failure.hint()).contains("TLS");
            } finally {
                SERVER.allowPlainText();
            }
        }

        @Test
        @DisplayName("FAILED and a hint where the user has had all its connections")
        void full() {
            config.put("username", "limited");
            config.remove("database");
            assertThat(probe()).isNotEmpty();
            ConnectorException failure = refusal();
            assertThat(failure.failure()).isEqualTo(FailureCode.FAILED);
            assertThat(failure.hint()).contains("connections");
        }

        @Test
        @DisplayName("TLS_FAILED for a certificate that nobody trusts, though the server knows the password")
        void strangeAuthority() {
            SERVER.withStrangeCertificate(() -> assertThat(refusal().failure()).isEqualTo(FailureCode.TLS_FAILED));
        }

        @Test
        @DisplayName("TLS_FAILED for a certificate of another host")
        void otherHost() {
            assertThat(refusal("host", "127.0.0.1")).isEqualTo(FailureCode.TLS_FAILED);
        }

        @Test
        @DisplayName("TLS_FAILED where the server has no TLS")
        void noTls() {
            try (FaultyServer server = FaultyServer.answering(greeting("mysql_native_password"))) {
                assertThat(refusal("port", (long) server.port())).isEqualTo(FailureCode.TLS_FAILED);
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n",
                    "HTTP/1.1 400 Bad Request\r\n\r\n",
                    "220 mail.example.com ESMTP\r\n"
                })
        @DisplayName("WRONG_SERVER for what speaks another protocol")
        void otherServer(String greeting) {
            try (FaultyServer server = FaultyServer.answering(greeting.getBytes(StandardCharsets.US_ASCII))) {
                assertThat(refusal("port", (long) server.port())).isEqualTo(FailureCode.WRONG_SERVER);
            }
        }

        @Test
        @DisplayName("INVALID_CONFIG for a mode of TLS without TLS")
        void modeWithoutTls() {
            config.put("ssl.enabled", false);
            assertThat(refusal("extraProperties.sslMode", "verify-full")).isEqualTo(FailureCode.INVALID_CONFIG);
        }

        @Test
        @DisplayName("INVALID_CONFIG naming every extra property that is not allowed")
        void extraProperties() {
            config.put("extraProperties.socketFactory", "java.lang.Runtime");
            config.put("extraProperties.allowLocalInfile", "true");
            config.put("extraProperties.sslMode", "disable");
            config.put("extraProperties.useCompression", "false");
            ConnectorException failure = refusal();
            assertThat(failure.failure()).isEqualTo(FailureCode.INVALID_CONFIG);
            assertThat(failure)
                    .hasMessageContainingAll(
                            "extraProperties.socketFactory is not allowed",
                            "extraProperties.allowLocalInfile is not allowed",
                            "extraProperties.sslMode must match");
        }
    }

    /** The first packet of a server without TLS, of version 10 of the protocol. */
    private static byte[] greeting(String plugin) {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(10);
        packet.writeBytes("8.0.31\0".getBytes(StandardCharsets.US_ASCII));
        packet.writeBytes(new byte[] {1, 0, 0, 0});
        packet.writeBytes("12345678\0".getBytes(StandardCharsets.US_ASCII));
        // capabilities: protocol 4.1, secure connection, authentication by plug-ins
        packet.writeBytes(new byte[] {0, (byte) 0x82, 45, 2, 0, 8, 0, 21});
        packet.writeBytes(new byte[10]);
        packet.writeBytes("123456789012\0".getBytes(StandardCharsets.US_ASCII));
        packet.writeBytes((plugin + '\0').getBytes(StandardCharsets.US_ASCII));
        byte[] body = packet.toByteArray();
        byte[] framed = new byte[body.length + 4];
        framed[0] = (byte) body.length;
        System.arraycopy(body, 0, framed, 4, body.length);
        return framed;
    }

    @Nested
    @DisplayName("obeys the network policy")
    class Policy {

        @Test
        @DisplayName("and uses the addresses of a name that are allowed")
        void someAddresses() throws Exception {
            InetAddress good = InetAddress.getByName("127.0.0.1");
            List<InetAddress> asked = new CopyOnWriteArrayList<>();
            var target = new ConnectionTarget(
                    "mysql",
                    ResolvedConfig.of(config),
                    (host, address, port) -> {
                        asked.add(address);
                        return address.equals(good);
                    },
                    Targets.TIMEOUT,
                    new Cancellation());
            connector.reach(target);
            try (ConnectorSession session = connector.open(target)) {
                assertThat(session.probe()).startsWith("MariaDB");
            }
            assertThat(asked).isNotEmpty();
        }

        @Test
        @DisplayName("for the connection by which the driver cancels a query")
        void cancels() throws Exception {
            List<InetAddress> asked = new CopyOnWriteArrayList<>();
            var target = new ConnectionTarget(
                    "mysql",
                    ResolvedConfig.of(config),
                    (host, address, port) -> asked.add(address),
                    Targets.TIMEOUT,
                    new Cancellation());
            try (var client = connector.client(target, new ClientSettings("cancel", 1));
                    var connection = ((DataSource) client.client()).getConnection();
                    var statement = connection.createStatement()) {
                int before = asked.size();
                var query = CompletableFuture.supplyAsync(
                        () -> catchThrowable(() -> statement.execute("select sleep(600) from (select 'to cancel') s")));
                Await.until(() -> !"0"
                        .equals(SERVER.ask(
                                "select count(*) from information_schema.processlist where info like '%''to cancel''%'"
                                        + " and user = 'app'")));
                statement.cancel();
                query.get(30, TimeUnit.SECONDS);
                assertThat(asked).hasSizeGreaterThan(before);
                assertThat(connection.isValid(10)).isTrue();
            }
        }
    }

    @Test
    @DisplayName("is refused for PlanetScale without TLS, or with TLS that is not verified")
    void planetScale() {
        config.put("ssl.enabled", false);
        assertThat(failure(() -> Connectors.planetscale().open(target("planetscale", config))))
                .hasMessageContaining("TLS")
                .extracting(ConnectorException::failure)
                .isEqualTo(FailureCode.INVALID_CONFIG);
        config.remove("ssl.enabled");
        config.put("extraProperties.sslMode", "verify-ca");
        assertThat(failure(() -> Connectors.planetscale().open(target("planetscale", config)))
                        .failure())
                .isEqualTo(FailureCode.INVALID_CONFIG);
    }

    @Test
    @DisplayName("to SingleStore uses verified TLS unless sslMode says otherwise, since the kind has no field for it")
    void singleStore() {
        config.put("host", "127.0.0.1");
        assertThat(failure(() -> Connectors.singlestore().open(target("singlestore", config)))
                        .failure())
                .isEqualTo(FailureCode.TLS_FAILED);
        config.put("extraProperties.sslMode", "disable");
        try (ConnectorSession session = Connectors.singlestore().open(target("singlestore", config))) {
            assertThat(session.probe()).startsWith("SingleStore");
        }
    }
}
