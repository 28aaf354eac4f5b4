package dev.headwater.connectors.internal.trino;

import dev.headwater.connectors.internal.DriverKind.Diagnosis;
import dev.headwater.spi.FailureCode;
import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What the driver's exceptions mean. It gives no SQLStates; the codes are those of Trino's {@code StandardErrorCode}
 * (https://github.com/trinodb/trino/blob/master/core/trino-spi/src/main/java/io/trino/spi/StandardErrorCode.java).
 */
final class TrinoFailures {

    private static final int PERMISSION_DENIED = 4;
    private static final int CATALOG_NOT_FOUND = 44;
    private static final int SCHEMA_NOT_FOUND = 45;

    private TrinoFailures() {}

    static @Nullable Diagnosis diagnose(SQLException failure) {
        // What failed on the way is for the engine to tell.
        for (Throwable at = failure.getCause(); at != null; at = at.getCause()) {
            if (at instanceof IOException) {
                return null;
            }
        }
        String message = String.valueOf(failure.getMessage());
        if (message.startsWith("Authentication failed")) {
            return Diagnosis.of(FailureCode.WRONG_CREDENTIALS);
        } else if (message.contains("invalid response")) {
            return message.contains("statusCode=403")
                    ? Diagnosis.of(FailureCode.PERMISSION_DENIED)
                    : Diagnosis.of(FailureCode.WRONG_SERVER);
        }
        return switch (failure.getErrorCode()) {
            case PERMISSION_DENIED -> Diagnosis.of(FailureCode.PERMISSION_DENIED);
            case CATALOG_NOT_FOUND -> new Diagnosis(FailureCode.NO_SUCH_DATABASE, "Check the name of the catalog.");
            case SCHEMA_NOT_FOUND -> new Diagnosis(FailureCode.NO_SUCH_DATABASE, "Check the name of the schema.");
            default -> null;
        };
    }
}
