package dev.headwater.core;

import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.ErrorCategory;
import dev.headwater.spi.HeadwaterException;
import dev.headwater.spi.SealedSecret;
import java.util.Collection;
import java.util.List;

/**
 * A literal secret could not be decrypted: its key is not configured, or the key refused it because it is another key of
 * the same id, or the ciphertext is damaged or was moved here from elsewhere. Nothing of the secret was read. Has no
 * cause.
 */
public final class DecryptionException extends HeadwaterException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final transient SealedSecret secret;
    private final List<String> configuredKeyIds;

    private DecryptionException(Reason reason, SealedSecret secret, Collection<String> configuredKeyIds, String why) {
        super(
                reason.code,
                ErrorCategory.EXTERNAL,
                "the secret in field " + secret.field() + " of data source " + secret.dataSource() + " in environment "
                        + secret.environment() + " " + why,
                null);
        this.reason = reason;
        this.secret = secret;
        this.configuredKeyIds = List.copyOf(configuredKeyIds);
    }

    /** The key that sealed the secret is not there. */
    public static DecryptionException unknownKey(SealedSecret secret, Collection<String> configuredKeyIds) {
        return new DecryptionException(
                Reason.UNKNOWN_KEY,
                secret,
                configuredKeyIds,
                "was encrypted with key " + secret.keyId() + ", which is not configured (configured: "
                        + (configuredKeyIds.isEmpty() ? "none" : String.join(", ", configuredKeyIds))
                        + "); add that key to EncryptionKeys, or set the secret anew");
    }

    /**
     * The key that has the id did not take it, or what is stored is not what a seal looks like.
     *
     * @param detail what happened, without any secret
     */
    public static DecryptionException refused(SealedSecret secret, Collection<String> configuredKeyIds, String detail) {
        return new DecryptionException(
                Reason.REFUSED,
                secret,
                configuredKeyIds,
                "cannot be decrypted with key " + secret.keyId() + " (" + detail
                        + "): the key of that id is not the one that encrypted it, or what is stored was damaged or moved; "
                        + "check the key, or set the secret anew");
    }

    /** {@return why} */
    public Reason reason() {
        return reason;
    }

    /** {@return the id of the key that sealed the secret} */
    public String keyId() {
        return secret.keyId();
    }

    /** {@return the environment of the data source} */
    public EnvironmentId environment() {
        return secret.environment();
    }

    /** {@return the data source whose secret it is} */
    public DataSourceId dataSource() {
        return secret.dataSource();
    }

    /** {@return the canonical key of the field} */
    public String field() {
        return secret.field();
    }

    /** {@return the ids of the keys that are configured, the primary one first} */
    public List<String> configuredKeyIds() {
        return configuredKeyIds;
    }

    /** Why a secret was not decrypted. */
    public enum Reason {
        /** No key of that id is configured. */
        UNKNOWN_KEY("encryption-key-unknown"),
        /** The key refused it, or is not to be had (a KMS), or what is stored is no seal. */
        REFUSED("decryption-failed");

        private final String code;

        Reason(String code) {
            this.code = code;
        }
    }
}
