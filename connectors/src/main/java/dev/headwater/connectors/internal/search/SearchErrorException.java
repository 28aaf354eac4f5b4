package dev.headwater.connectors.internal.search;

import java.io.IOException;

/** A server answered with a status that is no success. */
final class SearchErrorException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int status;

    SearchErrorException(int status, String reason) {
        super("HTTP " + status + (reason.isEmpty() ? "" : ": " + reason));
        this.status = status;
    }

    int status() {
        return status;
    }
}
