package dev.headwater.connectors.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.connectors.internal.aws.AwsKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A token for Amazon MSK")
class MskTokenTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "b-1.orders.a1b2c3.c2.kafka.eu-west-1.amazonaws.com, true",
        "B-1-public.orders.a1b2c3.c2.kafka.eu-west-1.amazonaws.com, true",
        "boot-x1.c2.kafka-serverless.eu-west-1.amazonaws.com, true",
        "b-1.orders.a1b2c3.c2.kafka.us-east-1.amazonaws.com, false",
        "kafka.eu-west-1.amazonaws.com, false",
        "b-1.kafka.eu-west-1.amazonaws.com.evil.example, false",
        "b-1.kafka.eu-west-1xamazonaws.com, false",
        "b-1.xkafka.eu-west-1.amazonaws.com, false",
        "10.0.0.1, false"
    })
    @DisplayName("is for its brokers only")
    void brokers(String host, boolean expected) {
        assertThat(MskToken.isBroker(host, "eu-west-1")).isEqualTo(expected);
    }

    @Test
    @DisplayName("is a signed URL in Base64 that Kafka takes as a token, with the session of a role in it")
    void form() {
        AwsKey key = new AwsKey("AKIDEXAMPLE", "planted", Optional.of("session+/=="));
        String token = MskToken.of("eu-west-1", key, Instant.parse("2026-01-02T03:04:05Z"));
        assertThat(token).matches("[A-Za-z0-9_-]+");
        assertThat(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8))
                .startsWith("https://kafka.eu-west-1.amazonaws.com/?Action=kafka-cluster%3AConnect&")
                .contains(
                        "&X-Amz-Credential=AKIDEXAMPLE%2F20260102%2Feu-west-1%2Fkafka-cluster%2Faws4_request&",
                        "&X-Amz-Date=20260102T030405Z&X-Amz-Expires=900&X-Amz-Security-Token=session%2B%2F%3D%3D&")
                .doesNotContain("planted");
    }
}
