package dev.headwater.connectors;

import org.junit.jupiter.api.DisplayName;

@DisplayName("The DuckDB connector")
class DuckDbContractTest extends FixtureContract {

    DuckDbContractTest() {
        super(new DuckDbFixture());
    }
}
