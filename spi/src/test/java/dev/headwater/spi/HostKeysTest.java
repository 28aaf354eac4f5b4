package dev.headwater.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Keys of SSH servers")
class HostKeysTest {

    private static final String ONE = "SHA256:" + "a".repeat(43);
    private static final String OTHER = "SHA256:" + "b".repeat(43);

    @Test
    @DisplayName("that are trusted on first use are so for one server, and no other key is after that")
    void firstUse() {
        HostKeys keys = HostKeys.trustOnFirstUse();
        assertThat(keys.trusts("bastion", 22, ONE)).isTrue();
        assertThat(keys.trusts("bastion", 22, ONE)).isTrue();
        assertThat(keys.trusts("bastion", 22, OTHER)).isFalse();
        assertThat(keys.trusts("bastion", 2222, OTHER)).isTrue();
        assertThat(HostKeys.trustOnFirstUse().trusts("bastion", 22, OTHER)).isTrue();
    }

    @Test
    @DisplayName("that are pinned are trusted, and no others")
    void pinned() {
        HostKeys keys = HostKeys.pinned(Map.of("bastion:22", Set.of(ONE)));
        assertThat(keys.trusts("bastion", 22, ONE)).isTrue();
        assertThat(keys.trusts("bastion", 22, OTHER)).isFalse();
        assertThat(keys.trusts("bastion", 2222, ONE)).isFalse();
        assertThat(keys.trusts("elsewhere", 22, ONE)).isFalse();
    }

    @Test
    @DisplayName("are pinned only as they are printed")
    void malformed() {
        assertThatThrownBy(() -> HostKeys.pinned(Map.of("bastion", Set.of(ONE))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("host:port");
        assertThatThrownBy(() -> HostKeys.pinned(Map.of("bastion:22", Set.of("16:27:ac:a5"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SHA256");
    }
}
