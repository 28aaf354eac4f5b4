package dev.headwater.connectors.rest;

import dev.headwater.connectors.FixtureContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The Databricks connector")
class DatabricksContractTest extends FixtureContract {

    DatabricksContractTest() {
        super(new DatabricksFixture());
    }
}
