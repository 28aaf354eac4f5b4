package dev.headwater.spi;

import org.jspecify.annotations.Nullable;

/** A reference to a secret that a secret store does not take. It was not sent anywhere. */
public final class SecretReferenceException extends HeadwaterException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final String reference;
    private final @Nullable String expected;

    /**
     * @param reason what is wrong
     * @param reference what was given
     * @param expected what the store would have taken (its account and region, project or vault), or null
     * @param message a sentence that says what is wrong and what to write instead
     */
    public SecretReferenceException(Reason reason, String reference, @Nullable String expected, String message) {
        super(reason.code, ErrorCategory.CALLER, message, null);
        this.reason = reason;
        this.reference = reference;
        this.expected = expected;
    }

    /** {@return what is wrong} */
    public Reason reason() {
        return reason;
    }

    /** {@return what was given} */
    public String reference() {
        return reference;
    }

    /** {@return what the store would have taken, or null if the reason is not the store} */
    public @Nullable String expected() {
        return expected;
    }

    /** Why a reference is refused. */
    public enum Reason {
        /** It is neither a legal name nor a full identifier of this kind of store. */
        MALFORMED("secret-reference-malformed"),
        /** It is the identifier of a secret in another account, region, project, location, vault or service. */
        WRONG_STORE("secret-reference-wrong-store"),
        /** It asks for a certain version; only the latest is read. */
        PINNED_VERSION("secret-reference-pinned-version"),
        /** No secret store of that name is registered, or no store takes the identifier. */
        UNKNOWN_STORE("secret-store-unknown");

        private final String code;

        Reason(String code) {
            this.code = code;
        }
    }
}
