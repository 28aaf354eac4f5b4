package dev.headwater.connectors.internal.net;

import dev.headwater.spi.FailureCode;
import java.io.IOException;

/** A tunnel failed, not what is behind it. An {@link IOException}, because it passes through drivers. */
public final class TunnelException extends IOException {

    private static final long serialVersionUID = 1L;

    private final FailureCode code;
    private final String hint;

    /**
     * @param message what happened, without secrets
     * @param hint what to do about it, as a sentence
     */
    public TunnelException(FailureCode code, String message, String hint) {
        super(message);
        this.code = code;
        this.hint = hint;
    }

    public FailureCode code() {
        return code;
    }

    public String hint() {
        return hint;
    }
}
