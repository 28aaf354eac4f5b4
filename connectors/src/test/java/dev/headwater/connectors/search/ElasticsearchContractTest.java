package dev.headwater.connectors.search;

import dev.headwater.connectors.FixtureContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The Elasticsearch connector")
class ElasticsearchContractTest extends FixtureContract {

    ElasticsearchContractTest() {
        super(new ElasticsearchFixture());
    }
}
