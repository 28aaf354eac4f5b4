package dev.headwater.connectors.internal.search;

import java.io.IOException;

/** Something else than the kind of server answers. */
final class WrongServerException extends IOException {

    private static final long serialVersionUID = 1L;

    WrongServerException(String message) {
        super(message);
    }
}
