package dev.headwater.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A message of a preview")
class PreviewMessageTest {

    private static PreviewMessage message(byte[] value) {
        return new PreviewMessage("clicks", "3", "17", new byte[] {1}, value, Instant.EPOCH);
    }

    @Test
    @DisplayName("cannot be changed from outside")
    void immutable() {
        byte[] given = {1, 2};
        PreviewMessage message = message(given);
        given[0] = 9;
        message.value().orElseThrow()[1] = 9;
        assertThat(message.value()).contains(new byte[] {1, 2});
        assertThat(message).isEqualTo(message(new byte[] {1, 2})).hasSameHashCodeAs(message(new byte[] {1, 2}));
        assertThat(message).isNotEqualTo(message(given)).isNotEqualTo(message(null));
    }

    @Test
    @DisplayName("may have neither partition nor key nor value nor time, and prints without what it holds")
    void bare() {
        PreviewMessage bare = new PreviewMessage("clicks", null, "id-1", null, null, null);
        assertThat(bare.partition()).isEmpty();
        assertThat(bare.key()).isEmpty();
        assertThat(bare.value()).isEmpty();
        assertThat(bare.timestamp()).isEmpty();
        assertThat(bare.size()).isZero();
        assertThat(message(new byte[] {65, 66})).hasToString("PreviewMessage[clicks/3@17, 3 bytes]");
    }
}
