package dev.headwater.secrets.azure.internal;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpResponse;
import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import dev.headwater.spi.SecretStoreException;
import dev.headwater.spi.SecretStoreException.Reason;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Says what a failed call means, by HTTP status and the code in the body: the type of exception says little, for the client
 * throws {@code ResourceModifiedException} for a denied read. The client's exceptions are not kept as causes: their text
 * comes from the server.
 *
 * @param scope which vault the store reads
 */
public record VaultFailures(VaultScope scope) {

    private static final int MAX_CAUSES = 20;

    /** {@return the failure of a call} */
    public SecretStoreException of(String name, RuntimeException failure) {
        HttpResponseException answered = causeOf(failure, HttpResponseException.class);
        IOException io = causeOf(failure, IOException.class);
        if (io != null || causeOf(failure, TimeoutException.class) != null) {
            return failure(
                    Reason.UNAVAILABLE,
                    name,
                    scope.url() + " cannot be reached, or did not answer in time"
                            + (io == null ? "" : " (" + io.getClass().getSimpleName() + ")") + "; not read: " + name);
        }
        if (answered != null && answered.getResponse() != null) {
            return ofStatus(name, answered, answered.getResponse());
        }
        if (answered instanceof ClientAuthenticationException) {
            return credentials(name);
        }
        return failure(
                Reason.UNAVAILABLE,
                name,
                "the client failed for " + scope.secret(name) + " with "
                        + failure.getClass().getSimpleName());
    }

    private SecretStoreException ofStatus(String name, HttpResponseException failure, HttpResponse response) {
        String secret = scope.secret(name);
        int status = response.getStatusCode();
        boolean fromVault = response.getRequest() != null
                && scope.host().equalsIgnoreCase(response.getRequest().getUrl().getHost());
        if (failure instanceof ClientAuthenticationException && !fromVault) {
            return credentials(name);
        }
        return switch (status) {
            case 401 -> credentials(name);
            case 403 ->
                "SecretDisabled".equals(innerCode(response))
                        ? failure(
                                Reason.DISABLED,
                                name,
                                "the latest version of " + secret + " is disabled: enable it,"
                                        + " or set a new version")
                        : failure(
                                Reason.ACCESS_DENIED,
                                name,
                                "the store's credentials may not read " + secret
                                        + ": give them the role Key Vault Secrets User, or get in the access policy, and let"
                                        + " the vault's firewall admit this host");
            case 404 -> failure(Reason.NOT_FOUND, name, secret + " does not exist, or was deleted");
            case 429 -> failure(Reason.THROTTLED, name, scope.url() + " asks for fewer calls; not read: " + name);
            default ->
                failure(Reason.UNAVAILABLE, name, scope.url() + " answered with status " + status + " for " + name);
        };
    }

    /** {@return the failure of a fetch from a store that was closed} */
    public SecretStoreException ofClosed(String name) {
        return failure(Reason.UNAVAILABLE, name, "the store is closed; not read: " + scope.secret(name));
    }

    private SecretStoreException credentials(String name) {
        return failure(
                Reason.ACCESS_DENIED,
                name,
                "no token for " + scope.secret(name)
                        + " could be had with the store's credentials, or the vault does not take it");
    }

    private static SecretStoreException failure(Reason reason, String name, String message) {
        return new SecretStoreException(reason, name, message, null);
    }

    /** {@code error.innererror.code} of the body, or null. */
    private static @Nullable String innerCode(HttpResponse response) {
        try (JsonReader json =
                JsonProviders.createReader(response.getBodyAsBinaryData().toBytes())) {
            Object found = json.readUntyped();
            for (String key : new String[] {"error", "innererror", "code"}) {
                found = found instanceof Map<?, ?> object ? object.get(key) : null;
            }
            return found instanceof String code ? code : null;
        } catch (IOException | RuntimeException noJson) {
            return null;
        }
    }

    /** The first of a type among a failure and its causes, or null. */
    private static <T extends Throwable> @Nullable T causeOf(@Nullable Throwable failure, Class<T> type) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
            cause = cause.getCause();
        }
        return null;
    }
}
