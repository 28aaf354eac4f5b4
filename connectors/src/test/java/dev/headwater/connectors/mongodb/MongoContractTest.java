package dev.headwater.connectors.mongodb;

import dev.headwater.connectors.FixtureContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The MongoDB connector")
class MongoContractTest extends FixtureContract {

    MongoContractTest() {
        super(new MongoFixture());
    }
}
