package dev.headwater.connectors.mysql;

import dev.headwater.connectors.FixtureContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The MySQL connector")
class MysqlContractTest extends FixtureContract {

    MysqlContractTest() {
        super(new MysqlFixture());
    }
}
