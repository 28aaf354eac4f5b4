package dev.headwater.connectors.internal.kafka;

import dev.headwater.connectors.internal.aws.AwsKey;
import dev.headwater.connectors.internal.aws.SignedQuery;
import dev.headwater.spi.ConnectionTarget;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What logs in to Amazon MSK by IAM: a signed URL as the token of SASL's OAUTHBEARER, as AWS's own signers for MSK make it. Good
 * for 15 minutes at every cluster of its region that the signer may use, so only brokers of MSK get one.
 */
final class MskToken {

    private static final String SERVICE = "kafka-cluster";

    private MskToken() {}

    /** {@return whether a host is one that Amazon gives to brokers of MSK in that region, serverless ones included} */
    static boolean isBroker(String host, String region) {
        return host.toLowerCase(Locale.ROOT)
                .matches("[a-z0-9.-]+\\.kafka(-serverless)?\\." + Pattern.quote(region) + "\\.amazonaws\\.com(\\.cn)?");
    }

    /** {@return a token for now} Blocks on what gives this process its AWS credentials. */
    static String of(ConnectionTarget target) {
        return of(
                target.config().required("region"),
                AwsKey.ofProcess(target),
                Clock.systemUTC().instant());
    }

    static String of(String region, AwsKey key, Instant now) {
        String host = "kafka." + region + ".amazonaws.com";
        Map<String, String> parameters = Map.of("Action", "kafka-cluster:Connect");
        String url = "https://" + host + "/?" + SignedQuery.of(host, SERVICE, region, parameters, key, now)
                + "&User-Agent=headwater";
        return Base64.getUrlEncoder().withoutPadding().encodeToString(url.getBytes(StandardCharsets.UTF_8));
    }
}
