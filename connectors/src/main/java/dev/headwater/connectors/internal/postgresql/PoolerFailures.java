package dev.headwater.connectors.internal.postgresql;

import dev.headwater.connectors.internal.DriverKind.Diagnosis;
import dev.headwater.spi.FailureCode;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What poolers in front of PostgreSQL mean, which have one SQLState for all that they say themselves: PgBouncer
 * (https://www.pgbouncer.org/config.html) and Supabase's Supavisor (https://supabase.github.io/supavisor/).
 */
final class PoolerFailures {

    private static final Pattern NO_SUCH_DATABASE =
            Pattern.compile("no such database|database \".*\" does not exist", Pattern.DOTALL);
    private static final Pattern NEEDS_TLS = Pattern.compile("ssl (connection is )?required");
    private static final Pattern FULL = Pattern.compile("max_client_conn|max client(s| connections) reached");
    private static final Pattern WAITED = Pattern.compile("query_wait_timeout|client_login_timeout");

    private PoolerFailures() {}

    static Diagnosis diagnose(String text) {
        String message = text.toLowerCase(Locale.ROOT);
        if (message.contains("authentication failed")) {
            return Diagnosis.of(FailureCode.WRONG_CREDENTIALS);
        }
        if (message.contains("tenant") && message.contains("not found")) {
            return new Diagnosis(
                    FailureCode.WRONG_CREDENTIALS,
                    "The pooler knows no such user: its users are called postgres.<project>, and it stands in the project's"
                            + " region.");
        }
        if (NO_SUCH_DATABASE.matcher(message).find()) {
            return Diagnosis.of(FailureCode.NO_SUCH_DATABASE);
        }
        if (NEEDS_TLS.matcher(message).find()) {
            return new Diagnosis(FailureCode.PERMISSION_DENIED, "The pooler asks for TLS (ssl.enabled).");
        }
        if (FULL.matcher(message).find()) {
            return new Diagnosis(FailureCode.FAILED, "The pooler, or this user of it, has all its connections in use.");
        }
        if (WAITED.matcher(message).find()) {
            return new Diagnosis(
                    FailureCode.TIMED_OUT,
                    "The pooler got no connection to the database in time: all are in use, or the database does not answer.");
        }
        if (message.contains("server_login_retry")) {
            return new Diagnosis(
                    FailureCode.FAILED, "The pooler cannot log in to the database behind it; see its log.");
        }
        if (message.contains("unsupported startup parameter")) {
            return new Diagnosis(
                    FailureCode.FAILED,
                    "The pooler does not pass this parameter on. Without it the login works; search_path is what schema"
                            + " sets.");
        }
        return Diagnosis.of(FailureCode.FAILED);
    }
}
