package dev.headwater.core;

import dev.headwater.spi.ErrorCategory;
import dev.headwater.spi.HeadwaterException;

/**
 * A literal secret was given, the store outlives the process, and no encryption key is configured. Nothing was stored:
 * a persistent store never holds a secret in the clear.
 */
public final class MissingEncryptionKeyException extends HeadwaterException {

    private static final long serialVersionUID = 1L;

    private final String field;

    /** @param field the canonical key of the field that was given a literal secret */
    public MissingEncryptionKeyException(String field) {
        super(
                "encryption-key-missing",
                ErrorCategory.CALLER,
                "field " + field + " was given a literal secret, and no encryption key is configured to store it with. "
                        + "Configure one (EncryptionKeys.builder().primary(\"2026-11\", "
                        + "System.getenv(\"HEADWATER_KEY\")).build(); EncryptionKeys.generateKey() makes a first key), "
                        + "or link the field to a secret manager (LinkedSecretRef)",
                null);
        this.field = field;
    }

    /** {@return the canonical key of the field that was given a literal secret} */
    public String field() {
        return field;
    }
}
