package dev.headwater.connectors.mysql;

import static dev.headwater.connectors.Targets.failure;
import static dev.headwater.connectors.Targets.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.connectors.Connectors;
import dev.headwater.connectors.FixtureContract;
import dev.headwater.connectors.TestLog;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.SecretValue;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Not part of the build, where MariaDB stands in, since MySQL needs what Maven does not have: {@code .ci/run} runs it where
 * {@code .ci/mysql} can bring a server, whose directory is in the property {@code mysql.home}.
 */
@DisplayName("On MySQL 8.0,")
class MysqlServerIT {

    private static final MysqlServer SERVER = MysqlServer.get();

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

    @Nested
    @DisplayName("the MySQL connector")
    class Contract extends FixtureContract {

        Contract() {
            super(new MysqlServerFixture("mysql"));
        }
    }

    @Nested
    @DisplayName("the PlanetScale connector, where the server takes TLS only,")
    class PlanetScaleContract extends FixtureContract {

        PlanetScaleContract() {
            super(new MysqlServerFixture("planetscale"));
        }

        @BeforeAll
        static void requireTls() {
            SERVER.run("set global require_secure_transport = on");
        }

        @AfterAll
        static void allowPlainText() {
            SERVER.run("set global require_secure_transport = off");
        }
    }

    @Nested
    @DisplayName("a login")
    class Logins {

        @Test
        @DisplayName("answers with the server's version, over TLS that is verified")
        void probes() throws Exception {
            assertThat(probe()).isEqualTo("MySQL 8.0.31");
            try (var client = connector.client(target("mysql", config), new ClientSettings("ask", 1));
                    var connection = ((DataSource) client.client()).getConnection();
                    var statement = connection.createStatement();
                    var rows = statement.executeQuery(
                            "select variable_value, @@version_comment from performance_schema.session_status"
                                    + " where variable_name = 'Ssl_version'")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).startsWith("TLSv1.");
                assertThat(rows.getString(2)).contains("MySQL");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"app", "old"})
        @DisplayName("works by both kinds of password")
        void plugins(String user) {
            config.remove("database");
            config.put("username", user);
            assertThat(probe()).startsWith("MySQL");
            assertThat(refusal("password", SecretValue.of("wrong"))).isEqualTo(FailureCode.WRONG_CREDENTIALS);
        }

        @Test
        @DisplayName(
                "in plain text needs a password that the server has in memory, or a user with an older kind of password")
        void plainText() {
            config.remove("database");
            config.put("ssl.enabled", false);
            config.put("username", "old");
            assertThat(probe()).startsWith("MySQL");
            SERVER.run("flush privileges");
            config.put("username", "app");
            ConnectorException failure = refusal();
            assertThat(failure.failure()).isEqualTo(FailureCode.TLS_FAILED);
            assertThat(failure.hint()).contains("TLS");
        }

        @Test
        @DisplayName("shows the password nowhere, though it is sent as it is, inside of TLS")
        void planted() {
            config.remove("database");
            config.put("username", "planted");
            config.put("password", SecretValue.of(MysqlServer.PLANTED));
            assertThat(probe()).startsWith("MySQL");
            assertThat(TestLog.contains("org.mariadb.jdbc")).isTrue();
            for (String form : List.of("pl4nted", "70 6C 34 6E 74 65 64")) {
                assertThat(TestLog.contains(form)).as(form).isFalse();
            }
        }
    }

    @Nested
    @DisplayName("a login is refused with the code")
    class Refused {

        @Test
        @DisplayName("WRONG_CREDENTIALS for a wrong password, and for none")
        void passwords() {
            assertThat(refusal("password", SecretValue.of("wrong"))).isEqualTo(FailureCode.WRONG_CREDENTIALS);
            config.remove("password");
            assertThat(refusal().failure()).isEqualTo(FailureCode.WRONG_CREDENTIALS);
        }

        @RepeatedTest(12)
        @DisplayName("WRONG_CREDENTIALS for an unknown user, whatever kind of password the server makes up for it")
        void unknownUser(RepetitionInfo info) {
            assertThat(refusal("username", "unknown" + info.getCurrentRepetition()))
                    .isEqualTo(FailureCode.WRONG_CREDENTIALS);
        }

        @Test
        @DisplayName("WRONG_CREDENTIALS and a hint for a password that has expired")
        void expired() {
            config.remove("database");
            assertThat(refusal("username", "expired")).isEqualTo(FailureCode.WRONG_CREDENTIALS);
            assertThat(refusal().hint()).contains("expired");
        }

        @Test
        @DisplayName("WRONG_CREDENTIALS for a user who has to show a certificate")
        void certificate() {
            config.remove("database");
            assertThat(refusal("username", "certificate")).isEqualTo(FailureCode.WRONG_CREDENTIALS);
        }

        @Test
        @DisplayName("WRONG_CREDENTIALS and a hint for a user with a kind of password that the driver does not know")
        void sha256() {
            config.remove("database");
            assertThat(refusal("username", "sha256")).isEqualTo(FailureCode.WRONG_CREDENTIALS);
            assertThat(refusal().hint()).contains("no such user").contains("sha256_password");
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
            config.remove("database");
            assertThat(refusal("username", "locked")).isEqualTo(FailureCode.PERMISSION_DENIED);
            assertThat(refusal().hint()).contains("locked");
        }

        @Test
        @DisplayName("PERMISSION_DENIED and a hint at TLS where the server asks for it")
        void tlsWanted() {
            SERVER.run("set global require_secure_transport = on");
            try {
                assertThat(refusal("ssl.enabled", false)).isEqualTo(FailureCode.PERMISSION_DENIED);
                assertThat(refusal().hint()).contains("TLS");
                config.remove("ssl.enabled");
                assertThat(probe()).startsWith("MySQL");
            } finally {
                SERVER.run("set global require_secure_transport = off");
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
        @DisplayName("TLS_FAILED for a certificate of another host")
        void otherHost() {
            assertThat(refusal("host", "127.0.0.1")).isEqualTo(FailureCode.TLS_FAILED);
        }
    }
}
