package dev.headwater.connectors.internal.postgresql;

import dev.headwater.connectors.internal.aws.AwsKey;
import dev.headwater.connectors.internal.net.Endpoint;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import java.time.Clock;

/** Logins by IAM: a token of its own for each, since a token is good for a quarter of an hour only. */
final class IamLogin {

    private static final String FIELD = "aws_iam_auth";

    private IamLogin() {}

    static boolean wanted(ResolvedConfig config) {
        return config.flag(FIELD, false);
    }

    /** @throws ConnectorException with {@link FailureCode#INVALID_CONFIG} if it must not be done */
    static void check(ResolvedConfig config, boolean processCredentials) {
        if (!processCredentials) {
            throw new ConnectorException(
                    FailureCode.INVALID_CONFIG,
                    FIELD + " is true, and this application lets no data source use its own AWS credentials",
                    "Use a password; or let the application allow its own (Connectors.postgresqlWithProcessCredentials).");
        }
        if (!config.flag("ssl.enabled", true)
                || config.extraProperties().getOrDefault("sslmode", "").equals("require")) {
            throw new ConnectorException(
                    FailureCode.INVALID_CONFIG, FIELD + " needs TLS with a verified server, which gets the token");
        }
        config.required("region");
    }

    /** {@return the token to log in with now} Blocks on what gives this process its AWS credentials. */
    static String token(ConnectionTarget target, Endpoint database) {
        ResolvedConfig config = target.config();
        return RdsToken.of(
                database,
                config.required("username"),
                config.required("region"),
                AwsKey.ofProcess(target),
                Clock.systemUTC().instant());
    }
}
