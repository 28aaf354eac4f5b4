package dev.headwater.connectors.rest;

import dev.headwater.connectors.FixtureContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The Spanner connector")
class SpannerContractTest extends FixtureContract {

    SpannerContractTest() {
        super(new SpannerFixture());
    }
}
