package dev.headwater.connectors.internal.aws;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The query of a GET of {@code /} that is signed by Signature Version 4, good for 15 minutes, which some services of AWS take in
 * place of a password. See "Authenticating requests: using query parameters" in the guide of IAM.
 */
public final class SignedQuery {

    /** For how long one is good. */
    public static final int SECONDS = 900;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private SignedQuery() {}

    /**
     * {@return the query, encoded}
     *
     * @param host as the header of that name would say it
     * @param service as signatures call it
     * @param parameters what is asked for
     */
    public static String of(
            String host, String service, String region, Map<String, String> parameters, AwsKey key, Instant now) {
        String time = TIME.format(now);
        String scope = time.substring(0, 8) + "/" + region + "/" + service + "/aws4_request";
        Map<String, String> query = new TreeMap<>(parameters);
        query.put("X-Amz-Algorithm", SignatureV4.ALGORITHM);
        query.put("X-Amz-Credential", key.id() + "/" + scope);
        query.put("X-Amz-Date", time);
        query.put("X-Amz-Expires", Integer.toString(SECONDS));
        key.sessionToken().ifPresent(token -> query.put("X-Amz-Security-Token", token));
        query.put("X-Amz-SignedHeaders", "host");
        String encoded = query.entrySet().stream()
                .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
                .collect(Collectors.joining("&"));
        String request =
                String.join("\n", "GET", "/", encoded, "host:" + host, "", "host", SignatureV4.hash(new byte[0]));
        return encoded + "&X-Amz-Signature=" + SignatureV4.of(request, key.secret(), time, scope);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
