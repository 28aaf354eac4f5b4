package dev.headwater.connectors.kafka;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.security.auth.callback.Callback;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerToken;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallback;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/**
 * A stub of what brokers of MSK do with a token, in a real broker: it lets in who shows the URL that AWS's SDK signs with the one
 * key that it knows, not long ago.
 */
public final class MskStandIn implements AuthenticateCallbackHandler {

    static final String KEY_ID = "AKIDEXAMPLE";
    static final String SECRET = "pl4nted/aws+secret";
    static final String REGION = "eu-west-1";

    private static final String URL = "https://kafka." + REGION + ".amazonaws.com/";
    private static final Duration GOOD_FOR = Duration.ofMinutes(15);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    @Override
    public void configure(Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {}

    @Override
    public void handle(Callback[] callbacks) {
        for (Callback callback : callbacks) {
            if (callback instanceof OAuthBearerValidatorCallback asked) {
                if (isGood(asked.tokenValue())) {
                    asked.token(new Accepted(asked.tokenValue()));
                } else {
                    asked.error("invalid_token", null, null);
                }
            }
        }
    }

    private static boolean isGood(String token) {
        String url = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        if (!url.startsWith(URL + "?")) {
            return false;
        }
        Map<String, String> shown = Stream.of(url.substring(URL.length() + 1).split("&"))
                .map(one -> one.split("=", 2))
                .collect(Collectors.toMap(one -> one[0], one -> SdkHttpUtils.urlDecode(one[1])));
        // Added after the signature, as by AWS's own signers.
        shown.remove("User-Agent");
        Instant at = TIME.parse(shown.get("X-Amz-Date"), Instant::from);
        Instant now = Clock.systemUTC().instant();
        return !at.isAfter(now) && at.plus(GOOD_FOR).isAfter(now) && shown.equals(signed(at));
    }

    private static Map<String, String> signed(Instant at) {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.GET)
                .uri(URI.create(URL))
                .putRawQueryParameter("Action", "kafka-cluster:Connect")
                .build();
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(AwsCredentialsIdentity.create(KEY_ID, SECRET))
                        .request(request)
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "kafka-cluster")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, REGION)
                        .putProperty(
                                AwsV4FamilyHttpSigner.AUTH_LOCATION, AwsV4FamilyHttpSigner.AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4FamilyHttpSigner.EXPIRATION_DURATION, GOOD_FOR)
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(at, ZoneOffset.UTC)))
                .request();
        return signed.rawQueryParameters().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, one -> one.getValue().get(0)));
    }

    @Override
    public void close() {}

    private record Accepted(String value) implements OAuthBearerToken {

        @Override
        public Set<String> scope() {
            return Set.of();
        }

        @Override
        public long lifetimeMs() {
            return Clock.systemUTC().millis() + GOOD_FOR.toMillis();
        }

        @Override
        public String principalName() {
            return KafkaServer.USER;
        }

        @Override
        public Long startTimeMs() {
            return Clock.systemUTC().millis();
        }
    }
}
