package dev.headwater.connectors.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.connectors.internal.databricks.DatabricksKind;
import dev.headwater.connectors.rest.HttpStub.Reply;
import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import dev.headwater.spi.SecretValue;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Databricks")
class DatabricksTest {

    private final DatabricksFixture fixture = new DatabricksFixture();

    @AfterEach
    void asBefore() {
        DatabricksFixture.stub().instead(null);
    }

    private ConnectorSession asPrincipal(String secret) {
        Map<String, Object> config = new HashMap<>(fixture.workingConfig());
        config.remove("access_token");
        config.put("client_id", "app-1");
        config.put("client_secret", SecretValue.of(secret));
        return fixture.connector()
                .open(new ConnectionTarget(
                        "databricks",
                        ResolvedConfig.of(config),
                        (host, address, port) -> true,
                        Duration.ofSeconds(20),
                        new Cancellation()));
    }

    @Test
    @DisplayName("lets service principals in, and shows its version and the tables of a schema")
    void reads() {
        try (ConnectorSession session = asPrincipal(DatabricksFixture.SECRET)) {
            assertThat(session.probe()).isEqualTo("Databricks 2026.20");
        }
        assertThat(Connecting.failure(() -> asPrincipal("planted")).failure()).isEqualTo(FailureCode.WRONG_CREDENTIALS);
        assertThat(Connecting.tables(fixture, Map.of())).hasSize(3);
        assertThat(Connecting.tables(fixture, Map.of("database", "raw"))).hasSize(1);
        assertThat(Connecting.failure(fixture, Map.of("http_path", "/sql/1.0/warehouses/other"))
                        .failure())
                .isEqualTo(FailureCode.NO_SUCH_DATABASE);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({"400, FAILED", "401, WRONG_CREDENTIALS", "403, PERMISSION_DENIED", "429, FAILED", "503, FAILED"})
    @DisplayName("has its errors told by a code")
    void errors(int status, FailureCode expected) {
        DatabricksFixture.stub()
                .instead(asked -> Reply.of(
                        status, "{\"error_code\":\"X\",\"message\":\"Sorry " + DatabricksFixture.TOKEN + "\"}"));
        ConnectorException failure = Connecting.failure(fixture, Map.of());
        assertThat(failure.failure()).isEqualTo(expected);
        assertThat(failure).hasMessageContaining("Sorry").hasMessageNotContaining(DatabricksFixture.TOKEN);
    }

    @ParameterizedTest(name = "{0}: {1} is {2}")
    @CsvSource({
        "CANCELED, x, TIMED_OUT",
        "FAILED, [INSUFFICIENT_PERMISSIONS] no, PERMISSION_DENIED",
        "FAILED, [SCHEMA_NOT_FOUND] no, NO_SUCH_DATABASE",
        "FAILED, [PARSE_SYNTAX_ERROR] no, FAILED"
    })
    @DisplayName("has failed statements told by a code, though their status is 200")
    void statements(String state, String message, FailureCode expected) {
        DatabricksFixture.stub()
                .instead(asked -> Reply.json(
                        "{\"status\":{\"state\":\"" + state + "\",\"error\":{\"message\":\"" + message + "\"}}}"));
        assertThat(Connecting.failure(fixture, Map.of()).failure()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>hello</html>", "[]", "{}"})
    @DisplayName("is not mistaken for something else that answers there")
    void strangers(String body) {
        for (int status : new int[] {200, 301, 404}) {
            DatabricksFixture.stub().instead(asked -> Reply.of(status, body));
            assertThat(Connecting.failure(fixture, Map.of()).failure()).isEqualTo(FailureCode.WRONG_SERVER);
        }
    }

    @Test
    @DisplayName("gets a warehouse and a host that are such")
    void hostile() {
        for (String path :
                List.of("", "/sql/1.0/warehouses/../x", "/sql/protocolv1/o/0/c", "/sql/1.0/warehouses/a?b")) {
            assertThat(Connecting.failure(fixture, Map.of("http_path", path)).failure())
                    .isEqualTo(FailureCode.INVALID_CONFIG);
        }
        DatabricksKind real = new DatabricksKind();
        Map<String, Object> config = new HashMap<>(fixture.workingConfig());
        for (String host : List.of("evil.example/x", "a@b", "a:80", "a?b", "")) {
            config.put("host", host);
            assertThat(Connecting.failure(() -> real.site(ResolvedConfig.of(config)))
                            .failure())
                    .isEqualTo(FailureCode.INVALID_CONFIG);
        }
    }
}
