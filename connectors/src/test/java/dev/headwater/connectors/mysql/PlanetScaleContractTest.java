package dev.headwater.connectors.mysql;

import dev.headwater.connectors.FixtureContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The PlanetScale connector")
class PlanetScaleContractTest extends FixtureContract {

    PlanetScaleContractTest() {
        super(new PlanetScaleFixture());
    }
}
