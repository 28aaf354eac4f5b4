package dev.headwater.connectors.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.headwater.connectors.Connectors;
import dev.headwater.connectors.SearchClient;
import dev.headwater.connectors.SearchClient.Answer;
import dev.headwater.connectors.Targets;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.TableSchema;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The rights of a user of a search server")
class SearchRightsTest {

    @BeforeAll
    static void fill() {
        for (SearchFixture fixture : List.of(new ElasticsearchFixture(), new OpenSearchFixture())) {
            fixture.workingConfig();
            SearchProcess.of(fixture.kind()).send("PUT", "/rights-others", "{}");
        }
    }

    private static Connector connector(String kind) {
        return kind.equals("opensearch") ? Connectors.opensearch() : Connectors.elasticsearch();
    }

    private static ConnectorSession open(String kind, Map<String, Object> config) {
        return connector(kind).open(Targets.target(kind, config));
    }

    private static ConnectorSession open(String kind, String user) {
        return open(kind, SearchProcess.of(kind).config(user));
    }

    private static List<String> names(ConnectorSession session) {
        return session.readTables(1_000, count -> {}).tables().stream()
                .map(TableSchema::name)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"elasticsearch", "opensearch"})
    @DisplayName("need be no more than the connector says: to read indices and to see what they are like")
    void enough(String kind) {
        try (ConnectorSession session = open(kind, SearchUsers.READER)) {
            assertThat(session.probe()).isEqualTo(kind);
            assertThat(names(session)).contains("contract-a", "rights-others");
        }
    }

    @ParameterizedTest
    @CsvSource({"elasticsearch,view_index_metadata", "opensearch,indices:admin/mappings/get"})
    @DisplayName("are named where they do not suffice for the schema: by the server, and in its words by the hint")
    void tooFew(String kind, String right) {
        try (ConnectorSession session = open(kind, SearchUsers.SEARCHER)) {
            assertThat(session.probe()).isEqualTo(kind);
            ConnectorException refusal = Targets.failure(() -> names(session));
            assertThat(refusal.failure()).isEqualTo(FailureCode.PERMISSION_DENIED);
            assertThat(refusal)
                    .hasMessageContaining("indices:admin/mappings/get")
                    .hasMessageContaining(SearchUsers.SEARCHER);
            assertThat(refusal.hint()).contains(right);
        }
    }

    @Test
    @DisplayName("hide from the schema what the user may not read, with Elasticsearch")
    void some() {
        try (ConnectorSession session = open("elasticsearch", SearchUsers.GUEST)) {
            assertThat(session.probe()).isEqualTo("elasticsearch");
            assertThat(names(session)).contains("contract-a").doesNotContain("rights-others");
        }
    }

    @Test
    @DisplayName("must be for all indices with OpenSearch, which refuses to look at all to whoever may read some")
    void all() {
        try (ConnectorSession session = open("opensearch", SearchUsers.GUEST)) {
            for (ConnectorException refusal :
                    List.of(Targets.failure(session::probe), Targets.failure(() -> names(session)))) {
                assertThat(refusal.failure()).isEqualTo(FailureCode.PERMISSION_DENIED);
                assertThat(refusal.hint()).contains("on all indices");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"elasticsearch", "opensearch"})
    @DisplayName("are asked for by each request of a client, whose refusal the host gets as it is")
    void requests(String kind) {
        var target = Targets.target(kind, SearchProcess.of(kind).config(SearchUsers.GUEST));
        try (ConnectorClient client = connector(kind).client(target, new ClientSettings("guest", 1))) {
            SearchClient search = (SearchClient) client.client();
            assertThat(search.send("GET", "/contract-a/_search", null).status()).isEqualTo(200);
            Answer refused = search.send("GET", "/rights-others/_search", null);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.json()).contains("indices:data/read/search");
            Answer missing = search.send("GET", "/contract-none/_search", null);
            assertThat(missing.status()).isEqualTo(404);
            assertThat(missing.json()).contains("index_not_found_exception");
        }
    }

    @Test
    @DisplayName(
            "are not those of an API key given as user and password: Elasticsearch takes keys by another header only")
    void apiKey() {
        SearchProcess server = SearchProcess.of("elasticsearch");
        String made = server.send(SearchProcess.ADMINISTRATOR, "POST", "/_security/api_key", "{\"name\": \"rights\"}");
        JsonObject key = JsonParser.parseString(made).getAsJsonObject();
        String secret = key.get("api_key").getAsString();
        String header = "ApiKey " + key.get("encoded").getAsString();
        assertThat(server.send(header, "GET", "/_security/_authenticate", ""))
                .contains("\"authentication_type\":\"api_key\"");
        Map<String, Object> config = server.config(key.get("id").getAsString());
        config.put("password", SecretValue.of(secret));
        ConnectorException refusal =
                Targets.failure(() -> open("elasticsearch", config).close());
        assertThat(refusal.failure()).isEqualTo(FailureCode.WRONG_CREDENTIALS);
        assertThat(refusal).hasMessageNotContaining(secret);
    }
}
