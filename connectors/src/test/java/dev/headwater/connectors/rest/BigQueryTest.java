package dev.headwater.connectors.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.ServiceOptions;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.Dataset;
import dev.headwater.connectors.rest.HttpStub.Reply;
import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("BigQuery")
class BigQueryTest {

    private final BigQueryFixture fixture = new BigQueryFixture();
    private final HttpStub http = BigQueryStub.get().google().http();

    @AfterEach
    void asBefore() {
        http.instead(null);
    }

    private void api(Reply reply) {
        http.instead(asked ->
                asked.path().equals("/token") ? Reply.json("{\"access_token\":\"" + GoogleStub.TOKEN + "\"}") : reply);
    }

    @Test
    @DisplayName("shows all datasets of the project, each asked in its own location, over pages")
    void schema() {
        List<TableSchema> tables = Connecting.tables(fixture, Map.of());
        assertThat(tables)
                .extracting(TableSchema::schema, TableSchema::name, TableSchema::type)
                .containsExactly(
                        Assertions.tuple("sales", "events", TableType.TABLE),
                        Assertions.tuple("sales", "orders", TableType.TABLE),
                        Assertions.tuple("sales", "orders_external", TableType.FOREIGN_TABLE),
                        Assertions.tuple("sales", "totals", TableType.MATERIALIZED_VIEW),
                        Assertions.tuple("sales", "without_columns", TableType.TABLE),
                        Assertions.tuple("web", "hits", TableType.VIEW));
        assertThat(tables.get(4).columns()).isEmpty();
        assertThat(Connecting.tables(fixture, Map.of("dataset", "web"))).hasSize(1);
    }

    @Test
    @DisplayName("is asked for no more tables than wanted, and in no dataset after that")
    void bounded() {
        http.forget();
        try (ConnectorSession session = Connecting.open(fixture, Map.of())) {
            assertThat(session.readTables(2, read -> {}).truncated()).isTrue();
        }
        assertThat(http.asked())
                .filteredOn(
                        asked -> asked.method().equals("POST") && asked.path().endsWith("/queries"))
                .hasSize(1);
    }

    @Test
    @DisplayName("says what was asked, and that a dataset is elsewhere")
    void probe() {
        try (ConnectorSession session = Connecting.open(fixture, Map.of("dataset", "sales", "location", "eu"))) {
            assertThat(session.probe()).isEqualTo("BigQuery, dataset acme-data.sales");
        }
        ConnectorException elsewhere = Connecting.failure(fixture, Map.of("dataset", "sales", "location", "US"));
        assertThat(elsewhere.failure()).isEqualTo(FailureCode.NO_SUCH_DATABASE);
        assertThat(elsewhere).hasMessageContaining("is in EU, not in US");
    }

    @ParameterizedTest(name = "{0} {1} is {2}")
    @CsvSource({
        "400, invalid, FAILED",
        "401, authError, WRONG_CREDENTIALS",
        "403, accessDenied, PERMISSION_DENIED",
        "403, accessNotConfigured, PERMISSION_DENIED",
        "403, quotaExceeded, FAILED",
        "404, notFound, NO_SUCH_DATABASE",
        "429, rateLimitExceeded, FAILED",
        "500, backendError, FAILED",
        "503, backendError, FAILED"
    })
    @DisplayName("has its errors told by a code")
    void errors(int status, String reason, FailureCode expected) {
        api(BigQueryStub.error(status, reason, "Sorry " + GoogleStub.TOKEN));
        ConnectorException failure = Connecting.failure(fixture, Map.of());
        assertThat(failure.failure()).isEqualTo(expected);
        assertThat(failure).hasMessageContaining("Sorry").hasMessageNotContaining(GoogleStub.TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>hello</html>", "[]", "7", "{\"error\":", "{}"})
    @DisplayName("is not mistaken for something else that answers there")
    void strangers(String body) {
        for (int status : new int[] {200, 302, 404}) {
            http.instead(asked -> Reply.of(status, body));
            assertThat(Connecting.failure(fixture, Map.of()).failure()).isEqualTo(FailureCode.WRONG_SERVER);
        }
    }

    @Test
    @DisplayName("answers nonsense to a query without harm")
    void garbage() {
        http.instead(asked -> {
            if (asked.path().equals("/token")) {
                return Reply.json("{\"access_token\":\"" + GoogleStub.TOKEN + "\"}");
            }
            return Reply.json("{\"location\":\"EU\",\"jobComplete\":true,\"rows\":[{\"f\":[{\"v\":{}}]}]}");
        });
        try (ConnectorSession session = Connecting.open(fixture, Map.of("dataset", "sales"))) {
            assertThat(Connecting.failure(() -> session.readTables(9, read -> {}))
                            .failure())
                    .isEqualTo(FailureCode.WRONG_SERVER);
        }
    }

    @Test
    @DisplayName("sends a token with a line break nowhere")
    void strangeToken() {
        http.instead(asked -> Reply.json("{\"access_token\":\"a\\r\\nX-Other: b\"}"));
        assertThat(Connecting.failure(fixture, Map.of()).failure()).isEqualTo(FailureCode.WRONG_CREDENTIALS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"type\":\"service_account\"|\"type\":\"external_account\"|type service_account",
                "\"type\":\"service_account\"|\"type\":\"authorized_user\"|type service_account",
                "http://127.0.0.1:1/token|http://evil.example/token|token_uri",
                "http://127.0.0.1:1/token|file:///etc/passwd|token_uri",
                "\"universe_domain\":\"googleapis.com\"|\"universe_domain\":\"evil.example\"|universe_domain",
                "BEGIN PRIVATE KEY|BEGIN planted-secret KEY|private_key",
                "client_email|x|client_email"
            })
    @DisplayName("gets keys of service accounts only, and refuses the rest without repeating it")
    void credentials(String from, String to, String named) {
        String json = GoogleStub.account().replace(from, to);
        ConnectorException failure = Connecting.failure(fixture, Map.of("credentials_json", SecretValue.of(json)));
        assertThat(failure.failure()).isEqualTo(FailureCode.INVALID_CONFIG);
        assertThat(failure)
                .hasMessageContaining("credentials_json")
                .hasMessageContaining(named)
                .hasMessageNotContaining("planted")
                .hasMessageNotContaining("evil")
                .hasNoCause();
    }

    @ParameterizedTest
    @CsvSource({
        "project, a/../b",
        "project, ..",
        "project, a`b",
        "project, ''",
        "dataset, a`.b",
        "dataset, a.b",
        "dataset, 'a/b'",
        "location, 'US&x=1'",
        "location, ../EU"
    })
    @DisplayName("takes no names that could lead elsewhere")
    void names(String field, String value) {
        assertThat(Connecting.failure(fixture, Map.of(field, value)).failure()).isEqualTo(FailureCode.INVALID_CONFIG);
    }

    /** Without the retries that the vendor's client makes of itself. */
    private static BigQuery once(ConnectorClient made) {
        return ((BigQuery) made.client())
                .getOptions().toBuilder()
                        .setRetrySettings(ServiceOptions.getNoRetrySettings())
                        .build()
                        .getService();
    }

    @Test
    @DisplayName("hands out the vendor's client, which goes where the policy allows, and no longer when it is closed")
    void client() {
        ConnectorClient made =
                fixture.connector().client(Connecting.target(fixture, Map.of()), new ClientSettings("bq", 1));
        BigQuery client = once(made);
        List<String> names = new ArrayList<>();
        for (Dataset dataset : client.listDatasets().iterateAll()) {
            names.add(dataset.getDatasetId().getDataset());
        }
        assertThat(names).containsExactly("sales", "web");
        assertThat(made.inUse()).isZero();
        made.close();
        Assertions.assertThatThrownBy(client::listDatasets).isInstanceOf(BigQueryException.class);

        ConnectionTarget open = Connecting.target(fixture, Map.of());
        ConnectionTarget closed = new ConnectionTarget(
                open.kind(), open.config(), (host, address, port) -> false, open.timeout(), new Cancellation());
        try (ConnectorClient refused = fixture.connector().client(closed, new ClientSettings("bq", 1))) {
            BigQuery nowhere = once(refused);
            Assertions.assertThatThrownBy(nowhere::listDatasets)
                    .hasStackTraceContaining("the network policy does not allow");
        }
    }
}
