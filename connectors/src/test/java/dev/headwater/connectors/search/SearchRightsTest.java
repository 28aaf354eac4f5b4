package dev.headwater.connectors.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.connectors.Connectors;
import dev.headwater.connectors.SearchClient;
import dev.headwater.connectors.SearchClient.Answer;
import dev.headwater.connectors.Targets;
import dev.headwater.spi.ClientSettings;
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

@DisplayName("The rights of a user of Elasticsearch")
class SearchRightsTest {

    private static final String KIND = "elasticsearch";

    @BeforeAll
    static void fill() {
        new ElasticsearchFixture().workingConfig();
        SearchProcess.of(KIND).send("PUT", "/rights-others", "{}");
    }

    private static ConnectorSession open(Map<String, Object> config) {
        return Connectors.elasticsearch().open(Targets.target(KIND, config));
    }

    private static ConnectorSession open(String user) {
        return open(SearchProcess.of(KIND).config(user));
    }

    private static List<String> names(ConnectorSession session) {
        return session.readTables(1_000, count -> {}).tables().stream()
                .map(TableSchema::name)
                .toList();
    }

    @Test
    @DisplayName("need be no more than the connector says: to read indices and to see what they are like")
    void enough() {
        try (ConnectorSession session = open(ElasticsearchUsers.READER)) {
            assertThat(session.probe()).isEqualTo("elasticsearch");
            assertThat(names(session)).contains("contract-a", "rights-others");
        }
    }

    @Test
    @DisplayName("are named by the server where they do not suffice for the schema")
    void tooFew() {
        try (ConnectorSession session = open(ElasticsearchUsers.SEARCHER)) {
            assertThat(session.probe()).isEqualTo("elasticsearch");
            ConnectorException refusal = Targets.failure(() -> names(session));
            assertThat(refusal.failure()).isEqualTo(FailureCode.PERMISSION_DENIED);
            assertThat(refusal)
                    .hasMessageContaining("indices:admin/mappings/get")
                    .hasMessageContaining("for user [searcher]");
        }
    }

    @Test
    @DisplayName("hide from the schema what the user may not read, and a request for it is refused")
    void some() {
        try (ConnectorSession session = open(ElasticsearchUsers.GUEST)) {
            assertThat(session.probe()).isEqualTo("elasticsearch");
            assertThat(names(session)).contains("contract-a").doesNotContain("rights-others");
        }
        var target = Targets.target(KIND, SearchProcess.of(KIND).config(ElasticsearchUsers.GUEST));
        try (ConnectorClient client = Connectors.elasticsearch().client(target, new ClientSettings("guest", 1))) {
            SearchClient search = (SearchClient) client.client();
            assertThat(search.send("GET", "/contract-a/_search", null).status()).isEqualTo(200);
            Answer refused = search.send("GET", "/rights-others/_search", null);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.json()).contains("unauthorized for user [guest]");
            Answer missing = search.send("GET", "/contract-none/_search", null);
            assertThat(missing.status()).isEqualTo(404);
            assertThat(missing.json()).contains("index_not_found_exception");
        }
    }

    @Test
    @DisplayName(
            "are not those of an API key that is given as user and password: the server takes keys by another header")
    void apiKey() {
        SearchProcess server = SearchProcess.of(KIND);
        String key = server.send(
                SearchProcess.basic(ElasticsearchUsers.ADMINISTRATOR),
                "POST",
                "/_security/api_key",
                "{\"name\": \"rights\"}");
        String id = key.replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
        String secret = key.replaceAll(".*\"api_key\":\"([^\"]+)\".*", "$1");
        String encoded = key.replaceAll(".*\"encoded\":\"([^\"]+)\".*", "$1");
        assertThat(server.send("ApiKey " + encoded, "GET", "/_security/_authenticate", ""))
                .contains("\"authentication_type\":\"api_key\"");
        Map<String, Object> config = server.config(id);
        config.put("password", SecretValue.of(secret));
        ConnectorException refusal = Targets.failure(() -> open(config).close());
        assertThat(refusal.failure()).isEqualTo(FailureCode.WRONG_CREDENTIALS);
        assertThat(refusal).hasMessageNotContaining(secret);
    }
}
