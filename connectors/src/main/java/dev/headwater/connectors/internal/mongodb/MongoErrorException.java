package dev.headwater.connectors.internal.mongodb;

import java.io.IOException;

/** A server answered that a command failed: https://www.mongodb.com/docs/manual/reference/error-codes/. */
final class MongoErrorException extends IOException {

    static final int USER_NOT_FOUND = 11;
    static final int UNAUTHORIZED = 13;
    static final int AUTHENTICATION_FAILED = 18;
    static final int TIME_EXPIRED = 50;
    static final int NO_SUCH_COMMAND = 59;
    static final int SHUTTING_DOWN = 91;
    static final int MECHANISM_UNAVAILABLE = 334;
    static final int ATLAS = 8_000;

    private static final long serialVersionUID = 1L;

    private final int error;

    MongoErrorException(int error, String message) {
        super(message);
        this.error = error;
    }

    int error() {
        return error;
    }
}
