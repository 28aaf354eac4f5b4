package dev.headwater.spi;

import org.jspecify.annotations.Nullable;

/**
 * The root of all that Headwater throws on purpose. No message, cause or suppressed exception holds a secret.
 *
 * <p>{@link #code()} is stable across versions; messages are for people and may change.
 */
public abstract class HeadwaterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final ErrorCategory category;

    protected HeadwaterException(String code, ErrorCategory category, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.category = category;
    }

    /** {@return the stable code, in lower case with hyphens, such as {@code version-conflict}} */
    public final String code() {
        return code;
    }

    /** {@return who can do something about it} */
    public final ErrorCategory category() {
        return category;
    }
}
