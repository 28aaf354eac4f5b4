package dev.headwater.connectors.trino;

import dev.headwater.connectors.FixtureContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The Trino connector")
class TrinoContractTest extends FixtureContract {

    TrinoContractTest() {
        super(new TrinoFixture());
    }
}
