package dev.headwater.connectors.kafka;

import dev.headwater.connectors.FixtureContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The Kafka connector")
class KafkaContractTest extends FixtureContract {

    KafkaContractTest() {
        super(new KafkaFixture());
    }
}
