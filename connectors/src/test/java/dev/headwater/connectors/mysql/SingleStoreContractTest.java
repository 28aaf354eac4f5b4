package dev.headwater.connectors.mysql;

import dev.headwater.connectors.FixtureContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The SingleStore connector")
class SingleStoreContractTest extends FixtureContract {

    SingleStoreContractTest() {
        super(new SingleStoreFixture());
    }
}
