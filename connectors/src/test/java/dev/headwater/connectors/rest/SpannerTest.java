package dev.headwater.connectors.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.connectors.QueryClient;
import dev.headwater.connectors.rest.HttpStub.Reply;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.TableSchema;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Spanner")
class SpannerTest {

    private final SpannerFixture fixture = new SpannerFixture();

    @AfterEach
    void asBefore() {
        SpannerFixture.stub().instead(null);
    }

    @Test
    @DisplayName("shows tables of all schemas, and keeps no session")
    void sessions() {
        try (ConnectorSession session = Connecting.open(fixture, Map.of())) {
            assertThat(session.probe()).isEqualTo("Spanner, database shop of main");
            assertThat(SpannerFixture.sessions()).hasSize(1);
            assertThat(session.readTables(10, read -> {}).tables())
                    .extracting(TableSchema::name)
                    .containsExactly("lines", "totals", "empty");
        }
        assertThat(SpannerFixture.sessions()).isEmpty();
    }

    @Test
    @DisplayName("works with an emulator, which gets no credentials")
    void emulator() {
        try (HttpStub emulator = new HttpStub(asked -> {
            assertThat(asked.header("Authorization")).isEmpty();
            return SpannerFixture.answer(asked);
        })) {
            assertThat(Connecting.tables(fixture, Map.of("emulator_host", "127.0.0.1:" + emulator.port())))
                    .hasSize(3);
        }
    }

    @ParameterizedTest(name = "{0} {1} is {2}")
    @CsvSource({
        "400, INVALID_ARGUMENT, FAILED",
        "401, UNAUTHENTICATED, WRONG_CREDENTIALS",
        "403, PERMISSION_DENIED, PERMISSION_DENIED",
        "404, NOT_FOUND, NO_SUCH_DATABASE",
        "429, RESOURCE_EXHAUSTED, FAILED",
        "503, UNAVAILABLE, FAILED"
    })
    @DisplayName("has its errors told by a code")
    void errors(int status, String name, FailureCode expected) {
        SpannerFixture.stub()
                .instead(asked -> asked.path().equals("/token")
                        ? Reply.json("{\"access_token\":\"" + GoogleStub.TOKEN + "\"}")
                        : GoogleStub.error(status, name, "Sorry"));
        ConnectorException failure = Connecting.failure(fixture, Map.of());
        assertThat(failure.failure()).isEqualTo(expected);
        assertThat(failure).hasMessageContaining("Sorry");
    }

    @ParameterizedTest
    @CsvSource({"instance, a/b", "instance, ..", "database, 'x?y=z'", "database, a:b", "project, a/b"})
    @DisplayName("takes no names that could lead elsewhere")
    void names(String field, String value) {
        assertThat(Connecting.failure(fixture, Map.of(field, value)).failure()).isEqualTo(FailureCode.INVALID_CONFIG);
    }

    @Test
    @DisplayName("gives hosts a client for SQL, which keeps no session either")
    void client() {
        try (ConnectorClient made =
                fixture.connector().client(Connecting.target(fixture, Map.of()), new ClientSettings("sp", 1))) {
            QueryClient client = (QueryClient) made.client();
            assertThat(client.query("select 1", Duration.ofSeconds(10)))
                    .isEqualTo(new QueryClient.Result(
                            List.of(new QueryClient.Column("x", "INT64")), List.of(List.of("1"))));
        }
        assertThat(SpannerFixture.sessions()).isEmpty();
    }
}
