package dev.headwater.connectors.snowflake;

import dev.headwater.connectors.FixtureContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The Snowflake connector")
class SnowflakeContractTest extends FixtureContract {

    SnowflakeContractTest() {
        super(new SnowflakeFixture());
    }
}
