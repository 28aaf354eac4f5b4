package dev.headwater.core.internal.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.crypto.tink.Aead;
import dev.headwater.core.DecryptionException;
import dev.headwater.core.EncryptionException;
import dev.headwater.core.EncryptionKeys;
import dev.headwater.core.MissingEncryptionKeyException;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.ErrorCategory;
import dev.headwater.spi.SealedSecret;
import dev.headwater.spi.SecretId;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.ValidationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The sealer")
class SecretSealerTest {

    private static final EnvironmentId ENVIRONMENT = EnvironmentId.of("production");
    private static final DataSourceId ORDERS = DataSourceId.of("orders-id");
    private static final SecretId ID = new SecretId("secret-1");

    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    @Test
    @DisplayName("reads what the first release wrote")
    void format() {
        SealedSecret stored = new SealedSecret(
                ENVIRONMENT,
                ID,
                ORDERS,
                "password",
                "2026-11",
                "AaChoqOkpaanqKmqq5bb2V4263V81Bfj8/flVE96orAE35wYkyDNsaJcCXJb7Q==");

        assertThat(with("2026-11", KEY).open(stored).reveal()).isEqualTo("påss wörd 🔑\n");
    }

    @Test
    @DisplayName("never writes the same text twice")
    void freshNonce() {
        SecretSealer sealer = with("k", KEY);

        assertThat(seal(sealer, "same").ciphertext())
                .isNotEqualTo(seal(sealer, "same").ciphertext());
    }

    @Test
    @DisplayName("keeps the longest literal secret within what a store must hold")
    void longest() {
        SecretSealer sealer = with("k", KEY);
        String value = "\uFFFD".repeat(SecretValue.MAX_LENGTH);

        assertThat(sealer.open(seal(sealer, value)).reveal()).isEqualTo(value);
    }

    @Test
    @DisplayName("names key, place and configured keys when the key is not there")
    void unknownKey() {
        SealedSecret sealed = seal(with("2025-01", KEY), Planted.SECRET);

        assertThatExceptionOfType(DecryptionException.class)
                .isThrownBy(() ->
                        with("2026-11", EncryptionKeys.generateKey().reveal()).open(sealed))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo("encryption-key-unknown");
                    assertThat(e.category()).isEqualTo(ErrorCategory.EXTERNAL);
                    assertThat(e.keyId()).isEqualTo("2025-01");
                    assertThat(e.environment()).isEqualTo(ENVIRONMENT);
                    assertThat(e.dataSource()).isEqualTo(ORDERS);
                    assertThat(e.field()).isEqualTo("password");
                    assertThat(e.configuredKeyIds()).containsExactly("2026-11");
                })
                .withMessageContainingAll("password", "orders-id", "production", "2025-01", "2026-11")
                .satisfies(Planted::notIn);
    }

    @Test
    @DisplayName("says that another key may have the id when the key refuses")
    void refused() {
        SealedSecret sealed = seal(with("k", KEY), Planted.SECRET);

        assertThatExceptionOfType(DecryptionException.class)
                .isThrownBy(
                        () -> with("k", EncryptionKeys.generateKey().reveal()).open(sealed))
                .satisfies(e -> assertThat(e.code()).isEqualTo("decryption-failed"))
                .withMessageContaining("not the one that encrypted it")
                .satisfies(Planted::notIn);
    }

    @Test
    @DisplayName("refuses what is no seal")
    void noSeal() {
        SecretSealer sealer = with("k", KEY);
        SealedSecret sealed = seal(sealer, "x");

        for (String text : new String[] {"plain text".replace(' ', '-'), "AQ==", "Ag==", "AQI=", "====", "A"}) {
            assertThatExceptionOfType(DecryptionException.class)
                    .isThrownBy(() -> sealer.open(SecretSealerPropertyTest.withText(sealed, text)))
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(DecryptionException.Reason.REFUSED));
        }
        assertThatExceptionOfType(DecryptionException.class)
                .isThrownBy(() -> sealer.open(SecretSealerPropertyTest.withText(sealed, "AgAA")))
                .withMessageContaining("its format is 2, known is 1");
    }

    @Test
    @DisplayName("refuses a value that UTF-8 cannot hold, instead of storing a question mark")
    void halfASurrogatePair() {
        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> seal(with("k", KEY), Planted.SECRET + "\uD800"))
                .satisfies(e -> assertThat(e.result().violations())
                        .singleElement()
                        .satisfies(violation -> assertThat(violation.field()).isEqualTo("password")))
                .satisfies(Planted::notIn);
    }

    @Test
    @DisplayName("without keys says how to configure one, and how to do without")
    void withoutKeys() {
        SecretSealer sealer = SecretSealer.withoutKeys();

        assertThatExceptionOfType(MissingEncryptionKeyException.class)
                .isThrownBy(() -> seal(sealer, Planted.SECRET))
                .withMessageContainingAll("password", "EncryptionKeys.builder()", "LinkedSecretRef")
                .satisfies(e -> assertThat(e.code()).isEqualTo("encryption-key-missing"))
                .satisfies(e -> assertThat(e.field()).isEqualTo("password"))
                .satisfies(Planted::notIn);
        assertThatExceptionOfType(DecryptionException.class)
                .isThrownBy(() -> sealer.open(seal(with("k", KEY), "x")))
                .withMessageContaining("configured: none");
        assertThat(sealer.primaryKeyId()).isEmpty();
    }

    @Test
    @DisplayName("for the life of a process draws its own key")
    void ephemeral() {
        SecretSealer sealer = SecretSealer.ephemeral();
        SealedSecret sealed = seal(sealer, "x");

        assertThat(sealer.open(sealed).reveal()).isEqualTo("x");
        assertThatExceptionOfType(DecryptionException.class)
                .isThrownBy(() -> SecretSealer.ephemeral().open(sealed));
    }

    @Test
    @DisplayName("tells the kinds, not the messages, of what a key management service throws")
    void failingKeyManagement() {
        GeneralSecurityException failure =
                new GeneralSecurityException(Planted.SECRET, new IOException("sent " + Planted.SECRET));
        SecretSealer failing = with("kms", new FailingKey(failure));

        assertThatExceptionOfType(EncryptionException.class)
                .isThrownBy(() -> seal(failing, Planted.SECRET))
                .withMessageContainingAll("kms", "password", "GeneralSecurityException, by IOException")
                .satisfies(e -> assertThat(e.code()).isEqualTo("encryption-failed"))
                .satisfies(e -> assertThat(e.keyId()).isEqualTo("kms"))
                .satisfies(e -> assertThat(e.dataSource()).isEqualTo(ORDERS))
                .satisfies(e -> assertThat(e.field()).isEqualTo("password"))
                .satisfies(Planted::notIn);
        SealedSecret stored = SecretSealerPropertyTest.withText(
                seal(with("kms", KEY), Planted.SECRET),
                seal(with("kms", KEY), Planted.SECRET).ciphertext());
        assertThatExceptionOfType(DecryptionException.class)
                .isThrownBy(() -> failing.open(stored))
                .withMessageContaining("GeneralSecurityException, by IOException")
                .satisfies(Planted::notIn);
    }

    @Test
    @DisplayName("survives a key that throws what it should not")
    void brokenKeyManagement() {
        Aead broken = new Aead() {
            @Override
            public byte[] encrypt(byte[] plaintext, byte[] associatedData) {
                throw new IllegalStateException(new String(plaintext, StandardCharsets.UTF_8));
            }

            @Override
            public byte[] decrypt(byte[] ciphertext, byte[] associatedData) {
                throw new IllegalStateException(Planted.SECRET);
            }
        };

        assertThatExceptionOfType(EncryptionException.class)
                .isThrownBy(() -> seal(with("k", broken), Planted.SECRET))
                .satisfies(Planted::notIn);
        SealedSecret stored = seal(with("k", KEY), Planted.SECRET);
        assertThatExceptionOfType(DecryptionException.class)
                .isThrownBy(() -> with("k", broken).open(stored))
                .satisfies(Planted::notIn);
    }

    private record FailingKey(GeneralSecurityException failure) implements Aead {

        @Override
        public byte[] encrypt(byte[] plaintext, byte[] associatedData) throws GeneralSecurityException {
            throw failure;
        }

        @Override
        public byte[] decrypt(byte[] ciphertext, byte[] associatedData) throws GeneralSecurityException {
            throw failure;
        }
    }

    private static SecretSealer with(String keyId, String key) {
        return SecretSealer.with(EncryptionKeys.builder().primary(keyId, key).build());
    }

    private static SecretSealer with(String keyId, Aead key) {
        return SecretSealer.with(EncryptionKeys.builder().primary(keyId, key).build());
    }

    private static SealedSecret seal(SecretSealer sealer, String value) {
        return sealer.seal(ENVIRONMENT, ORDERS, "password", ID, SecretValue.of(value));
    }
}
