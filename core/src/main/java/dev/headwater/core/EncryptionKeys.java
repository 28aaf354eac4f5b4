package dev.headwater.core;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import dev.headwater.spi.SealedSecret;
import dev.headwater.spi.SecretValue;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys that literal secrets are encrypted with: each has an id, and one is primary. The primary key seals; every key
 * opens what was sealed under its id. To rotate, make a new key primary, {@linkplain Builder#add add} the old one, let
 * the registry seal everything anew, and only then drop the old one.
 *
 * <p>A key is {@value #KEY_BYTES} random bytes for AES-256-GCM, or any Tink {@link Aead}, such as one that stands for a
 * key in a cloud's KMS. With AES-GCM each seal draws a random 96-bit nonce, so one key should seal no more than
 * 2<sup>32</sup> secrets (NIST SP 800-38D, section 8.3): far more than a registry ever holds.
 *
 * <p>Immutable, and safe for use by many threads. Prints key ids, never key bytes.
 */
public final class EncryptionKeys {

    /** The size of an AES-256 key. */
    public static final int KEY_BYTES = 32;

    private final String primaryKeyId;
    private final Map<String, Aead> keys;

    private EncryptionKeys(String primaryKeyId, Map<String, Aead> keys) {
        this.primaryKeyId = primaryKeyId;
        this.keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
    }

    /** Begins without keys. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * A new random key as Base64 text, for an environment variable or a secret manager. {@link SecretValue#reveal()}
     * gives the text; {@link Builder#primary(String, String)} takes it.
     */
    public static SecretValue generateKey() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return SecretValue.of(Base64.getEncoder().encodeToString(key));
    }

    /** {@return the id of the key that seals} */
    public String primaryKeyId() {
        return primaryKeyId;
    }

    /** {@return the ids of all keys, the primary one first} */
    public Set<String> keyIds() {
        return keys.keySet();
    }

    /** {@return the key with the id, if there is one} */
    public Optional<Aead> key(String keyId) {
        return Optional.ofNullable(keys.get(keyId));
    }

    /** The ids of the keys. */
    @Override
    public String toString() {
        return "EncryptionKeys[primary " + primaryKeyId + ", all " + keys.keySet() + "]";
    }

    /** Collects keys. What is wrong with them is told by {@link #build()}, all at once. Not for use by many threads. */
    public static final class Builder {

        private final Map<String, Aead> primary = new LinkedHashMap<>();
        private final Map<String, Aead> others = new LinkedHashMap<>();
        private final Map<String, byte[]> bytesById = new LinkedHashMap<>();
        private final List<String> problems = new ArrayList<>();

        private Builder() {}

        /**
         * Sets the key that seals, and opens what it sealed.
         *
         * @param keyId printable ASCII without spaces, 1 to 64 characters; stored with every secret, so it is for good
         * @param key {@value EncryptionKeys#KEY_BYTES} random bytes; copied
         */
        public Builder primary(String keyId, byte[] key) {
            put(primary, keyId, () -> aesGcm(keyId, key));
            return this;
        }

        /**
         * Sets the key that seals, and opens what it sealed.
         *
         * @param keyId as above
         * @param base64 {@value EncryptionKeys#KEY_BYTES} random bytes as Base64 (RFC 4648, section 4), as
         *     {@link EncryptionKeys#generateKey()} or {@code openssl rand -base64 32} writes them; white space around it
         *     does not matter. Null, which an environment variable that is not set gives, is told by {@link #build()}.
         */
        public Builder primary(String keyId, @Nullable String base64) {
            put(primary, keyId, () -> aesGcm(keyId, base64));
            return this;
        }

        /**
         * Sets the key that seals, and opens what it sealed.
         *
         * @param keyId as above
         * @param key encrypts with associated data; may block on I/O, and must be safe for use by many threads
         */
        public Builder primary(String keyId, Aead key) {
            put(primary, keyId, () -> key);
            return this;
        }

        /**
         * Adds a key that only opens what it sealed earlier.
         *
         * @param keyId the id under which it sealed
         * @param key {@value EncryptionKeys#KEY_BYTES} bytes; copied
         */
        public Builder add(String keyId, byte[] key) {
            put(others, keyId, () -> aesGcm(keyId, key));
            return this;
        }

        /**
         * Adds a key that only opens what it sealed earlier.
         *
         * @param keyId the id under which it sealed
         * @param base64 as for {@link #primary(String, String)}
         */
        public Builder add(String keyId, @Nullable String base64) {
            put(others, keyId, () -> aesGcm(keyId, base64));
            return this;
        }

        /**
         * Adds a key that only opens what it sealed earlier.
         *
         * @param keyId the id under which it sealed
         * @param key as for {@link #primary(String, Aead)}
         */
        public Builder add(String keyId, Aead key) {
            put(others, keyId, () -> key);
            return this;
        }

        /**
         * {@return the keys}
         *
         * @throws IllegalArgumentException if there is not exactly one primary key, or a key's id, size or text is wrong,
         *     or two keys have one id or the same bytes; tells all of that, and never a key
         */
        public EncryptionKeys build() {
            List<String> found = new ArrayList<>(problems);
            if (primary.isEmpty() && problems.isEmpty()) {
                found.add("no key is primary");
            }
            if (primary.size() > 1) {
                found.add("there must be one primary key, not " + primary.size() + ": " + primary.keySet());
            }
            if (!found.isEmpty()) {
                throw new IllegalArgumentException(
                        "encryption keys cannot be used:\n  - " + String.join("\n  - ", found));
            }
            Map<String, Aead> all = new LinkedHashMap<>(primary);
            all.putAll(others);
            return new EncryptionKeys(primary.keySet().iterator().next(), all);
        }

        private void put(Map<String, Aead> keys, String keyId, Supplier<@Nullable Aead> key) {
            if (!legalId(keyId)) {
                problems.add("a key id is 1 to " + SealedSecret.MAX_KEY_ID_LENGTH
                        + " characters of printable ASCII without spaces, and not a key itself");
            } else if (primary.containsKey(keyId) || others.containsKey(keyId)) {
                problems.add("two keys have the id " + keyId);
            } else {
                Aead usable = key.get();
                if (usable != null) {
                    keys.put(keyId, usable);
                }
            }
        }

        /** Refuses Base64 of a key's size: ids are printed and stored, and two texts are easily swapped. */
        private static boolean legalId(String keyId) {
            return !keyId.isEmpty()
                    && keyId.length() <= SealedSecret.MAX_KEY_ID_LENGTH
                    && keyId.chars().allMatch(c -> c > ' ' && c <= '~')
                    && base64(keyId).map(bytes -> bytes.length != KEY_BYTES).orElse(true);
        }

        private static Optional<byte[]> base64(String text) {
            try {
                return Optional.of(Base64.getDecoder().decode(text.strip()));
            } catch (IllegalArgumentException e) {
                // Its message tells a character of the text, which may be a key.
                return Optional.empty();
            }
        }

        private @Nullable Aead aesGcm(String keyId, @Nullable String base64) {
            if (base64 == null) {
                problems.add("key " + keyId + " has no value: is the variable that should hold it set?");
                return null;
            }
            Optional<byte[]> bytes = base64(base64);
            if (bytes.isEmpty()) {
                problems.add("key " + keyId + " is not Base64");
                return null;
            }
            return aesGcm(keyId, bytes.get());
        }

        private @Nullable Aead aesGcm(String keyId, byte[] key) {
            if (key.length != KEY_BYTES) {
                problems.add("key " + keyId + " has " + key.length + " bytes, expected " + KEY_BYTES
                        + " (AES-256); EncryptionKeys.generateKey() makes one");
                return null;
            }
            bytesById.forEach((other, bytes) -> {
                if (!other.equals(keyId) && MessageDigest.isEqual(bytes, key)) {
                    problems.add("keys " + other + " and " + keyId + " have the same bytes");
                }
            });
            bytesById.put(keyId, key.clone());
            try {
                return new AesGcmJce(key);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this JVM has no AES-256-GCM", e);
            }
        }
    }
}
