package dev.headwater.secrets.aws.internal;

import dev.headwater.spi.SecretStoreException;
import dev.headwater.spi.SecretStoreException.Reason;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/**
 * Says what a failed call means, by the service's error code: HTTP statuses differ between AWS and what stands in for it.
 * The SDK's exceptions are not kept as causes: their text comes from the server.
 *
 * @param scope where the store's secrets lie
 * @see <a href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html">GetSecretValue,
 *     Errors</a>
 */
public record AwsFailures(AwsScope scope) {

    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9.]{1,64}");

    private static final Set<String> CREDENTIALS = Set.of(
            "ExpiredToken",
            "ExpiredTokenException",
            "IncompleteSignature",
            "InvalidClientTokenId",
            "InvalidSignatureException",
            "MissingAuthenticationToken",
            "MissingAuthenticationTokenException",
            "RequestExpired",
            "SignatureDoesNotMatch",
            "UnrecognizedClientException");

    /** {@return the failure of a call for a secret} */
    public SecretStoreException of(String name, RuntimeException thrown) {
        if (thrown instanceof AwsServiceException answered) {
            return ofAnswer(name, answered);
        }
        if (thrown instanceof ApiCallTimeoutException || thrown instanceof ApiCallAttemptTimeoutException) {
            return failure(Reason.UNAVAILABLE, name, "did not answer in time for");
        }
        if (thrown instanceof AbortedException) {
            return failure(Reason.UNAVAILABLE, name, "was not waited for, because of an interrupt, for");
        }
        if (String.valueOf(thrown.getMessage()).startsWith("Unable to load credentials")) {
            return failure(
                    Reason.ACCESS_DENIED,
                    name,
                    "was not asked, because no AWS credentials were found (give the store some, or set up the SDK's default "
                            + "ones), for");
        }
        return failure(Reason.UNAVAILABLE, name, "cannot be reached (" + root(thrown) + ") for");
    }

    private SecretStoreException ofAnswer(String name, AwsServiceException answered) {
        AwsErrorDetails details = answered.awsErrorDetails();
        String given = details == null || details.errorCode() == null ? "" : details.errorCode();
        String code = CODE.matcher(given).matches() ? given : "an unknown error";
        if (answered.isThrottlingException()) {
            return failure(Reason.THROTTLED, name, "asks for fewer calls (" + code + ") than those for");
        }
        if (CREDENTIALS.contains(code)) {
            return failure(Reason.ACCESS_DENIED, name, "does not accept the store's credentials (" + code + ") for");
        }
        return switch (code) {
            case "ResourceNotFoundException" ->
                failure(Reason.NOT_FOUND, name, "has no secret, or no current version of it, as");
            case "AccessDeniedException", "AccessDenied" ->
                failure(
                        Reason.ACCESS_DENIED,
                        name,
                        "does not let the store's credentials (which need secretsmanager:GetSecretValue, and kms:Decrypt for "
                                + "a secret with a key of its own) read");
            case "InvalidRequestException" ->
                failure(Reason.DISABLED, name, "has marked for deletion (restore it, or link another)");
            case "DecryptionFailure" -> failure(Reason.DISABLED, name, "cannot decrypt (is its KMS key enabled?)");
            default -> failure(Reason.UNAVAILABLE, name, "answered " + code + " for");
        };
    }

    /** {@return the failure of a fetch from a store that was closed} */
    public SecretStoreException ofClosed(String name) {
        return failure(Reason.UNAVAILABLE, name, "is not asked, because the store is closed, for");
    }

    /**
     * {@return a failure}
     *
     * @param what what Secrets Manager did with the secret, whose name follows
     */
    public SecretStoreException failure(Reason reason, String name, String what) {
        return new SecretStoreException(
                reason, name, "AWS Secrets Manager (" + scope.describe() + ") " + what + " the secret " + name, null);
    }

    /** The type of the innermost cause, which tells a refused connection from an unknown host. */
    private static String root(Throwable failure) {
        Throwable root = failure;
        for (int depth = 0; root.getCause() != null && depth < 20; depth++) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName();
    }
}
