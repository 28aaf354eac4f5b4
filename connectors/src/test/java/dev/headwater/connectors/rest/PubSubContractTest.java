package dev.headwater.connectors.rest;

import dev.headwater.connectors.FixtureContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The Pub/Sub connector")
class PubSubContractTest extends FixtureContract {

    PubSubContractTest() {
        super(new PubSubFixture());
    }
}
