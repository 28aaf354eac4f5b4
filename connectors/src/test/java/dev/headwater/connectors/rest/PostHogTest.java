package dev.headwater.connectors.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.connectors.QueryClient;
import dev.headwater.connectors.QueryClient.Column;
import dev.headwater.connectors.internal.posthog.PostHogKind;
import dev.headwater.connectors.rest.HttpStub.Reply;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("PostHog")
class PostHogTest {

    private final PostHogFixture fixture = new PostHogFixture();

    @AfterEach
    void asBefore() {
        PostHogFixture.stub().instead(null);
    }

    @Test
    @DisplayName("shows tables, linked tables and views, without the fields that are joins")
    void schema() {
        List<TableSchema> tables = Connecting.tables(fixture, Map.of());
        assertThat(tables)
                .extracting(TableSchema::name, TableSchema::type)
                .containsExactly(
                        Assertions.tuple("events", TableType.TABLE),
                        Assertions.tuple("stripe.charges", TableType.FOREIGN_TABLE),
                        Assertions.tuple("daily", TableType.MATERIALIZED_VIEW));
        assertThat(tables.get(0).columns()).hasSize(3);
    }

    @ParameterizedTest(name = "{0} {1} is {2}")
    @CsvSource({
        "400, validation_error, FAILED",
        "401, authentication_error, WRONG_CREDENTIALS",
        "403, authentication_error, PERMISSION_DENIED",
        "404, invalid_request, NO_SUCH_DATABASE",
        "429, throttled_error, FAILED",
        "500, server_error, FAILED"
    })
    @DisplayName("has its errors told by a code")
    void errors(int status, String type, FailureCode expected) {
        PostHogFixture.stub().instead(asked -> PostHogFixture.error(status, type, "No: " + PostHogFixture.KEY));
        ConnectorException failure = Connecting.failure(fixture, Map.of());
        assertThat(failure.failure()).isEqualTo(expected);
        assertThat(failure).hasMessageContaining("No: ").hasMessageNotContaining(PostHogFixture.KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>hello</html>", "[]", "{}"})
    @DisplayName("is not mistaken for something else that answers there")
    void strangers(String body) {
        for (int status : new int[] {200, 301, 404}) {
            PostHogFixture.stub().instead(asked -> Reply.of(status, body));
            assertThat(Connecting.failure(fixture, Map.of()).failure()).isEqualTo(FailureCode.WRONG_SERVER);
        }
    }

    @Test
    @DisplayName("gets a project that is one, and a host that is one, with TLS")
    void config() {
        for (String project : List.of("1/../2", "", "..", "1?x=y", "a b")) {
            assertThat(Connecting.failure(fixture, Map.of("project", project)).failure())
                    .isEqualTo(FailureCode.INVALID_CONFIG);
        }
        PostHogKind real = new PostHogKind();
        Map<String, Object> config = Map.of("project", "1", "access_token", "phx_1");
        assertThat(real.site(ResolvedConfig.of(config))).hasToString("https://us.posthog.com/");
        for (String host : List.of("evil.example/", "a@b", "a:80", "a?b", "a#b", "")) {
            Map<String, Object> hostile = Map.of("project", "1", "access_token", "phx_1", "host", host);
            assertThat(Connecting.failure(() -> real.site(ResolvedConfig.of(hostile)))
                            .failure())
                    .isEqualTo(FailureCode.INVALID_CONFIG);
        }
    }

    @Test
    @DisplayName("gives hosts a client for HogQL, until it is closed")
    void client() {
        ConnectorClient made =
                fixture.connector().client(Connecting.target(fixture, Map.of()), new ClientSettings("hog", 1));
        QueryClient client = (QueryClient) made.client();
        QueryClient.Result result = client.query("select mixed", Duration.ofSeconds(10));
        assertThat(result.columns())
                .startsWith(new Column("s", "String"), new Column("n", "Float64"))
                .hasSize(5);
        assertThat(result.rows().get(0))
                .containsExactly(
                        "a",
                        new BigDecimal("1.5"),
                        true,
                        null,
                        List.of(new BigDecimal("1"), Map.of("b", new BigDecimal("2"))));
        assertThat(Connecting.failure(() -> client.query("select nothing", Duration.ofSeconds(10))))
                .hasMessageContaining("Unable to resolve field");
        made.close();
        assertThat(Connecting.failure(() -> client.query("select 1", Duration.ofSeconds(10)))
                        .failure())
                .isEqualTo(FailureCode.CANCELLED);
    }
}
