package dev.headwater.connectors.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.connectors.QueryClient;
import dev.headwater.connectors.internal.firebolt.FireboltKind;
import dev.headwater.connectors.rest.HttpStub.Reply;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import dev.headwater.spi.TableSchema;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Firebolt")
class FireboltTest {

    private final FireboltFixture fixture = new FireboltFixture();

    @AfterEach
    void asBefore() {
        FireboltFixture.stub().instead(null);
    }

    @Test
    @DisplayName("shows its version, and the tables of one schema where one is named")
    void reads() {
        try (ConnectorSession session = Connecting.open(fixture, Map.of())) {
            assertThat(session.probe()).isEqualTo("Firebolt 4.21.0");
        }
        assertThat(Connecting.tables(fixture, Map.of()))
                .extracting(TableSchema::name)
                .containsExactly("orders", "totals", "empty");
        assertThat(Connecting.tables(fixture, Map.of("schema", "raw"))).hasSize(1);
        assertThat(Connecting.tables(fixture, Map.of("schema", "x' or '1'='1"))).isEmpty();
    }

    @Test
    @DisplayName("says which of account, database and engine is not there")
    void missing() {
        for (String field : List.of("account", "database", "engine")) {
            ConnectorException failure = Connecting.failure(fixture, Map.of(field, "elsewhere"));
            assertThat(failure.failure()).isEqualTo(FailureCode.NO_SUCH_DATABASE);
            assertThat(failure).hasMessageContaining(field);
        }
        assertThat(Connecting.failure(fixture, Map.of("engine", "small\"; drop x; \""))
                        .failure())
                .isEqualTo(FailureCode.NO_SUCH_DATABASE);
        assertThat(Connecting.failure(fixture, Map.of("account", "../x")).failure())
                .isEqualTo(FailureCode.INVALID_CONFIG);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "400, FAILED",
        "401, WRONG_CREDENTIALS",
        "403, PERMISSION_DENIED",
        "429, FAILED",
        "500, FAILED",
        "504, TIMED_OUT"
    })
    @DisplayName("has its errors told by a code, in the forms that it has for them")
    void errors(int status, FailureCode expected) {
        for (String body : List.of(
                "{\"errors\":[{\"description\":\"Sorry SECRET\"}]}",
                "{\"error\":\"Sorry SECRET\"}",
                "{\"message\":\"Sorry SECRET\"}",
                "Sorry SECRET")) {
            FireboltFixture.stub().instead(asked -> Reply.of(status, body.replace("SECRET", FireboltFixture.SECRET)));
            ConnectorException failure = Connecting.failure(fixture, Map.of());
            assertThat(failure.failure()).isEqualTo(expected);
            assertThat(failure).hasMessageContaining("Sorry").hasMessageNotContaining(FireboltFixture.SECRET);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>hello</html>", "[]", "{}"})
    @DisplayName("is not mistaken for something else that answers there")
    void strangers(String body) {
        for (int status : new int[] {200, 301}) {
            FireboltFixture.stub().instead(asked -> Reply.of(status, body));
            assertThat(Connecting.failure(fixture, Map.of()).failure()).isEqualTo(FailureCode.WRONG_SERVER);
        }
    }

    @Test
    @DisplayName("keeps its token from engines elsewhere")
    void engineElsewhere() {
        FireboltFixture.stub()
                .instead(asked -> asked.path().equals("/oauth/token")
                        ? Reply.json("{\"access_token\":\"" + FireboltFixture.TOKEN + "\"}")
                        : Reply.json("{\"engineUrl\":\"evil.example\"}"));
        assertThat(Connecting.failure(fixture, Map.of()).failure()).isEqualTo(FailureCode.WRONG_SERVER);
        assertThat(new FireboltKind().site(ResolvedConfig.of(fixture.workingConfig())))
                .hasToString("https://id.app.firebolt.io/");
    }

    @Test
    @DisplayName("gives hosts a client for SQL")
    void client() {
        try (ConnectorClient made =
                fixture.connector().client(Connecting.target(fixture, Map.of()), new ClientSettings("fire", 1))) {
            QueryClient client = (QueryClient) made.client();
            assertThat(client.query("select version()", Duration.ofSeconds(10)))
                    .isEqualTo(new QueryClient.Result(
                            List.of(new QueryClient.Column("version", "text")), List.of(List.of("4.21.0"))));
            assertThat(Connecting.failure(() -> client.query("select broken", Duration.ofSeconds(10))))
                    .hasMessageContaining("Division by zero");
        }
    }
}
