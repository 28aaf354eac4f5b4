package dev.headwater.fakeserver.internal.chalk;

import io.grpc.Status;

/** Ends a call with a code of gRPC. The message holds no secret. */
final class ChalkException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Status.Code code;

    ChalkException(Status.Code code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    Status.Code code() {
        return code;
    }

    String description() {
        return String.valueOf(getMessage());
    }

    static ChalkException invalid(String message) {
        return new ChalkException(Status.Code.INVALID_ARGUMENT, message);
    }

    static ChalkException notFound(String message) {
        return new ChalkException(Status.Code.NOT_FOUND, message);
    }
}
