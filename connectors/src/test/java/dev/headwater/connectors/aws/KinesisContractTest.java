package dev.headwater.connectors.aws;

import dev.headwater.connectors.FixtureContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The Kinesis connector")
class KinesisContractTest extends FixtureContract {

    KinesisContractTest() {
        super(new KinesisFixture());
    }
}
