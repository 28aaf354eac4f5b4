package dev.headwater.connectors.files;

import dev.headwater.connectors.FixtureContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The connector of CSV files")
class CsvContractTest extends FixtureContract {

    CsvContractTest() {
        super(new CsvFixture());
    }
}
