package dev.headwater.connectors.rest;

import dev.headwater.connectors.FixtureContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The BigQuery connector")
class BigQueryContractTest extends FixtureContract {

    BigQueryContractTest() {
        super(new BigQueryFixture());
    }
}
