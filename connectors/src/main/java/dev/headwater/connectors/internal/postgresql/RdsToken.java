package dev.headwater.connectors.internal.postgresql;

import dev.headwater.connectors.internal.aws.SignatureV4;
import dev.headwater.connectors.internal.net.Endpoint;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The token that stands for a password where Amazon RDS authenticates by IAM: the URL of a request to connect, signed by
 * Signature Version 4 in its query and without its scheme, good for 15 minutes. See "Connecting to your DB instance using
 * IAM authentication" in the guide of Amazon RDS, and "Authenticating requests: using query parameters" in that of IAM.
 */
final class RdsToken {

    private static final String SERVICE = "rds-db";
    private static final int SECONDS = 900;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private RdsToken() {}

    /** An access key of AWS. */
    record Key(String id, String secret, Optional<String> sessionToken) {

        @Override
        public String toString() {
            return "Key";
        }
    }

    static String of(Endpoint database, String user, String region, Key key, Instant now) {
        String time = TIME.format(now);
        String day = time.substring(0, 8);
        String scope = day + "/" + region + "/" + SERVICE + "/aws4_request";
        Map<String, String> query = new TreeMap<>();
        query.put("Action", "connect");
        query.put("DBUser", user);
        query.put("X-Amz-Algorithm", SignatureV4.ALGORITHM);
        query.put("X-Amz-Credential", key.id() + "/" + scope);
        query.put("X-Amz-Date", time);
        query.put("X-Amz-Expires", Integer.toString(SECONDS));
        key.sessionToken().ifPresent(token -> query.put("X-Amz-Security-Token", token));
        query.put("X-Amz-SignedHeaders", "host");
        String parameters = query.entrySet().stream()
                .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
                .collect(Collectors.joining("&"));
        String request = String.join(
                "\n", "GET", "/", parameters, "host:" + database, "", "host", SignatureV4.hash(new byte[0]));
        return database + "/?" + parameters + "&X-Amz-Signature=" + SignatureV4.of(request, key.secret(), time, scope);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
