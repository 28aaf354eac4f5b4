package dev.headwater.connectors.internal.rest;

import dev.headwater.connectors.internal.http.HttpAnswer;
import dev.headwater.spi.FailureCode;
import org.jspecify.annotations.Nullable;

/**
 * What an answer means that is no success.
 *
 * @param code why
 * @param message the server's own words, not redacted yet
 * @param hint what to do, where that can be said better than the code's own hint does; or null
 */
public record Refusal(
        FailureCode code, String message, @Nullable String hint) {

    /** How a kind's server says no. */
    @FunctionalInterface
    public interface Reader {

        /** {@return what the answer means, whose status is not of the 200s} */
        Refusal read(HttpAnswer answer);
    }

    /**
     * {@return what the status alone means}
     *
     * @param message the server's own words, if it has any that are worth repeating
     */
    public static Refusal ofStatus(int status, String message) {
        String text = message.isEmpty() ? "HTTP " + status : "HTTP " + status + ": " + message;
        return switch (status) {
            case 401 -> new Refusal(FailureCode.WRONG_CREDENTIALS, text, null);
            case 403 -> new Refusal(FailureCode.PERMISSION_DENIED, text, null);
            case 404, 410 -> new Refusal(FailureCode.NO_SUCH_DATABASE, text, null);
            case 408, 504 -> new Refusal(FailureCode.TIMED_OUT, text, null);
            case 429 ->
                new Refusal(FailureCode.FAILED, text, "The server takes no more requests for now; try again later.");
            case 500, 502, 503 ->
                new Refusal(FailureCode.FAILED, text, "The server has a problem of its own; try again later.");
            default ->
                new Refusal(status >= 300 && status < 400 ? FailureCode.WRONG_SERVER : FailureCode.FAILED, text, null);
        };
    }

    /** {@return the same for another reason} */
    public Refusal as(FailureCode other, @Nullable String newHint) {
        return new Refusal(other, message, newHint);
    }
}
