package dev.headwater.connectors.internal.search;

import dev.headwater.connectors.internal.DriverKind.Diagnosis;
import dev.headwater.connectors.internal.Failures;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import org.jspecify.annotations.Nullable;

/** What the answers of search servers mean. */
final class SearchFailures {

    private static final String GRANT_ELASTICSEARCH =
            "Grant the user a role with the rights read and view_index_metadata on indices.";
    private static final String GRANT_OPENSEARCH =
            "Grant the user a role with the rights read, indices:admin/mappings/get"
                    + " and indices:admin/aliases/get on all indices.";

    private SearchFailures() {}

    static ConnectorException translate(ConnectionTarget target, String doing, Throwable failure) {
        return Failures.translate(
                (cause, config) -> meaning(cause, target.kind()),
                target.config(),
                target.cancellation(),
                doing,
                failure);
    }

    private static @Nullable Diagnosis meaning(Throwable failure, String kind) {
        if (failure instanceof WrongServerException) {
            return Diagnosis.of(FailureCode.WRONG_SERVER);
        }
        return failure instanceof SearchErrorException answer ? meaning(answer.status(), kind) : null;
    }

    private static Diagnosis meaning(int status, String kind) {
        return switch (status) {
            case 401 -> Diagnosis.of(FailureCode.WRONG_CREDENTIALS);
            case 403 ->
                new Diagnosis(
                        FailureCode.PERMISSION_DENIED,
                        kind.equals("opensearch") ? GRANT_OPENSEARCH : GRANT_ELASTICSEARCH);
            case 408, 504 -> Diagnosis.of(FailureCode.TIMED_OUT);
            case 429 -> new Diagnosis(FailureCode.FAILED, "The cluster takes no more requests for now; try again.");
            case 500, 502, 503 ->
                new Diagnosis(FailureCode.FAILED, "The cluster has a problem of its own; see its health.");
            default -> Diagnosis.of(status >= 300 && status < 500 ? FailureCode.WRONG_SERVER : FailureCode.FAILED);
        };
    }
}
