package dev.headwater.connectors.clickhouse;

import dev.headwater.connectors.FixtureContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The ClickHouse connector")
class ClickhouseContractTest extends FixtureContract {

    ClickhouseContractTest() {
        super(new ClickhouseFixture());
    }
}
