package dev.headwater.connectors.aws;

import dev.headwater.connectors.FixtureContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The Athena connector")
class AthenaContractTest extends FixtureContract {

    AthenaContractTest() {
        super(new AthenaFixture());
    }
}
