package dev.headwater.connectors.internal.aws;

import dev.headwater.connectors.internal.http.GatedAwsHttp;
import dev.headwater.connectors.internal.http.GatedHttp;
import dev.headwater.connectors.internal.net.Endpoint;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import java.net.URI;
import java.util.Optional;
import okhttp3.HttpUrl;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceMetadata;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/**
 * Where to go and as whom, from the fields that the kinds of AWS have in common. Nothing is read from the profiles of the
 * host's user, so that a source means the same on every machine.
 *
 * @param region the region
 * @param endpoint the service's own endpoint there, or the one of the config
 * @param overridden whether it is the one of the config
 * @param processCredentials whether a config without keys may use those of this process
 */
record AwsLogin(Region region, URI endpoint, boolean overridden, boolean processCredentials) {

    /** What STS writes into its log of who did something. */
    private static final String SESSION_NAME = "headwater";

    /** An empty one, in place of the files in the home of the host's user. */
    private static final ProfileFile NO_PROFILES = ProfileFile.aggregator().build();

    static AwsLogin of(ResolvedConfig config, ServiceMetadata service, boolean processCredentials) {
        Region region = Region.of(config.text("region")
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> new ConnectorException(
                        FailureCode.INVALID_CONFIG,
                        "field region has no value; it is an AWS region such as us-east-1")));
        if (!region.id().matches("[a-z0-9-]{1,40}")) {
            throw new ConnectorException(FailureCode.INVALID_CONFIG, "region must be an AWS region such as us-east-1");
        }
        Optional<HttpUrl> given = config.text("endpoint_url")
                .filter(text -> !text.isEmpty())
                .map(text -> GatedHttp.url("endpoint_url", text));
        URI endpoint = given.map(HttpUrl::uri).orElseGet(() -> {
            URI own = service.endpointFor(region);
            return own.getScheme() == null ? URI.create("https://" + own) : own;
        });
        return new AwsLogin(region, endpoint, given.isPresent(), processCredentials);
    }

    /** {@return the host and port of the endpoint} */
    Endpoint server() {
        int port = endpoint.getPort() >= 0
                ? endpoint.getPort()
                : endpoint.getScheme().equals("http") ? 80 : 443;
        String host = endpoint.getHost();
        return Endpoint.of(host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port);
    }

    /**
     * Configures the client of a service.
     *
     * @param retries whether it tries again what may pass; a test does not
     */
    <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B configure(
            B builder, AwsCredentialsProvider credentials, GatedAwsHttp http, boolean retries) {
        builder.region(region).endpointOverride(endpoint).httpClient(http).credentialsProvider(credentials);
        return builder.overrideConfiguration(override(retries));
    }

    private static ClientOverrideConfiguration override(boolean retries) {
        return ClientOverrideConfiguration.builder()
                .retryStrategy(retries ? AwsRetryStrategy.standardRetryStrategy() : AwsRetryStrategy.doNotRetry())
                .defaultProfileFile(NO_PROFILES)
                .defaultProfileName("default")
                .build();
    }

    /**
     * {@return the credentials of the config, which the caller closes if they can be} Does no I/O: a role is assumed when
     * credentials are first needed.
     */
    AwsCredentialsProvider credentials(ConnectionTarget target, GatedAwsHttp http) {
        ResolvedConfig config = target.config();
        AwsCredentialsProvider own = config.text("access_key_id")
                .filter(key -> !key.isEmpty())
                .<AwsCredentialsProvider>map(key -> StaticCredentialsProvider.create(key(config, key)))
                .orElseGet(this::ofProcess);
        Optional<String> role = config.text("role_arn").filter(arn -> !arn.isEmpty());
        return role.<AwsCredentialsProvider>map(arn -> assumed(arn, own, http)).orElse(own);
    }

    private static AwsCredentials key(ResolvedConfig config, String keyId) {
        String secret = config.required("secret_access_key");
        return config.text("session_token")
                .filter(token -> !token.isEmpty())
                .<AwsCredentials>map(token -> AwsSessionCredentials.create(keyId, secret, token))
                .orElseGet(() -> AwsBasicCredentials.create(keyId, secret));
    }

    private AwsCredentialsProvider ofProcess() {
        if (!processCredentials) {
            throw new ConnectorException(
                    FailureCode.INVALID_CONFIG,
                    "the config has no access key, and this application lets no data source use its own AWS credentials",
                    "Set access_key_id and secret_access_key; or let the application allow its own"
                            + " (Connectors.awsWithProcessCredentials).");
        }
        return DefaultCredentialsProvider.builder()
                .profileFile(() -> NO_PROFILES)
                .build();
    }

    private AwsCredentialsProvider assumed(String roleArn, AwsCredentialsProvider as, GatedAwsHttp http) {
        StsClient sts = StsClient.builder()
                .region(region)
                .httpClient(http)
                .credentialsProvider(as)
                .overrideConfiguration(override(false))
                .putAuthScheme(QuietSignature.scheme())
                .build();
        return new AssumedRole(
                StsAssumeRoleCredentialsProvider.builder()
                        .stsClient(sts)
                        .refreshRequest(request -> request.roleArn(roleArn).roleSessionName(SESSION_NAME))
                        .build(),
                sts);
    }
}
