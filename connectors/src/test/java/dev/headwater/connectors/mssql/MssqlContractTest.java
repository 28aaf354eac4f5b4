package dev.headwater.connectors.mssql;

import dev.headwater.connectors.FixtureContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The SQL Server connector")
class MssqlContractTest extends FixtureContract {

    MssqlContractTest() {
        super(new MssqlFixture());
    }
}
