package dev.headwater.connectors.aws;

import dev.headwater.connectors.FixtureContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The S3 connector")
class S3ContractTest extends FixtureContract {

    S3ContractTest() {
        super(new S3Fixture());
    }
}
