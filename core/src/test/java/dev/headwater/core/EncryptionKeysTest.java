package dev.headwater.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.crypto.tink.Aead;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Encryption keys")
class EncryptionKeysTest {

    private static final byte[] PLAIN = "plain".getBytes(StandardCharsets.UTF_8);
    private static final byte[] PLACE = "place".getBytes(StandardCharsets.UTF_8);

    @Test
    @DisplayName("have the primary one first and are found by id")
    void order() {
        EncryptionKeys keys = EncryptionKeys.builder()
                .add("2025-01", key(1))
                .primary("2026-11", key(2))
                .build();

        assertThat(keys.primaryKeyId()).isEqualTo("2026-11");
        assertThat(keys.keyIds()).containsExactly("2026-11", "2025-01");
        assertThat(keys.key("2025-01")).isPresent();
        assertThat(keys.key("2024")).isEmpty();
    }

    @Test
    @DisplayName("are the same key as bytes and as Base64 text, with white space around it")
    void base64() throws Exception {
        String text = EncryptionKeys.generateKey().reveal();
        Aead fromText = EncryptionKeys.builder()
                .primary("k", text + "\n")
                .build()
                .key("k")
                .orElseThrow();
        Aead fromBytes = EncryptionKeys.builder()
                .primary("k", Base64.getDecoder().decode(text))
                .build()
                .key("k")
                .orElseThrow();

        assertThat(fromBytes.decrypt(fromText.encrypt(PLAIN, PLACE), PLACE)).isEqualTo(PLAIN);
    }

    @Test
    @DisplayName("are random, and hidden until revealed")
    void generated() {
        assertThat(EncryptionKeys.generateKey()).isNotEqualTo(EncryptionKeys.generateKey());
        assertThat(EncryptionKeys.generateKey()).hasToString("[secret]");
    }

    @Test
    @DisplayName("do not change when the array that was given is wiped")
    void copied() throws Exception {
        byte[] bytes = key(7);
        EncryptionKeys keys = EncryptionKeys.builder().primary("k", bytes).build();
        Arrays.fill(bytes, (byte) 0);
        EncryptionKeys again = EncryptionKeys.builder().primary("k", key(7)).build();

        byte[] sealed = keys.key("k").orElseThrow().encrypt(PLAIN, PLACE);

        assertThat(again.key("k").orElseThrow().decrypt(sealed, PLACE)).isEqualTo(PLAIN);
    }

    @Test
    @DisplayName("tell all that is wrong with them at once")
    void problems() {
        EncryptionKeys.Builder builder = EncryptionKeys.builder()
                .primary("short", new byte[16])
                .add("unset", (String) null)
                .add("text", "not base64!")
                .add("twice", key(1))
                .add("twice", key(2))
                .add("same", key(1))
                .add("with space", key(3));

        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessageContainingAll(
                        "key short has 16 bytes, expected 32",
                        "key unset has no value",
                        "key text is not Base64",
                        "two keys have the id twice",
                        "keys twice and same have the same bytes",
                        "printable ASCII without spaces");
    }

    @Test
    @DisplayName("need one primary key, not none and not two")
    void onePrimary() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EncryptionKeys.builder().add("a", key(1)).build())
                .withMessageContaining("no key is primary");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EncryptionKeys.builder()
                        .primary("a", key(1))
                        .primary("b", key(2))
                        .build())
                .withMessageContaining("one primary key, not 2: [a, b]");
    }

    @Test
    @DisplayName("are printed as ids, also when id and text were swapped")
    void neverPrinted() {
        String text = EncryptionKeys.generateKey().reveal();
        EncryptionKeys keys = EncryptionKeys.builder().primary("2026-11", text).build();
        assertThat(keys).hasToString("EncryptionKeys[primary 2026-11, all [2026-11]]");

        EncryptionKeys.Builder swapped = EncryptionKeys.builder().primary(text, "2026-11");
        assertThatIllegalArgumentException()
                .isThrownBy(swapped::build)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(text))
                .withNoCause();

        EncryptionKeys.Builder damaged = EncryptionKeys.builder().primary("k", text + "-" + text);
        assertThatIllegalArgumentException()
                .isThrownBy(damaged::build)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(text))
                .withNoCause();
    }

    private static byte[] key(int fill) {
        byte[] key = new byte[EncryptionKeys.KEY_BYTES];
        Arrays.fill(key, (byte) fill);
        return key;
    }
}
