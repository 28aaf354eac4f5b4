package dev.headwater.connectors.search;

import dev.headwater.connectors.FixtureContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The OpenSearch connector")
class OpenSearchContractTest extends FixtureContract {

    OpenSearchContractTest() {
        super(new OpenSearchFixture());
    }
}
