package dev.headwater.connectors.internal.postgresql;

import dev.headwater.connectors.internal.DriverKind.Diagnosis;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the exceptions of pgjdbc, and of drivers made from it, mean. SQLStates are those of
 * https://www.postgresql.org/docs/current/errcodes-appendix.html; the driver uses some of them, in its own way, for what it finds itself.
 */
final class PostgresFailures {

    private PostgresFailures() {}

    /** @param fromServer whether the exception is what the server said */
    static @Nullable Diagnosis diagnose(SQLException failure, boolean fromServer, ResolvedConfig config) {
        String state = String.valueOf(failure.getSQLState());
        String message = String.valueOf(failure.getMessage());
        return fromServer ? fromServer(state, message, config) : fromDriver(state, message, failure, config);
    }

    private static Diagnosis fromServer(String state, String message, ResolvedConfig config) {
        return switch (state) {
            case "28P01" -> Diagnosis.of(FailureCode.WRONG_CREDENTIALS);
            // The name of the file stands in every translation of the message.
            case "28000" ->
                message.contains("pg_hba.conf")
                        ? new Diagnosis(
                                FailureCode.PERMISSION_DENIED,
                                config.flag("ssl.enabled", true)
                                        ? "The server's pg_hba.conf lets this user, database or address not in, or asks for a client"
                                                + " certificate."
                                        : "The server's pg_hba.conf lets this user, database or address not in, or asks for TLS"
                                                + " (ssl.enabled).")
                        : Diagnosis.of(FailureCode.WRONG_CREDENTIALS);
            case "3D000" -> Diagnosis.of(FailureCode.NO_SUCH_DATABASE);
            case "42501" -> Diagnosis.of(FailureCode.PERMISSION_DENIED);
            // PgBouncer answers so, and Supavisor with the second.
            case "08P01", "XX000" -> PoolerFailures.diagnose(message);
            case "53300" ->
                new Diagnosis(FailureCode.FAILED, "The server, or this user, has all its connections in use.");
            case "57P01", "57P02" -> Diagnosis.of(FailureCode.CONNECTION_LOST);
            case "57P03" -> new Diagnosis(FailureCode.FAILED, "The server is starting or stopping; try again.");
            case "57014" -> Diagnosis.of(FailureCode.TIMED_OUT);
            // A pooler gave the transaction another connection than the one that the statement was prepared on.
            case "42P05", "26000" ->
                new Diagnosis(
                        FailureCode.FAILED,
                        "Behind a pooler of transactions, set extraProperties.prepareThreshold to 0.");
            default -> Diagnosis.of(FailureCode.FAILED);
        };
    }

    /** The driver translates its messages, so only what stands in all of them can be looked for. */
    private static @Nullable Diagnosis fromDriver(
            String state, String message, SQLException failure, ResolvedConfig config) {
        if (failure.getCause() instanceof IOException) {
            return null;
        }
        return switch (state) {
            case "08P01" -> Diagnosis.of(FailureCode.WRONG_SERVER);
            // The driver closed a connection that broke.
            case "08003" -> Diagnosis.of(FailureCode.CONNECTION_LOST);
            case "08004" -> refusedByDriver(message, config);
            case "08006" ->
                message.toLowerCase(Locale.ROOT).contains("hostnameverifier")
                        ? Diagnosis.of(FailureCode.TLS_FAILED)
                        : null;
            // The driver stumbled over what it was sent.
            default -> failure.getCause() instanceof RuntimeException ? Diagnosis.of(FailureCode.WRONG_SERVER) : null;
        };
    }

    private static @Nullable Diagnosis refusedByDriver(String message, ResolvedConfig config) {
        if (message.contains("SSL")) {
            return Diagnosis.of(FailureCode.TLS_FAILED);
        }
        return config.text("password").orElse("").isEmpty()
                ? new Diagnosis(FailureCode.WRONG_CREDENTIALS, "The server asks for a password; set one.")
                : null;
    }
}
