package dev.headwater.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Settings of the secret cache")
class SecretCacheSettingsTest {

    @Test
    @DisplayName("change one at a time")
    void withers() {
        SecretCacheSettings settings = SecretCacheSettings.defaults()
                .withFreshFor(Duration.ofSeconds(1))
                .withStaleFor(Duration.ZERO)
                .withMissingFor(Duration.ofMinutes(10))
                .withFetchTimeout(Duration.ofMillis(1))
                .withMaxSecrets(1);

        assertThat(settings)
                .isEqualTo(new SecretCacheSettings(
                        Duration.ofSeconds(1), Duration.ZERO, Duration.ofMinutes(10), Duration.ofMillis(1), 1));
    }

    @Test
    @DisplayName("that are out of their range are all named")
    void outOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SecretCacheSettings(
                        Duration.ofMillis(999),
                        Duration.ofDays(8),
                        Duration.ofSeconds(-1),
                        Duration.ofSeconds(Long.MAX_VALUE),
                        0))
                .withMessage("secret cache: freshFor must be PT1S to PT24H, is PT0.999S;"
                        + " staleFor must be PT0S to PT168H, is PT192H; missingFor must be PT0S to PT10M, is PT-1S;"
                        + " fetchTimeout must be PT0.001S to PT10M, is " + Duration.ofSeconds(Long.MAX_VALUE)
                        + "; maxSecrets must be at least 1, is 0");
    }
}
