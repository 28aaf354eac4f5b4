package dev.headwater.connectors.pgwire;

import dev.headwater.connectors.FixtureContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The CockroachDB connector")
class CockroachContractTest extends FixtureContract {

    CockroachContractTest() {
        super(new CockroachFixture());
    }
}
