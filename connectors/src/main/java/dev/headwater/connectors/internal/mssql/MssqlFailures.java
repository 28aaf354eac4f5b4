package dev.headwater.connectors.internal.mssql;

import dev.headwater.connectors.internal.DriverKind.Diagnosis;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What the driver's exceptions mean, by the numbers of
 * https://learn.microsoft.com/en-us/sql/relational-databases/errors-events/database-engine-events-and-errors. Many errors
 * share an SQLState.
 */
final class MssqlFailures {

    private MssqlFailures() {}

    static @Nullable Diagnosis diagnose(SQLException failure, ResolvedConfig config) {
        if (failure.getCause() instanceof IOException) {
            return null;
        }
        return switch (failure.getErrorCode()) {
            case 18456, 18452 -> Diagnosis.of(FailureCode.WRONG_CREDENTIALS);
            case 18470, 18486 ->
                new Diagnosis(FailureCode.WRONG_CREDENTIALS, "The login is disabled or locked; have it enabled.");
            case 18487, 18488 ->
                new Diagnosis(FailureCode.WRONG_CREDENTIALS, "The password has expired or must be changed; change it.");
            case 4060, 4063 ->
                new Diagnosis(
                        FailureCode.NO_SUCH_DATABASE,
                        "Check the name of the database, and that the user may open it: SQL Server tells no difference.");
            case 911 -> Diagnosis.of(FailureCode.NO_SUCH_DATABASE);
            case 229, 230, 262, 297, 300, 916 -> Diagnosis.of(FailureCode.PERMISSION_DENIED);
            case 40615, 40914 ->
                new Diagnosis(
                        FailureCode.PERMISSION_DENIED, "Let this machine's address through Azure SQL's firewall.");
            case 40613, 40501, 49918, 49919, 49920 ->
                new Diagnosis(FailureCode.FAILED, "Azure SQL is busy or resumes the database; try again.");
            default -> fromDriver(failure, config);
        };
    }

    /**
     * The driver gives its own failures the SQLState of a broken connection, the number 0, no cause, and words in the
     * language of the JVM, of which few stand in all languages.
     */
    private static @Nullable Diagnosis fromDriver(SQLException failure, ResolvedConfig config) {
        if (failure.getErrorCode() != 0 || failure.getCause() != null) {
            return null;
        }
        String message = String.valueOf(failure.getMessage());
        String host = MssqlKind.hostName(config);
        if (message.contains('"' + host + ':') || message.contains('"' + host + '.')) {
            // It looks up the host itself, before it asks for a socket, and quotes what Java says to that.
            return Diagnosis.of(FailureCode.UNKNOWN_HOST);
        } else if (message.contains("SSL")) {
            return Diagnosis.of(FailureCode.TLS_FAILED);
        } else if (message.contains("pre-login") || message.contains("TDS")) {
            return Diagnosis.of(FailureCode.WRONG_SERVER);
        }
        return String.valueOf(failure.getSQLState()).startsWith("08")
                ? Diagnosis.of(FailureCode.CONNECTION_LOST)
                : null;
    }
}
