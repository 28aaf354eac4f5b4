package dev.headwater.connectors.internal.clickhouse;

import dev.headwater.connectors.internal.DriverKind.Diagnosis;
import dev.headwater.spi.FailureCode;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What the driver's exceptions mean, by the codes of
 * https://github.com/ClickHouse/ClickHouse/blob/master/src/Common/ErrorCodes.cpp.
 */
final class ClickhouseFailures {

    private ClickhouseFailures() {}

    static @Nullable Diagnosis diagnose(SQLException failure) {
        return switch (failure.getErrorCode()) {
            case 192, 193, 194, 516 -> Diagnosis.of(FailureCode.WRONG_CREDENTIALS);
            case 81 -> Diagnosis.of(FailureCode.NO_SUCH_DATABASE);
            case 164, 195, 291, 497 -> Diagnosis.of(FailureCode.PERMISSION_DENIED);
            case 159, 160 -> Diagnosis.of(FailureCode.TIMED_OUT);
            case 202 -> new Diagnosis(FailureCode.FAILED, "The server runs as many queries as it may; try again.");
            default -> fromDriver(failure);
        };
    }

    /** What answers in HTTP and gives no code of ClickHouse is something else. */
    private static @Nullable Diagnosis fromDriver(SQLException failure) {
        if (failure instanceof SQLTimeoutException) {
            // What the driver makes of 159 in a query.
            return Diagnosis.of(FailureCode.TIMED_OUT);
        }
        boolean answered = false;
        for (Throwable at = failure.getCause(); at != null; at = at.getCause()) {
            // The HTTP client is inside the driver's jar, so that its classes are told by name.
            String name = at.getClass().getSimpleName();
            if (name.endsWith("ProtocolException")) {
                return Diagnosis.of(FailureCode.WRONG_SERVER);
            } else if (at instanceof IOException) {
                return null;
            }
            answered |= name.equals("ServerException");
        }
        return answered && failure.getErrorCode() == 0 ? Diagnosis.of(FailureCode.WRONG_SERVER) : null;
    }
}
