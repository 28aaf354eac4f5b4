package dev.headwater.connectors.aws;

import dev.headwater.connectors.FixtureContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The DynamoDb connector")
class DynamoDbContractTest extends FixtureContract {

    DynamoDbContractTest() {
        super(new DynamoDbFixture());
    }
}
