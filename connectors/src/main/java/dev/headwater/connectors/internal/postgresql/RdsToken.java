package dev.headwater.connectors.internal.postgresql;

import dev.headwater.connectors.internal.aws.AwsKey;
import dev.headwater.connectors.internal.aws.SignedQuery;
import dev.headwater.connectors.internal.net.Endpoint;
import java.time.Instant;
import java.util.Map;

/**
 * The token that stands for a password where Amazon RDS authenticates by IAM: the URL of a request to connect, signed and without
 * its scheme. See "Connecting to your DB instance using IAM authentication" in the guide of Amazon RDS.
 */
final class RdsToken {

    private RdsToken() {}

    static String of(Endpoint database, String user, String region, AwsKey key, Instant now) {
        Map<String, String> parameters = Map.of("Action", "connect", "DBUser", user);
        return database + "/?" + SignedQuery.of(database.toString(), "rds-db", region, parameters, key, now);
    }
}
