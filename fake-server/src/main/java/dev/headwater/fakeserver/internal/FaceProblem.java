package dev.headwater.fakeserver.internal;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why a call is not answered as it wishes.
 *
 * @param reason what kind of problem
 * @param code the system's own code if the problem has one already (always for {@link Reason#INJECTED}), else null
 * @param message for people; never a secret, nor a stack trace
 * @param retryAfter when the limit is over, for {@link Reason#RATE_LIMITED}; else null
 */
public record FaceProblem(
        Reason reason,
        @Nullable String code,
        String message,
        @Nullable Duration retryAfter) {

    /** What kinds there are. */
    public enum Reason {
        /** The body is larger than {@link HttpFront#MAX_BODY_BYTES}. */
        BODY_TOO_LARGE,
        /** The body is not JSON, or not the JSON that is wanted at its top. */
        BAD_JSON,
        /** The content type is not one of those that are taken. */
        WRONG_CONTENT_TYPE,
        /** There is nothing at that path. */
        NO_SUCH_PATH,
        /** The path is there, the method is not. */
        WRONG_METHOD,
        /** Too many calls. */
        RATE_LIMITED,
        /** A test wants it so; the code says what. */
        INJECTED,
        /** A defect of the server. */
        INTERNAL
    }

    /** A problem without a code of the system. */
    public static FaceProblem of(Reason reason, String message) {
        return new FaceProblem(reason, null, message, null);
    }
}
