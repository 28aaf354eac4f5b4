package dev.headwater.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.core.KindCatalog;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.KindDefinition;
import dev.headwater.spi.ResolvedConfig;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The connectors and the kinds of the registry")
class KindAgreementTest {

    @Test
    @DisplayName("agree on the kinds that there are, and on which extra properties a kind may have")
    void extraProperties() {
        for (Connector connector : Connectors.all()) {
            for (String id : connector.kinds()) {
                KindDefinition kind = KindCatalog.standard().find(id).orElseThrow();
                Map<String, Object> config =
                        new HashMap<>(Map.of("host", "localhost", "database", "/tmp/x", "username", "app"));
                kind.extraProperties().forEach(key -> config.put(ResolvedConfig.EXTRA_PREFIX + key, "\u0001"));
                ConnectorException failure = Targets.failure(() -> connector.open(Targets.target(id, config)));
                assertThat(failure).hasMessageNotContaining("is not allowed");
                kind.extraProperties()
                        .forEach(key ->
                                assertThat(failure).hasMessageContaining("extraProperties." + key + " must match"));
            }
        }
    }
}
