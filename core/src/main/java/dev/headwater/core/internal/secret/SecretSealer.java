package dev.headwater.core.internal.secret;

import com.google.crypto.tink.Aead;
import dev.headwater.core.DecryptionException;
import dev.headwater.core.EncryptionException;
import dev.headwater.core.EncryptionKeys;
import dev.headwater.core.MissingEncryptionKeyException;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.SealedSecret;
import dev.headwater.spi.SecretId;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.ValidationException;
import dev.headwater.spi.ValidationResult;
import dev.headwater.spi.Violation;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts literal secrets and opens them again. The place of a secret (environment, data source, field), its id and the
 * key's id are bound in as associated data: a ciphertext that was copied to another row does not open there.
 *
 * <p>A sealed text is Base64 of one format byte and what the key made of the value's UTF-8 bytes. Safe for use by many
 * threads; blocks if a key does.
 */
public final class SecretSealer {

    /** The first byte of what is sealed, and of the associated data. A new format gets a new number, and reads the old. */
    private static final byte FORMAT = 1;

    private final @Nullable EncryptionKeys keys;

    private SecretSealer(@Nullable EncryptionKeys keys) {
        this.keys = keys;
    }

    /** Seals with the primary key, opens with all. */
    public static SecretSealer with(EncryptionKeys keys) {
        return new SecretSealer(keys);
    }

    /** Seals with a random key that ends with the process: for stores that do so, too. */
    public static SecretSealer ephemeral() {
        return new SecretSealer(EncryptionKeys.builder()
                .primary("ephemeral", EncryptionKeys.generateKey().reveal())
                .build());
    }

    /** Seals nothing and opens nothing: for persistent stores as long as no key is configured. */
    public static SecretSealer withoutKeys() {
        return new SecretSealer(null);
    }

    /** {@return the id of the key that seals, if there is one} */
    public Optional<String> primaryKeyId() {
        return Optional.ofNullable(keys).map(EncryptionKeys::primaryKeyId);
    }

    /**
     * {@return the value, sealed for that place}
     *
     * @throws MissingEncryptionKeyException if there is no key
     * @throws ValidationException if the value is no Unicode text
     * @throws EncryptionException if the key does not do its work
     */
    public SealedSecret seal(
            EnvironmentId environment, DataSourceId dataSource, String field, SecretId id, SecretValue value) {
        if (keys == null) {
            throw new MissingEncryptionKeyException(field);
        }
        String keyId = keys.primaryKeyId();
        byte[] plain = utf8(field, value);
        byte[] place = place(environment, dataSource, field, id, keyId);
        byte[] sealed;
        try {
            sealed = keys.key(keyId).orElseThrow().encrypt(plain, place);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new EncryptionException(keyId, dataSource, field, kinds(e));
        }
        byte[] text =
                ByteBuffer.allocate(1 + sealed.length).put(FORMAT).put(sealed).array();
        return new SealedSecret(
                environment, id, dataSource, field, keyId, Base64.getEncoder().encodeToString(text));
    }

    /**
     * {@return the value that was sealed}
     *
     * @throws DecryptionException if its key is not there or refuses it, or it is damaged, or not where it was sealed for
     */
    public SecretValue open(SealedSecret secret) {
        List<String> keyIds = keys == null ? List.of() : List.copyOf(keys.keyIds());
        Aead key = keys == null ? null : keys.key(secret.keyId()).orElse(null);
        if (key == null) {
            throw DecryptionException.unknownKey(secret, keyIds);
        }
        byte[] text = canonicalBase64(secret.ciphertext());
        if (text.length == 0) {
            throw DecryptionException.refused(secret, keyIds, "it is not Base64");
        }
        if (text[0] != FORMAT) {
            throw DecryptionException.refused(secret, keyIds, "its format is " + text[0] + ", known is " + FORMAT);
        }
        byte[] sealed = Arrays.copyOfRange(text, 1, text.length);
        byte[] place = place(secret.environment(), secret.dataSource(), secret.field(), secret.id(), secret.keyId());
        try {
            return SecretValue.of(StrictUtf8.decode(key.decrypt(sealed, place)));
        } catch (GeneralSecurityException | CharacterCodingException | RuntimeException e) {
            throw DecryptionException.refused(secret, keyIds, kinds(e));
        }
    }

    private static byte[] utf8(String field, SecretValue value) {
        try {
            return StrictUtf8.encode(value.reveal());
        } catch (CharacterCodingException e) {
            throw new ValidationException(
                    "the secret in field " + field,
                    new ValidationResult(
                            List.of(Violation.of(
                                    field,
                                    "not-unicode",
                                    "field " + field + " holds half a surrogate pair, expected Unicode text")),
                            List.of()));
        }
    }

    /** The bytes, or none: the JDK's decoder lets several texts stand for the same bytes, and only one of them was sealed. */
    private static byte[] canonicalBase64(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            return Base64.getEncoder().encodeToString(bytes).equals(text) ? bytes : new byte[0];
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    /** Each part goes in with its length, so that no two places give the same bytes. */
    private static byte[] place(
            EnvironmentId environment, DataSourceId dataSource, String field, SecretId id, String keyId) {
        List<String> parts = List.of(environment.value(), dataSource.value(), field, id.value(), keyId);
        int size = 1;
        for (String part : parts) {
            size += Integer.BYTES + part.length() * Character.BYTES;
        }
        ByteBuffer place = ByteBuffer.allocate(size).put(FORMAT);
        for (String part : parts) {
            place.putInt(part.length());
            for (int i = 0; i < part.length(); i++) {
                place.putChar(part.charAt(i));
            }
        }
        return place.array();
    }

    /** The kinds of an exception and its causes: their messages may hold a secret. */
    private static String kinds(Throwable failure) {
        StringBuilder kinds = new StringBuilder(failure.getClass().getSimpleName());
        Throwable cause = failure.getCause();
        for (int depth = 1; cause != null && depth < 5; depth++) {
            kinds.append(", by ").append(cause.getClass().getSimpleName());
            cause = cause.getCause();
        }
        return kinds.toString();
    }
}
