package dev.headwater.connectors.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.connectors.Connectors;
import dev.headwater.connectors.SearchClient;
import dev.headwater.connectors.SearchClient.Answer;
import dev.headwater.connectors.Targets;
import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.NetworkPolicy;
import dev.headwater.spi.ResolvedConfig;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The client of a search source")
class SearchClientTest {

    private static ConnectorClient client(String kind, Map<String, Object> config, NetworkPolicy policy) {
        var target = new ConnectionTarget(
                kind, ResolvedConfig.of(config), policy, Duration.ofSeconds(20), new Cancellation());
        var connector = kind.equals("opensearch") ? Connectors.opensearch() : Connectors.elasticsearch();
        return connector.client(target, new ClientSettings("search", 2));
    }

    private static ConnectorClient client(String kind) {
        return client(kind, SearchProcess.of(kind).config(), NetworkPolicy.refuseLinkLocal());
    }

    @ParameterizedTest
    @ValueSource(strings = {"elasticsearch", "opensearch"})
    @DisplayName("sends what the host says, logged in, and gives every answer as it is")
    void works(String kind) {
        try (ConnectorClient client = client(kind)) {
            SearchClient search = (SearchClient) client.client();
            assertThat(search.send("PUT", "/client", "{}").status()).isEqualTo(200);
            String lines = "{\"index\":{\"_id\":\"1\"}}\n{\"name\":\"ä\"}\n";
            assertThat(search.send("POST", "/client/_bulk?refresh=true", lines).json())
                    .contains("\"errors\":false");
            Answer found = search.send("POST", "/client/_search", "{\"query\":{\"match\":{\"name\":\"ä\"}}}");
            assertThat(found.json()).contains("\"_id\":\"1\"");
            assertThat(found).hasToString("Answer[200]");
            assertThat(search.send("GET", "/client/_doc/2", null).status()).isEqualTo(404);
            assertThat(search.send("HEAD", "/client", null)).isEqualTo(new Answer(200, ""));
            assertThat(search.send("DELETE", "/client", null).status()).isEqualTo(200);
            assertThat(client.inUse()).isZero();
            client.retire();
            assertThat(Targets.failure(() -> search.send("GET", "/", null)).failure())
                    .isEqualTo(FailureCode.CANCELLED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "//evil.example.com/", "http://evil.example.com/", "/\\evil.example.com", "\\"})
    @DisplayName("sends nothing to another server, whatever the path is")
    void paths(String path) {
        try (ConnectorClient client = client("elasticsearch")) {
            SearchClient search = (SearchClient) client.client();
            assertThatThrownBy(() -> search.send("GET", path, null))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("one slash");
            assertThatThrownBy(() -> search.send("TRACE", "/", null)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    @DisplayName("goes nowhere where the policy does not allow it, and says so")
    void policy() {
        Map<String, Object> config = SearchProcess.of("elasticsearch").config();
        try (ConnectorClient client = client("elasticsearch", config, (host, address, port) -> false)) {
            SearchClient search = (SearchClient) client.client();
            assertThat(Targets.failure(() -> search.send("GET", "/", null)).failure())
                    .isEqualTo(FailureCode.DESTINATION_REFUSED);
        }
    }
}
