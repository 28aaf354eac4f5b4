package dev.headwater.connectors.internal.oracle;

import dev.headwater.connectors.internal.DriverKind.Diagnosis;
import dev.headwater.spi.FailureCode;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What the driver's exceptions mean, by the ORA numbers of https://docs.oracle.com/en/error-help/db/. Numbers from 17000 are the
 * driver's own.
 */
final class OracleFailures {

    private OracleFailures() {}

    static @Nullable Diagnosis diagnose(SQLException failure) {
        return switch (failure.getErrorCode()) {
            case 1005, 1017 -> Diagnosis.of(FailureCode.WRONG_CREDENTIALS);
            case 28000 -> new Diagnosis(FailureCode.WRONG_CREDENTIALS, "The account is locked; have it unlocked.");
            case 28001, 28011 -> new Diagnosis(FailureCode.WRONG_CREDENTIALS, "The password has expired; change it.");
            case 12504, 12505, 12514 ->
                new Diagnosis(
                        FailureCode.NO_SUCH_DATABASE,
                        "Check the service name; a SID is none. The listener may also not know the service yet.");
            case 942, 1031, 1039, 1045 -> Diagnosis.of(FailureCode.PERMISSION_DENIED);
            case 18, 20, 2391, 12516, 12519, 12520, 12518 ->
                new Diagnosis(FailureCode.FAILED, "The server, or this user, has all its sessions in use.");
            case 1033, 1034, 1109, 12526, 12527, 12528, 27101 ->
                new Diagnosis(FailureCode.FAILED, "The database is starting, stopping, or restricted; try again.");
            case 12541 -> Diagnosis.of(FailureCode.CONNECTION_REFUSED);
            case 17868 -> Diagnosis.of(FailureCode.UNKNOWN_HOST);
            case 12170, 18714 -> Diagnosis.of(FailureCode.TIMED_OUT);
            case 3113, 3114, 12537, 12547, 17008, 17410, 17800 -> Diagnosis.of(FailureCode.CONNECTION_LOST);
            case 17965 -> Diagnosis.of(FailureCode.TLS_FAILED);
            case 12569, 12592, 17401, 17902, 17904 -> Diagnosis.of(FailureCode.WRONG_SERVER);
            default -> null;
        };
    }
}
