package dev.headwater.connectors.rest;

import dev.headwater.connectors.FixtureContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The PostHog connector")
class PostHogContractTest extends FixtureContract {

    PostHogContractTest() {
        super(new PostHogFixture());
    }
}
