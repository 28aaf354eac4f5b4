package dev.headwater.connectors.internal.snowflake;

import dev.headwater.connectors.internal.DriverKind.Diagnosis;
import dev.headwater.spi.FailureCode;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What the driver's exceptions mean, by the codes of Snowflake's service and those of the driver's {@code ErrorCode}
 * (https://github.com/snowflakedb/snowflake-jdbc). SQLStates tell little: a wrong password has that of a lost connection.
 */
final class SnowflakeFailures {

    private SnowflakeFailures() {}

    static @Nullable Diagnosis diagnose(SQLException failure) {
        return switch (failure.getErrorCode()) {
            case 390_100, 390_101, 390_102, 390_103, 390_108, 390_110 -> Diagnosis.of(FailureCode.WRONG_CREDENTIALS);
            case 390_144 ->
                new Diagnosis(
                        FailureCode.WRONG_CREDENTIALS,
                        "Check that the user's RSA_PUBLIC_KEY belongs to the private key, and the user's name.");
            case 200_045 ->
                new Diagnosis(
                        FailureCode.WRONG_CREDENTIALS,
                        "The private key must be PKCS #8 in PEM form; if it is encrypted, check its passphrase.");
            case 390_111, 390_422, 390_432 ->
                new Diagnosis(FailureCode.PERMISSION_DENIED, "Let this machine's address through the network policy.");
            case 390_189, 390_186 ->
                new Diagnosis(FailureCode.PERMISSION_DENIED, "Check the name of the role, and grant it to the user.");
            case 390_201 ->
                new Diagnosis(
                        FailureCode.NO_SUCH_DATABASE,
                        "Check the names of the database, the schema and the warehouse, and that the role may use them.");
            case 606 ->
                new Diagnosis(
                        FailureCode.PERMISSION_DENIED, "Check the name of the warehouse, and let the role use it.");
            case 2_003 -> Diagnosis.of(FailureCode.NO_SUCH_DATABASE);
            case 3_001 -> Diagnosis.of(FailureCode.PERMISSION_DENIED);
            case 604, 630 -> Diagnosis.of(FailureCode.TIMED_OUT);
            case 390_913, 390_404 -> new Diagnosis(FailureCode.NO_SUCH_DATABASE, "Check the account identifier.");
            default -> null;
        };
    }
}
