package dev.headwater.secrets.aws;

import dev.headwater.secrets.aws.internal.AwsFailures;
import dev.headwater.secrets.aws.internal.AwsReferences;
import dev.headwater.secrets.aws.internal.AwsScope;
import dev.headwater.spi.SecretStore;
import dev.headwater.spi.SecretStoreException.Reason;
import dev.headwater.spi.SecretValue;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/**
 * AWS Secrets Manager, held to one account and region. References are a secret's name ({@code prod/db}) or its complete
 * ARN ({@code arn:aws:secretsmanager:us-east-1:123456789012:secret:prod/db-AbCdEf}); the six characters at its end are
 * dropped, so that a secret that was deleted and made anew is found again. The version with the stage {@code AWSCURRENT}
 * is read. Secrets that hold bytes instead of text cannot be used; store them as Base64 text.
 *
 * <p>The permission {@code secretsmanager:GetSecretValue} is needed, and {@code kms:Decrypt} for secrets with a key of
 * their own. That the credentials are those of the account is checked by what Secrets Manager answers.
 *
 * <p>Instances may be used by many threads at once. A fetch blocks for one exchange with the service and at most
 * {@value #MAX_RETRIES} more, if it fails or asks for fewer calls, and the time that the credentials take; the
 * {@linkplain Builder#timeout timeout} limits all of it. A {@linkplain #of client of the host} keeps its own limits.
 */
public final class AwsSecretsManagerStore implements SecretStore {

    /** How long a fetch may take with all of its retries, if nothing else is said. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    /** How often an exchange that failed is tried again. */
    public static final int MAX_RETRIES = 2;

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);
    private static final String CURRENT = "AWSCURRENT";

    private final AwsScope scope;
    private final AwsReferences references;
    private final AwsFailures failures;
    private final SecretsManagerClient client;
    private final boolean ownsClient;
    private volatile boolean closed;

    private AwsSecretsManagerStore(AwsScope scope, SecretsManagerClient client, boolean ownsClient) {
        this.scope = scope;
        this.references = new AwsReferences(scope);
        this.failures = new AwsFailures(scope);
        this.client = client;
        this.ownsClient = ownsClient;
    }

    /**
     * Starts a store of the secrets of an account in a region.
     *
     * @param account the account's number, 12 digits
     * @param region such as {@code us-east-1}; the partition follows from it
     */
    public static Builder builder(String account, String region) {
        return new Builder(account, region);
    }

    /**
     * A store that reads through a client of the host, with that client's credentials, limits and retries. Closing the
     * store leaves the client open.
     *
     * @param account the account of the client's credentials
     * @param region the client's region
     * @throws IllegalArgumentException if account or region is not what AWS calls so
     */
    public static AwsSecretsManagerStore of(String account, String region, SecretsManagerClient client) {
        return new AwsSecretsManagerStore(new AwsScope(account, region), client, false);
    }

    @Override
    public String description() {
        return "AWS Secrets Manager, " + scope.describe();
    }

    @Override
    public String normalize(String reference) {
        return references.normalize(reference);
    }

    @Override
    public SecretValue fetchLatest(String name) {
        String local = normalize(name);
        if (closed) {
            throw failures.ofClosed(local);
        }
        GetSecretValueResponse answer;
        try {
            // Some that stand in for AWS give an older version unless the stage is named.
            answer = client.getSecretValue(request -> request.secretId(local).versionStage(CURRENT));
        } catch (RuntimeException e) {
            throw failures.of(local, e);
        }
        if (!references.isArnOf(local, answer.arn())) {
            throw failures.failure(
                    Reason.WRONG_ANSWER,
                    local,
                    "answered with a secret of another account, region or name (are the credentials those of the account?) "
                            + "for");
        }
        List<String> stages = answer.versionStages();
        if (!stages.contains(CURRENT)) {
            throw failures.failure(Reason.WRONG_ANSWER, local, "answered with another version than the current one of");
        }
        String text = answer.secretString();
        if (text == null) {
            throw failures.failure(
                    Reason.UNUSABLE, local, "holds bytes, not text (store them as Base64 text instead), in");
        }
        return SecretValue.of(text);
    }

    /** Stops reading, and closes the client that the store made. */
    @Override
    public void close() {
        closed = true;
        if (ownsClient) {
            client.close();
        }
    }

    @Override
    public String toString() {
        return description();
    }

    /** Makes an {@link AwsSecretsManagerStore}. Not safe for use by several threads. */
    public static final class Builder {

        private final String account;
        private final String region;
        private Duration timeout = DEFAULT_TIMEOUT;
        private @Nullable AwsCredentialsProvider credentials;
        private @Nullable URI endpoint;

        private Builder(String account, String region) {
            this.account = account;
            this.region = region;
        }

        /** Reads secrets with these credentials, which are not closed; without, with the SDK's default ones. */
        public Builder credentials(AwsCredentialsProvider provider) {
            this.credentials = provider;
            return this;
        }

        /** Asks here instead of at the region's public endpoint: a VPC endpoint, say. */
        public Builder endpoint(URI uri) {
            this.endpoint = uri;
            return this;
        }

        /** Limits each fetch with all of its retries; {@link #DEFAULT_TIMEOUT} if this is not called. */
        public Builder timeout(Duration most) {
            this.timeout = most;
            return this;
        }

        /**
         * {@return the store} Connects to nothing.
         *
         * @throws IllegalArgumentException if account or region is not what AWS calls so, or the timeout is not positive
         */
        public AwsSecretsManagerStore build() {
            AwsScope scope = new AwsScope(account, region);
            if (timeout.isNegative() || timeout.isZero()) {
                throw new IllegalArgumentException("the timeout must be more than 0, is " + timeout);
            }
            BackoffStrategy pause = BackoffStrategy.exponentialDelay(PAUSE, LONGEST_PAUSE);
            SecretsManagerClientBuilder builder = SecretsManagerClient.builder()
                    .region(Region.of(region))
                    .credentialsProvider(provider())
                    .httpClientBuilder(UrlConnectionHttpClient.builder()
                            .connectionTimeout(timeout)
                            .socketTimeout(timeout))
                    .overrideConfiguration(config -> config.apiCallTimeout(timeout)
                            .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                    .maxAttempts(1 + MAX_RETRIES)
                                    .backoffStrategy(pause)
                                    .throttlingBackoffStrategy(pause)
                                    .build()));
            if (endpoint != null) {
                builder.endpointOverride(endpoint);
            }
            return new AwsSecretsManagerStore(scope, builder.build(), true);
        }

        private AwsCredentialsProvider provider() {
            return credentials == null ? DefaultCredentialsProvider.builder().build() : new LeftOpen(credentials);
        }
    }

    /** The SDK's client closes the provider that it is given; that of the host is not ours to close. */
    private record LeftOpen(AwsCredentialsProvider host) implements AwsCredentialsProvider {

        @Override
        public AwsCredentials resolveCredentials() {
            return host.resolveCredentials();
        }
    }
}
