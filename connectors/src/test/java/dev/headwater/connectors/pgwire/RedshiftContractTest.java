package dev.headwater.connectors.pgwire;

import dev.headwater.connectors.FixtureContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The Amazon Redshift connector")
class RedshiftContractTest extends FixtureContract {

    RedshiftContractTest() {
        super(new RedshiftFixture());
    }
}
