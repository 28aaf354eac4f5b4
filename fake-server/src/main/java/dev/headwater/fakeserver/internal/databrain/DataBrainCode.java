package dev.headwater.fakeserver.internal.databrain;

/** DataBrain's error codes for data sources and service tokens, each with its status. */
public enum DataBrainCode {
    INVALID_REQUEST_BODY(400),
    DATASOURCE_NAME_ERROR(400),
    CREDENTIAL_TEST_FAILED(400),
    DATASOURCE_IN_USE(400),
    /** Its status is not documented. */
    DATASOURCE_ID_ERROR(400),
    /** Documented with this status and with 401. */
    EXPIRED_SERVICE_TOKEN(400),
    AUTHENTICATION_ERROR(401),
    DATASOURCE_NOT_FOUND(404),
    /** Not DataBrain's: what it answers beside its documented paths is not known. */
    NOT_FOUND(404),
    /** Not DataBrain's either. */
    METHOD_NOT_ALLOWED(405),
    /** DataBrain's client waits and tries again on this status; the code is not documented. */
    RATE_LIMIT_EXCEEDED(429),
    SCHEMA_CACHE_FAILED(500),
    CREATE_DATASOURCE_FAILED(500),
    TENANCY_SETTINGS_CREATE_FAILED(500),
    TENANCY_SETTINGS_UPDATE_FAILED(500),
    SELFHOSTED_APP_ERROR(500),
    ACCOUNT_NOT_FOUND(500),
    INTERNAL_SERVER_ERROR(500);

    private final int status;

    DataBrainCode(int status) {
        this.status = status;
    }

    /** {@return the HTTP status that goes with it} */
    public int status() {
        return status;
    }
}
