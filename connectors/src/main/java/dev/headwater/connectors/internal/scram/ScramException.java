package dev.headwater.connectors.internal.scram;

import java.io.IOException;

/** A server does not keep to SCRAM, or does not know the password. */
public final class ScramException extends IOException {

    private static final long serialVersionUID = 1L;

    ScramException(String message) {
        super(message);
    }
}
