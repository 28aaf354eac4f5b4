package dev.headwater.connectors.internal.mysql;

import dev.headwater.connectors.internal.DriverKind.Diagnosis;
import dev.headwater.spi.FailureCode;
import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What the exceptions of MariaDB's driver mean. Servers answer with the numbers of
 * https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html and
 * https://mariadb.com/docs/server/reference/error-codes; what the driver finds itself has none, and a text in English.
 */
final class MysqlFailures {

    private static final String NEEDS_TLS = "The server takes this login over TLS only; do not turn it off.";

    private MysqlFailures() {}

    static @Nullable Diagnosis diagnose(SQLException failure) {
        return switch (failure.getErrorCode()) {
            case 1045, 1698 -> Diagnosis.of(FailureCode.WRONG_CREDENTIALS);
            case 1820, 1862 ->
                new Diagnosis(
                        FailureCode.WRONG_CREDENTIALS, "The password has expired; set a new one in the database.");
            case 1049 -> Diagnosis.of(FailureCode.NO_SUCH_DATABASE);
            // Who may not use a database is not told whether it is there.
            case 1044 ->
                new Diagnosis(
                        FailureCode.PERMISSION_DENIED,
                        "The database is not there, or the user may not use it: check its name and the user's grants.");
            case 1142, 1143, 1227, 1370 -> Diagnosis.of(FailureCode.PERMISSION_DENIED);
            case 1129, 1130 ->
                new Diagnosis(FailureCode.PERMISSION_DENIED, "The server takes no connections from this address.");
            case 3118, 4151 -> new Diagnosis(FailureCode.PERMISSION_DENIED, "The account is locked.");
            case 3159 -> new Diagnosis(FailureCode.PERMISSION_DENIED, NEEDS_TLS);
            case 1040, 1203, 1226 ->
                new Diagnosis(FailureCode.FAILED, "The server, or this user, has all its connections in use.");
            case 1251, 1524 -> unsupportedLogin(failure);
            case 1053, 1927 -> Diagnosis.of(FailureCode.CONNECTION_LOST);
            case 1969, 3024 -> Diagnosis.of(FailureCode.TIMED_OUT);
            case -1, 0 -> fromDriver(failure);
            default -> Diagnosis.of(FailureCode.FAILED);
        };
    }

    /** MySQL 8.0 hides which users there are: for one that it does not know it asks for a kind of password by chance. */
    private static Diagnosis unsupportedLogin(SQLException failure) {
        return String.valueOf(failure.getMessage()).contains("'sha256_password'")
                ? new Diagnosis(
                        FailureCode.WRONG_CREDENTIALS,
                        "There is no such user, or it has a password of the kind sha256_password, which is not supported:"
                                + " check its name, or let it have caching_sha2_password.")
                : new Diagnosis(
                        FailureCode.FAILED,
                        "The server asks for a way of authentication that is not supported; give the user a password.");
    }

    private static @Nullable Diagnosis fromDriver(SQLException failure) {
        String message = String.valueOf(failure.getMessage());
        if (message.contains("ssl not enabled in the server") || message.contains("SSL hostname verification failed")) {
            return Diagnosis.of(FailureCode.TLS_FAILED);
        }
        if (message.contains("RSA public key")) {
            return new Diagnosis(FailureCode.TLS_FAILED, NEEDS_TLS);
        }
        // What speaks another protocol seems to announce a packet of a gigantic size.
        if (message.contains("received packet size")
                || message.contains("unexpected data during authentication")
                || message.contains("Unexpected initial handshake protocol")) {
            return Diagnosis.of(FailureCode.WRONG_SERVER);
        }
        if (failure.getCause() instanceof IOException) {
            return null;
        }
        // The driver stumbled over what it was sent.
        return failure.getCause() instanceof RuntimeException ? Diagnosis.of(FailureCode.WRONG_SERVER) : null;
    }
}
