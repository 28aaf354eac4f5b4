package dev.headwater.spi;

import org.jspecify.annotations.Nullable;

/** A secret store did not hand out a secret. Neither message nor cause holds any of its value. */
public final class SecretStoreException extends HeadwaterException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final String secretName;

    /**
     * @param reason what is wrong
     * @param secretName the name of the secret in its store
     * @param message a sentence that says what failed and what to do
     * @param cause the failure of the client, or null; only one that holds no secret
     */
    public SecretStoreException(Reason reason, String secretName, String message, @Nullable Throwable cause) {
        super(reason.code, ErrorCategory.EXTERNAL, message, cause);
        this.reason = reason;
        this.secretName = secretName;
    }

    /** {@return what is wrong} */
    public Reason reason() {
        return reason;
    }

    /** {@return the name of the secret in its store} */
    public String secretName() {
        return secretName;
    }

    /** Why a secret was not handed out. */
    public enum Reason {
        /** The store has no such secret, or no version of it. */
        NOT_FOUND("secret-not-found"),
        /** The store's credentials may not read it. */
        ACCESS_DENIED("secret-access-denied"),
        /** The store asks for fewer calls. */
        THROTTLED("secret-store-throttled"),
        /** The store cannot be reached, or does not answer in time. */
        UNAVAILABLE("secret-store-unavailable"),
        /** The secret, or its latest version, is disabled or about to be deleted. */
        DISABLED("secret-disabled"),
        /** The secret is there, and is not what the link says: no JSON, no such field, no text, no Base64. */
        UNUSABLE("secret-unusable"),
        /** The answer is not for the secret that was asked for, or is damaged. */
        WRONG_ANSWER("secret-store-wrong-answer");

        private final String code;

        Reason(String code) {
            this.code = code;
        }
    }
}
