package dev.headwater.spi;

/**
 * A literal secret as a store keeps it: encrypted, and of use only to who has the key and names the same environment,
 * data source and field again (they are bound in as associated data).
 *
 * @param environment the environment of the data source
 * @param id the secret's identity in the environment
 * @param dataSource whose secret it is
 * @param field the canonical key of the field
 * @param keyId which key sealed it, 1 to {@value #MAX_KEY_ID_LENGTH} characters
 * @param ciphertext Base64 of the sealed value, at most {@value #MAX_CIPHERTEXT_LENGTH} characters; not printed
 */
public record SealedSecret(
        EnvironmentId environment,
        SecretId id,
        DataSourceId dataSource,
        String field,
        String keyId,
        String ciphertext) {

    public static final int MAX_FIELD_LENGTH = 255;
    public static final int MAX_KEY_ID_LENGTH = 64;

    /** UTF-8 at three bytes a character at most, the seal's own bytes, and Base64's third on top. */
    public static final int MAX_CIPHERTEXT_LENGTH = 4 * SecretValue.MAX_LENGTH + 1_024;

    /** @throws IllegalArgumentException if a part is empty or too long */
    public SealedSecret {
        Checks.text("field", field, MAX_FIELD_LENGTH);
        Checks.identifier("key id", keyId, MAX_KEY_ID_LENGTH);
        Checks.identifier("ciphertext", ciphertext, MAX_CIPHERTEXT_LENGTH);
    }

    @Override
    public String toString() {
        return "SealedSecret[" + environment + "/" + dataSource + " " + field + ", id " + id + ", key " + keyId + "]";
    }
}
