package dev.headwater.fakeserver.internal.basedash;

/** The titles of Basedash's errors, each with its status. */
public enum BasedashTitle {
    VALIDATION_ERROR("ValidationError", 400),
    UNAUTHORIZED("Unauthorized", 401),
    NOT_FOUND("NotFound", 404),
    /** Not Basedash's: what it answers to other methods is not known. */
    METHOD_NOT_ALLOWED("MethodNotAllowed", 405),
    RATE_LIMIT_EXCEEDED("RateLimitExceeded", 429),
    INTERNAL_SERVER_ERROR("InternalServerError", 500);

    private final String text;
    private final int status;

    BasedashTitle(String text, int status) {
        this.text = text;
        this.status = status;
    }

    /** {@return the title as it is sent} */
    public String text() {
        return text;
    }

    /** {@return the HTTP status that goes with it} */
    public int status() {
        return status;
    }
}
