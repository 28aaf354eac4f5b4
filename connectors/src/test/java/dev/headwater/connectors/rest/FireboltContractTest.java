package dev.headwater.connectors.rest;

import dev.headwater.connectors.FixtureContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The Firebolt connector")
class FireboltContractTest extends FixtureContract {

    FireboltContractTest() {
        super(new FireboltFixture());
    }
}
