package dev.headwater.connectors;

import static dev.headwater.connectors.Targets.failure;
import static dev.headwater.connectors.Targets.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import dev.headwater.spi.SecretValue;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("A login to PostgreSQL")
class PostgresLoginTest {

    private final Connector connector = Connectors.postgresql();
    private final Map<String, Object> config = PostgresServer.get().config();

    private String probe(Map<String, Object> config) {
        try (ConnectorSession session = connector.open(target("postgresql", config))) {
            return session.probe();
        }
    }

    private ConnectorException refusal() {
        ConnectorException failure = failure(() -> probe(config));
        assertThat(failure).hasNoCause().hasNoSuppressedExceptions();
        return failure;
    }

    private FailureCode refusal(String key, Object value) {
        config.put(key, value);
        return refusal().failure();
    }

    @Test
    @DisplayName("answers with the server's version, over TLS that is verified")
    void probes() {
        assertThat(probe(config)).matches("PostgreSQL \\d+\\.\\d+");
        try (ConnectorSession session = connector.open(target("postgresql", config))) {
            assertThat(PostgresServer.get().ask("""
                    select string_agg(distinct s.ssl::text, ',') from pg_stat_ssl s
                    join pg_stat_activity a using (pid) where a.application_name = 'Headwater'""")).isEqualTo("true");
        }
    }

    @Test
    @DisplayName("uses plain text only when ssl.enabled is false")
    void plain() {
        config.put("ssl.enabled", false);
        assertThat(probe(config)).startsWith("PostgreSQL");
    }

    @Test
    @DisplayName("verifies less only when sslmode says so, and then without the host's files")
    void lessVerification() {
        config.put("host", "127.0.0.1");
        config.put("extraProperties.sslmode", "verify-ca");
        assertThat(probe(config)).startsWith("PostgreSQL");
        config.put("port", (long) PostgresServer.strange().port());
        config.put("extraProperties.sslmode", "require");
        assertThat(probe(config)).startsWith("PostgreSQL");
    }

    @Test
    @DisplayName("takes texts where numbers and flags are meant, since linked values are texts")
    void linkedTexts() {
        config.put("port", Integer.toString(PostgresServer.get().port()));
        config.put("ssl.enabled", "true");
        assertThat(probe(config)).startsWith("PostgreSQL");
    }

    @Test
    @DisplayName("works for databases and users with hostile names")
    void hostileNames() {
        String name = "a/b?user=x&sslmode=disable#%41 \"é";
        PostgresServer.get()
                .run(
                        "postgres",
                        "drop database if exists \"" + name.replace("\"", "\"\"") + "\"",
                        "create database \"" + name.replace("\"", "\"\"") + "\"");
        config.put("database", name);
        assertThat(probe(config)).startsWith("PostgreSQL");
    }

    @Test
    @DisplayName("puts the schema of the config on the search path")
    void schema() throws Exception {
        PostgresServer.get().run("orders", "create schema if not exists \"Odd, \"\"one\"");
        config.put("schema", "Odd, \"one");
        var settings = new dev.headwater.spi.ClientSettings("schema", 1);
        try (var client = connector.client(target("postgresql", config), settings);
                var connection = ((javax.sql.DataSource) client.client()).getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select current_setting('search_path')")) {
            rows.next();
            assertThat(rows.getString(1)).isEqualTo("\"Odd, \"\"one\"");
        }
    }

    @Nested
    @DisplayName("is refused with the code")
    class Refused {

        @Test
        @DisplayName("WRONG_CREDENTIALS for a wrong password")
        void password() {
            assertThat(refusal("password", SecretValue.of("wrong"))).isEqualTo(FailureCode.WRONG_CREDENTIALS);
        }

        @Test
        @DisplayName("WRONG_CREDENTIALS for an unknown user")
        void user() {
            assertThat(refusal("username", "nobody")).isEqualTo(FailureCode.WRONG_CREDENTIALS);
        }

        @Test
        @DisplayName("WRONG_CREDENTIALS where a password is missing")
        void noPassword() {
            config.remove("password");
            assertThat(refusal().failure()).isEqualTo(FailureCode.WRONG_CREDENTIALS);
        }

        @Test
        @DisplayName("NO_SUCH_DATABASE for an unknown database")
        void database() {
            assertThat(refusal("database", "zzz")).isEqualTo(FailureCode.NO_SUCH_DATABASE);
        }

        @Test
        @DisplayName("PERMISSION_DENIED where the user may not connect to the database")
        void permission() {
            assertThat(refusal("database", "closed")).isEqualTo(FailureCode.PERMISSION_DENIED);
        }

        @Test
        @DisplayName("PERMISSION_DENIED where the server's rules reject the user")
        void rejected() {
            assertThat(refusal("username", "no_way_in")).isEqualTo(FailureCode.PERMISSION_DENIED);
        }

        @Test
        @DisplayName("PERMISSION_DENIED and a hint at TLS where the server asks for it")
        void tlsWanted() {
            config.put("ssl.enabled", false);
            config.put("username", "tls_only");
            ConnectorException failure = refusal();
            assertThat(failure.failure()).isEqualTo(FailureCode.PERMISSION_DENIED);
            assertThat(failure.hint()).contains("ssl.enabled");
        }

        @Test
        @DisplayName("FAILED and a hint where no connection is free")
        void full() {
            config.put("username", "limited");
            ConnectorException failure = refusal();
            assertThat(failure.failure()).isEqualTo(FailureCode.FAILED);
            assertThat(failure.hint()).contains("connections");
        }

        @Test
        @DisplayName("TLS_FAILED for a certificate that nobody trusts")
        void strangeAuthority() {
            assertThat(refusal("port", (long) PostgresServer.strange().port())).isEqualTo(FailureCode.TLS_FAILED);
        }

        @Test
        @DisplayName("TLS_FAILED for a certificate of another host")
        void otherHost() {
            assertThat(refusal("host", "127.0.0.1")).isEqualTo(FailureCode.TLS_FAILED);
        }

        @Test
        @DisplayName("TLS_FAILED where the server has no TLS")
        void noTls() {
            assertThat(refusal("port", (long) PostgresServer.plain().port())).isEqualTo(FailureCode.TLS_FAILED);
        }

        @Test
        @DisplayName("TLS_FAILED also where the name need not match, if nobody trusts the certificate")
        void strangeAuthorityAnyName() {
            config.put("extraProperties.sslmode", "verify-ca");
            assertThat(refusal("port", (long) PostgresServer.strange().port())).isEqualTo(FailureCode.TLS_FAILED);
        }

        @Test
        @DisplayName("INVALID_CONFIG for IAM authentication, unless the application lets its own credentials be used")
        void iam() {
            config.put("aws_iam_auth", true);
            config.put("region", "eu-west-1");
            ConnectorException failure = refusal();
            assertThat(failure.failure()).isEqualTo(FailureCode.INVALID_CONFIG);
            assertThat(failure).hasMessageContaining("aws_iam_auth");
        }

        @Test
        @DisplayName("INVALID_CONFIG for a mode of TLS without TLS")
        void modeWithoutTls() {
            config.put("ssl.enabled", false);
            config.put("extraProperties.sslmode", "verify-full");
            assertThat(refusal().failure()).isEqualTo(FailureCode.INVALID_CONFIG);
        }

        @Test
        @DisplayName("INVALID_CONFIG naming every extra property that is not allowed")
        void extraProperties() {
            config.put("extraProperties.socketFactory", "java.lang.Runtime");
            config.put("extraProperties.sslfactory", "org.postgresql.ssl.NonValidatingFactory");
            config.put("extraProperties.sslmode", "disable");
            config.put("extraProperties.ApplicationName", "fine");
            ConnectorException failure = refusal();
            assertThat(failure.failure()).isEqualTo(FailureCode.INVALID_CONFIG);
            assertThat(failure)
                    .hasMessageContainingAll(
                            "extraProperties.socketFactory is not allowed",
                            "extraProperties.sslfactory is not allowed",
                            "extraProperties.sslmode must match");
        }
    }

    @Nested
    @DisplayName("obeys the network policy")
    class Policy {

        private final List<InetAddress> asked = new CopyOnWriteArrayList<>();

        private ConnectionTarget refusing() {
            return new ConnectionTarget(
                    "postgresql",
                    ResolvedConfig.of(config),
                    (host, address, port) -> {
                        asked.add(address);
                        return false;
                    },
                    Targets.TIMEOUT,
                    new Cancellation());
        }

        @Test
        @DisplayName("when it reaches")
        void reach() {
            assertThat(failure(() -> connector.reach(refusing())).failure()).isEqualTo(FailureCode.DESTINATION_REFUSED);
            assertThat(asked).isNotEmpty().allMatch(InetAddress::isLoopbackAddress);
        }

        @Test
        @DisplayName("when it logs in, so that no other address is used than the one that was asked for")
        void open() {
            assertThat(failure(() -> connector.open(refusing())).failure()).isEqualTo(FailureCode.DESTINATION_REFUSED);
            assertThat(asked).isNotEmpty();
        }

        @Test
        @DisplayName("when a pool logs in")
        void pool() throws Exception {
            var settings = new dev.headwater.spi.ClientSettings("refused", 1);
            var impatient = new ConnectionTarget(
                    "postgresql",
                    ResolvedConfig.of(config),
                    (host, address, port) -> false,
                    java.time.Duration.ofMillis(500),
                    new Cancellation());
            try (var client = connector.client(impatient, settings)) {
                assertThat(org.assertj.core.api.Assertions.catchThrowable(
                                () -> ((javax.sql.DataSource) client.client()).getConnection()))
                        .hasRootCauseInstanceOf(ConnectorException.class)
                        .rootCause()
                        .extracting(cause -> ((ConnectorException) cause).failure())
                        .isEqualTo(FailureCode.DESTINATION_REFUSED);
            }
        }

        @Test
        @DisplayName("and uses the addresses of a name that are allowed")
        void someAddresses() throws Exception {
            InetAddress good = InetAddress.getByName("127.0.0.1");
            var target = new ConnectionTarget(
                    "postgresql",
                    ResolvedConfig.of(config),
                    (host, address, port) -> address.equals(good),
                    Targets.TIMEOUT,
                    new Cancellation());
            connector.reach(target);
            try (ConnectorSession session = connector.open(target)) {
                assertThat(session.probe()).startsWith("PostgreSQL");
            }
        }
    }
}
