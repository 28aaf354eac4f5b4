package dev.headwater.secrets.gcp.internal;

import com.google.api.client.http.HttpResponseException;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import dev.headwater.spi.SecretStoreException;
import dev.headwater.spi.SecretStoreException.Reason;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says what a failed call means. The client's exceptions are not kept as causes: their text comes from the server.
 *
 * @param scope where the store's secrets lie
 */
public record GcpFailures(GcpScope scope) {

    private static final Pattern FAILED_PRECONDITION = Pattern.compile("\"status\"\\s*:\\s*\"FAILED_PRECONDITION\"");

    /** {@return the failure of a call} */
    public SecretStoreException of(String name, @Nullable Throwable thrown) {
        String secret = scope.secret(name);
        if (!(thrown instanceof ApiException failure)) {
            return failure(Reason.UNAVAILABLE, name, "the call for " + secret + " failed" + root(thrown));
        }
        StatusCode.Code code = codeOf(failure);
        return switch (code) {
            case NOT_FOUND ->
                failure(Reason.NOT_FOUND, name, secret + " does not exist, or has no version: create it, or add one");
            case FAILED_PRECONDITION ->
                failure(
                        Reason.DISABLED,
                        name,
                        "the latest version of " + secret + " is disabled or destroyed: enable it, or add a version");
            case PERMISSION_DENIED ->
                failure(
                        Reason.ACCESS_DENIED,
                        name,
                        "the store's credentials may not read " + secret
                                + ": grant them secretmanager.versions.access on it");
            case UNAUTHENTICATED ->
                failure(
                        Reason.ACCESS_DENIED,
                        name,
                        "Secret Manager does not accept the store's credentials for " + secret);
            case RESOURCE_EXHAUSTED ->
                failure(Reason.THROTTLED, name, "Secret Manager asks for fewer calls; not read: " + secret);
            case DEADLINE_EXCEEDED -> ofTimeout(name);
            case UNAVAILABLE, UNKNOWN ->
                failure(Reason.UNAVAILABLE, name, "Secret Manager cannot be reached for " + secret + root(failure));
            default -> failure(Reason.UNAVAILABLE, name, "Secret Manager answered " + code + " for " + secret);
        };
    }

    /** Over REST the client tells by HTTP status alone, and 400 is also what a disabled version answers. */
    private static StatusCode.Code codeOf(ApiException failure) {
        StatusCode.Code code = failure.getStatusCode().getCode();
        boolean disabled = code == StatusCode.Code.INVALID_ARGUMENT
                && failure.getCause() instanceof HttpResponseException response
                && response.getContent() != null
                && FAILED_PRECONDITION.matcher(response.getContent()).find();
        return disabled ? StatusCode.Code.FAILED_PRECONDITION : code;
    }

    /** {@return the failure to make a client: no credentials were found, or they cannot be read} */
    public SecretStoreException ofCredentials(String name) {
        return failure(
                Reason.ACCESS_DENIED,
                name,
                "no usable Google credentials were found for " + scope.secret(name)
                        + ": pass credentials to the store, or set up application default credentials");
    }

    /** {@return the failure of a call that was given up} */
    public SecretStoreException ofTimeout(String name) {
        return failure(Reason.UNAVAILABLE, name, "Secret Manager did not answer in time for " + scope.secret(name));
    }

    /** {@return the failure of a call whose caller was interrupted} */
    public SecretStoreException ofInterrupt(String name) {
        return failure(Reason.UNAVAILABLE, name, "interrupted while waiting for " + scope.secret(name));
    }

    /** {@return the failure of a fetch from a store that was closed} */
    public SecretStoreException ofClosed(String name) {
        return failure(Reason.UNAVAILABLE, name, "the store is closed; not read: " + scope.secret(name));
    }

    private static SecretStoreException failure(Reason reason, String name, String message) {
        return new SecretStoreException(reason, name, message, null);
    }

    /** The type of the innermost cause, which tells a refused connection from an unknown host. */
    private static String root(@Nullable Throwable failure) {
        Throwable root = failure;
        for (int depth = 0; root != null && root.getCause() != null && depth < 20; depth++) {
            root = root.getCause();
        }
        return root == null ? "" : " (" + root.getClass().getSimpleName() + ")";
    }
}
