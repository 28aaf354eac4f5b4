package dev.headwater.connectors.internal.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.NetworkPolicy;
import dev.headwater.spi.ResolvedConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A login to PostgreSQL by AWS IAM")
class IamLoginTest {

    private final Map<String, Object> config = new HashMap<>(Map.of(
            "host", "db.example.com",
            "database", "orders",
            "username", "app",
            "aws_iam_auth", true,
            "region", "eu-west-1"));
    private final PostgresKind kind = new PostgresKind(true);

    @BeforeEach
    void credentials() {
        System.setProperty("aws.accessKeyId", "AKIDEXAMPLE");
        System.setProperty("aws.secretAccessKey", "planted-aws-secret");
    }

    @AfterEach
    void noCredentials() {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    private ConnectionTarget target(NetworkPolicy policy) {
        return new ConnectionTarget(
                "postgresql", ResolvedConfig.of(config), policy, Duration.ofSeconds(10), new Cancellation());
    }

    private String password() {
        ConnectionTarget target = target(NetworkPolicy.refuseLinkLocal());
        Properties properties = new Properties();
        kind.addToken(properties, kind.login(target.config()), target);
        return properties.getProperty("password");
    }

    @Test
    @DisplayName("takes a token as its password, for this host, port, user and region")
    void token() {
        assertThat(password())
                .startsWith("db.example.com:5432/?Action=connect&DBUser=app&")
                .contains("AKIDEXAMPLE%2F")
                .contains("%2Feu-west-1%2Frds-db%2Faws4_request")
                .doesNotContain("planted");
    }

    @Test
    @DisplayName("is refused without TLS, or without a verified server: the token would go to whoever answers")
    void unverified() {
        config.put("ssl.enabled", false);
        assertThatThrownBy(this::password)
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("TLS");
        config.put("ssl.enabled", true);
        config.put("extraProperties.sslmode", "require");
        assertThatThrownBy(this::password)
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("TLS");
    }

    @Test
    @DisplayName("assumes a role over sockets that ask the policy, and says no secret when that fails")
    void role() {
        config.put("role_arn", "arn:aws:iam::123456789012:role/reader");
        ConnectionTarget target = target((host, address, port) -> false);
        assertThatThrownBy(() -> kind.addToken(new Properties(), kind.login(target.config()), target))
                .isInstanceOf(ConnectorException.class)
                .hasMessageNotContaining("planted")
                .hasNoCause();
    }
}
