package dev.headwater.connectors.internal.google;

import dev.headwater.connectors.internal.http.HttpAnswer;
import dev.headwater.connectors.internal.rest.Json;
import dev.headwater.connectors.internal.rest.Refusal;
import dev.headwater.spi.FailureCode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What errors of Google's APIs mean. Their form: https://cloud.google.com/apis/design/errors#http_mapping, for BigQuery
 * https://cloud.google.com/bigquery/docs/error-messages, for tokens RFC 6749 section 5.2.
 */
public final class GoogleRefusals {

    private static final String CLOCK_HINT =
            "Check the key of the service account, that it is not disabled or deleted, and the clock of this machine.";

    private GoogleRefusals() {}

    public static Refusal read(HttpAnswer answer) {
        Optional<Json> body = Json.parse(answer.body());
        Json error = body.map(json -> json.get("error")).orElse(null);
        if (error == null || error.isAbsent()) {
            return answer.status() >= 500 || answer.status() == 429
                    ? Refusal.ofStatus(answer.status(), "")
                    : Refusal.ofStatus(answer.status(), "not an answer of Google's")
                            .as(FailureCode.WRONG_SERVER, null);
        }
        return error.isObject() ? ofApi(answer.status(), error) : ofToken(answer.status(), body.orElseThrow());
    }

    private static Refusal ofToken(int status, Json body) {
        String error = body.need("error");
        String text = error + ": " + body.get("error_description").text().orElse("");
        Refusal refusal = Refusal.ofStatus(status, text);
        return switch (error) {
            case "invalid_grant", "invalid_client", "unauthorized_client" ->
                refusal.as(FailureCode.WRONG_CREDENTIALS, CLOCK_HINT);
            case "access_denied", "invalid_scope" -> refusal.as(FailureCode.PERMISSION_DENIED, null);
            default -> refusal;
        };
    }

    private static Refusal ofApi(int status, Json error) {
        Refusal refusal = Refusal.ofStatus(status, error.get("message").text().orElse(""));
        return switch (reason(error)) {
            case "rateLimitExceeded", "quotaExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED" ->
                refusal.as(FailureCode.FAILED, "A quota of the project is used up for now; try again later.");
            case "accessNotConfigured", "SERVICE_DISABLED" ->
                refusal.as(FailureCode.PERMISSION_DENIED, "Enable the API in the Google Cloud project.");
            case "billingNotEnabled", "BILLING_DISABLED" ->
                refusal.as(FailureCode.PERMISSION_DENIED, "Enable billing in the Google Cloud project.");
            default -> refusal;
        };
    }

    private static String reason(Json error) {
        List<Json> old = error.get("errors").list();
        @Nullable
        String reason = old.isEmpty() ? null : old.get(0).get("reason").text().orElse(null);
        for (Json detail : error.get("details").list()) {
            // google.rpc.ErrorInfo, the one kind of detail with a reason
            reason = detail.get("reason").text().orElse(reason);
        }
        return reason == null ? error.get("status").text().orElse("") : reason;
    }
}
