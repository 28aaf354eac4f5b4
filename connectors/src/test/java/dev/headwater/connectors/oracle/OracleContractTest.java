package dev.headwater.connectors.oracle;

import dev.headwater.connectors.FixtureContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The Oracle connector")
class OracleContractTest extends FixtureContract {

    OracleContractTest() {
        super(new OracleFixture());
    }
}
