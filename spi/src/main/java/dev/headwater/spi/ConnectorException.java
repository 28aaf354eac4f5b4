package dev.headwater.spi;

import java.util.Locale;

/**
 * A data source could not be used. It has no cause on purpose: drivers put passwords and whole URLs into their
 * messages, so connectors hand on what they say only after {@link ResolvedConfig#redact}.
 */
public final class ConnectorException extends HeadwaterException {

    private static final long serialVersionUID = 1L;

    private final FailureCode failure;
    private final String hint;

    /**
     * @param failure why
     * @param message what happened, redacted
     */
    public ConnectorException(FailureCode failure, String message) {
        this(failure, message, failure.hint());
    }

    /**
     * @param failure why
     * @param message what happened, redacted
     * @param hint what to do, where that can be said better than {@link FailureCode#hint()} does
     */
    public ConnectorException(FailureCode failure, String message, String hint) {
        super(failure.name().toLowerCase(Locale.ROOT).replace('_', '-'), category(failure), message, null);
        this.failure = failure;
        this.hint = hint;
    }

    private static ErrorCategory category(FailureCode failure) {
        return failure == FailureCode.INVALID_CONFIG ? ErrorCategory.CALLER : ErrorCategory.EXTERNAL;
    }

    /** {@return why} */
    public FailureCode failure() {
        return failure;
    }

    /** {@return what to do about it, as a sentence} */
    public String hint() {
        return hint;
    }
}
