package dev.headwater.connectors.internal.aws;

import dev.headwater.connectors.internal.DriverKind.Diagnosis;
import dev.headwater.connectors.internal.Failures;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * What the exceptions of the AWS SDK mean, told by the service's error code: statuses differ between services and
 * emulators.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">S3's error codes</a>
 * @see <a href="https://docs.aws.amazon.com/athena/latest/APIReference/CommonErrors.html">what services have in common</a>
 */
public final class AwsFailures {

    private AwsFailures() {}

    /** Translates a failure. */
    public static ConnectorException translate(ConnectionTarget target, String doing, Throwable failure) {
        return Failures.translate(AwsFailures::diagnose, target.config(), target.cancellation(), doing, failure);
    }

    private static @Nullable Diagnosis diagnose(Throwable cause, ResolvedConfig config) {
        if (cause instanceof AwsServiceException service) {
            return ofService(service);
        }
        if (cause instanceof ApiCallTimeoutException) {
            return Diagnosis.of(FailureCode.TIMED_OUT);
        }
        if (cause instanceof AbortedException) {
            return Diagnosis.of(FailureCode.CONNECTION_LOST);
        }
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof SdkClientException && message.contains("Unable to load credentials")) {
            return new Diagnosis(
                    FailureCode.WRONG_CREDENTIALS,
                    "The config has no access key, and this process has no AWS credentials.");
        }
        if (cause instanceof SdkClientException && message.contains("Unable to unmarshall")) {
            return Diagnosis.of(FailureCode.WRONG_SERVER);
        }
        return null;
    }

    private static Diagnosis ofService(AwsServiceException failure) {
        String code = failure.awsErrorDetails() == null
                ? ""
                : String.valueOf(failure.awsErrorDetails().errorCode());
        return switch (code) {
            case "UnrecognizedClientException",
                    "InvalidClientTokenId",
                    "InvalidAccessKeyId",
                    "InvalidSignatureException",
                    "SignatureDoesNotMatch",
                    "IncompleteSignature",
                    "MissingAuthenticationToken",
                    "MissingAuthenticationTokenException",
                    "AuthFailure" -> Diagnosis.of(FailureCode.WRONG_CREDENTIALS);
            case "ExpiredToken", "ExpiredTokenException", "InvalidToken" ->
                new Diagnosis(
                        FailureCode.WRONG_CREDENTIALS, "The session token has run out or is none; set a new one.");
            case "RequestTimeTooSkewed", "RequestExpired" ->
                new Diagnosis(FailureCode.FAILED, "The clocks of this machine and of the service differ too much.");
            case "AccessDenied",
                    "AccessDeniedException",
                    "AllAccessDisabled",
                    "AccountProblem",
                    "NotAuthorized",
                    "UnauthorizedOperation",
                    "OptInRequired" ->
                new Diagnosis(
                        FailureCode.PERMISSION_DENIED,
                        "Allow the action that the message names, in the policy of the key.");
            case "NoSuchBucket", "ResourceNotFoundException", "MetadataException", "EntityNotFoundException" ->
                Diagnosis.of(FailureCode.NO_SUCH_DATABASE);
            case "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException" ->
                new Diagnosis(FailureCode.INVALID_CONFIG, "The bucket is in another region; the message may name it.");
            case "Throttling",
                    "ThrottlingException",
                    "ThrottledException",
                    "TooManyRequestsException",
                    "ProvisionedThroughputExceededException",
                    "RequestLimitExceeded",
                    "LimitExceededException",
                    "SlowDown" ->
                new Diagnosis(
                        FailureCode.FAILED, "The service has had too many requests of this account; try again later.");
            default -> ofStatus(failure.statusCode(), code);
        };
    }

    private static Diagnosis ofStatus(int status, String code) {
        if (status == 403) {
            return Diagnosis.of(FailureCode.PERMISSION_DENIED);
        }
        if (status == 301 || status == 307) {
            return new Diagnosis(FailureCode.INVALID_CONFIG, "The service points to another region or endpoint.");
        }
        // Every service of AWS gives its errors a code.
        return code.isEmpty() || code.equals("null") || code.equals("UnknownError")
                ? Diagnosis.of(status >= 500 ? FailureCode.FAILED : FailureCode.WRONG_SERVER)
                : Diagnosis.of(FailureCode.FAILED);
    }
}
