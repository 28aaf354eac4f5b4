package dev.headwater.connectors.internal.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.connectors.internal.aws.AwsKey;
import dev.headwater.connectors.internal.net.Endpoint;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/** Compared with AWS's own tools, never tried on RDS itself. */
@DisplayName("A token for Amazon RDS")
class RdsTokenTest {

    private static final Endpoint DATABASE = Endpoint.of("prod-instance.us-east-1.rds.amazonaws.com", 3306);
    private static final Instant NOW = Instant.parse("2016-11-07T17:39:33Z");
    private static final AwsKey KEY = new AwsKey("akid", "skid", Optional.empty());

    private static Map<String, String> query(String token) {
        return Stream.of(URI.create("https://" + token).getRawQuery().split("&"))
                .map(one -> one.split("=", 2))
                .collect(Collectors.toMap(one -> one[0], one -> SdkHttpUtils.urlDecode(one[1])));
    }

    @Test
    @DisplayName("is the one that AWS's command line makes of the same, in another order")
    void commandLine() {
        String token = RdsToken.of(DATABASE, "someusername", "us-east-1", KEY, NOW);
        assertThat(token)
                .startsWith(DATABASE + "/?Action=connect&DBUser=someusername&X-Amz-Algorithm=AWS4-HMAC-SHA256&");
        assertThat(query(token))
                .containsEntry("X-Amz-Date", "20161107T173933Z")
                .containsEntry("X-Amz-Expires", "900")
                .containsEntry("X-Amz-SignedHeaders", "host")
                .containsEntry("X-Amz-Credential", "akid/20161107/us-east-1/rds-db/aws4_request")
                .containsEntry("X-Amz-Signature", "d1138cdbc0ca63eec012ec0fc6c2267e03642168f5884a7795320d4c18374c61");
    }

    @Test
    @DisplayName("is signed as AWS's SDK signs it, also for a role's session and names that need encoding")
    void sdk() {
        String user = "jane doe+ü*~@example.com";
        AwsKey key = new AwsKey("AKIDEXAMPLE", "wJalr/XUtn+FEMI", Optional.of("session/token+=="));
        String token = RdsToken.of(DATABASE, user, "eu-west-1", key, NOW);

        AwsCredentialsIdentity identity =
                AwsSessionCredentialsIdentity.create("AKIDEXAMPLE", "wJalr/XUtn+FEMI", "session/token+==");
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.GET)
                .uri(URI.create("https://" + DATABASE + "/"))
                .putRawQueryParameter("Action", "connect")
                .putRawQueryParameter("DBUser", user)
                .build();
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(identity)
                        .request(request)
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "rds-db")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-west-1")
                        .putProperty(
                                AwsV4FamilyHttpSigner.AUTH_LOCATION, AwsV4FamilyHttpSigner.AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4FamilyHttpSigner.EXPIRATION_DURATION, java.time.Duration.ofMinutes(15))
                        .putProperty(HttpSigner.SIGNING_CLOCK, java.time.Clock.fixed(NOW, java.time.ZoneOffset.UTC)))
                .request();
        Map<String, String> expected = signed.rawQueryParameters().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, one -> one.getValue().get(0)));
        assertThat(query(token)).isEqualTo(expected);
    }

    @Test
    @DisplayName("comes of a key that does not show itself")
    void key() {
        assertThat(KEY).hasToString("AwsKey");
    }
}
