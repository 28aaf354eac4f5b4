package dev.headwater.fakeserver.internal.chalk;

import dev.headwater.fakeserver.internal.FaceProblem;
import dev.headwater.fakeserver.internal.FaceProblem.Reason;
import io.grpc.Status;
import java.util.Locale;

/** Codes of gRPC, as Connect and HTTP put them. */
final class Codes {

    private Codes() {}

    /** {@return Connect's spelling} */
    static String name(Status.Code code) {
        return code == Status.Code.CANCELLED ? "canceled" : code.name().toLowerCase(Locale.ROOT);
    }

    /** {@return the code of that name, in the spelling of gRPC or Connect; {@code UNKNOWN} for any other name} */
    static Status.Code named(String name) {
        for (Status.Code code : Status.Code.values()) {
            if (code != Status.Code.OK
                    && (code.name().equalsIgnoreCase(name) || name(code).equalsIgnoreCase(name))) {
                return code;
            }
        }
        return Status.Code.UNKNOWN;
    }

    /** {@return the HTTP status that Connect gives a code} */
    static int httpStatus(Status.Code code) {
        return switch (code) {
            case OK -> 200;
            case CANCELLED -> 499;
            case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> 400;
            case UNAUTHENTICATED -> 401;
            case PERMISSION_DENIED -> 403;
            case NOT_FOUND -> 404;
            case ALREADY_EXISTS, ABORTED -> 409;
            case RESOURCE_EXHAUSTED -> 429;
            case UNIMPLEMENTED -> 501;
            case UNAVAILABLE -> 503;
            case DEADLINE_EXCEEDED -> 504;
            case UNKNOWN, INTERNAL, DATA_LOSS -> 500;
        };
    }

    /** {@return what a gRPC client makes of an HTTP status that is not an answer of gRPC} */
    static Status.Code ofHttp(int status) {
        return switch (status) {
            case 400 -> Status.Code.INTERNAL;
            case 401 -> Status.Code.UNAUTHENTICATED;
            case 403 -> Status.Code.PERMISSION_DENIED;
            case 404 -> Status.Code.UNIMPLEMENTED;
            case 429, 502, 503, 504 -> Status.Code.UNAVAILABLE;
            default -> Status.Code.UNKNOWN;
        };
    }

    static Status.Code of(FaceProblem problem) {
        if (problem.code() != null) {
            return named(problem.code());
        }
        return of(problem.reason());
    }

    private static Status.Code of(Reason reason) {
        return switch (reason) {
            case BODY_TOO_LARGE, RATE_LIMITED -> Status.Code.RESOURCE_EXHAUSTED;
            case BAD_JSON -> Status.Code.INVALID_ARGUMENT;
            case WRONG_CONTENT_TYPE, WRONG_METHOD, NO_SUCH_PATH -> Status.Code.UNIMPLEMENTED;
            case INJECTED -> Status.Code.UNKNOWN;
            case INTERNAL -> Status.Code.INTERNAL;
        };
    }
}
