package dev.headwater.secrets.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.HttpLogDetailLevel;
import com.azure.core.http.policy.HttpLogOptions;
import com.azure.core.http.policy.RetryPolicy;
import com.azure.security.keyvault.secrets.SecretClient;
import com.azure.security.keyvault.secrets.SecretClientBuilder;
import com.azure.security.keyvault.secrets.models.KeyVaultSecret;
import dev.headwater.secrets.azure.internal.DefaultCredential;
import dev.headwater.secrets.azure.internal.VaultFailures;
import dev.headwater.secrets.azure.internal.VaultReferences;
import dev.headwater.secrets.azure.internal.VaultRetries;
import dev.headwater.secrets.azure.internal.VaultScope;
import dev.headwater.spi.SecretStore;
import dev.headwater.spi.SecretStoreException;
import dev.headwater.spi.SecretStoreException.Reason;
import dev.headwater.spi.SecretValue;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Azure Key Vault, held to one vault. References are a secret's name ({@code db-password}) or its URL without a version
 * ({@code https://myvault.vault.azure.net/secrets/db-password}). Names keep the case that they are written in; Key
 * Vault does not tell case apart, so names that differ in case alone are one secret.
 *
 * <p>The role Key Vault Secrets User is needed on the vault or the secret, or {@code get} for secrets in the vault's access
 * policy. Secrets that expired, or are not yet valid, are read all the same: Key Vault leaves that to the reader.
 *
 * <p>Instances may be used by many threads at once. A fetch blocks for one exchange with the vault, two at first and when a
 * token is refused, and the time that the credential takes for a token. The {@linkplain Builder#timeout timeout} limits
 * each exchange; what the vault answers with status 500, 502, 503 or 504 is asked {@value #MAX_RETRIES} more times. A
 * {@linkplain #of client of the host} keeps its own limits, and its own logging: with {@code BODY} it writes secrets.
 */
public final class AzureKeyVaultStore implements SecretStore {

    /** How long one exchange with the vault may take, if nothing else is said. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

    /** How often a vault that fails for a moment is asked again. */
    public static final int MAX_RETRIES = 2;

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final VaultScope scope;
    private final VaultReferences references;
    private final VaultFailures failures;
    private final SecretClient client;
    private volatile boolean closed;

    private AzureKeyVaultStore(VaultScope scope, SecretClient client) {
        this.scope = scope;
        this.references = new VaultReferences(scope);
        this.failures = new VaultFailures(scope);
        this.client = client;
    }

    /**
     * Starts a store of a vault's secrets.
     *
     * @param vaultUrl such as {@code https://myvault.vault.azure.net}
     */
    public static Builder builder(String vaultUrl) {
        return new Builder(vaultUrl);
    }

    /** A store of the vault that a client of the host reads, with that client's credentials, limits and retries. */
    public static AzureKeyVaultStore of(SecretClient client) {
        return new AzureKeyVaultStore(VaultScope.parse(client.getVaultUrl()), client);
    }

    @Override
    public String description() {
        return "Azure Key Vault, " + scope.url();
    }

    @Override
    public String normalize(String reference) {
        return references.normalize(reference);
    }

    /** {@return the name in lower case} */
    @Override
    public String identity(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public SecretValue fetchLatest(String name) {
        String local = normalize(name);
        if (closed) {
            throw failures.ofClosed(local);
        }
        KeyVaultSecret secret;
        try {
            secret = client.getSecret(local);
        } catch (RuntimeException e) {
            throw failures.of(local, e);
        }
        if (secret == null || !references.isVersionOf(local, secret.getId())) {
            throw failure(Reason.WRONG_ANSWER, local, "answered with another resource than a version of");
        }
        if (secret.getValue() == null) {
            throw failure(Reason.WRONG_ANSWER, local, "answered without a value for");
        }
        return SecretValue.of(secret.getValue());
    }

    private SecretStoreException failure(Reason reason, String name, String what) {
        return new SecretStoreException(reason, name, scope.url() + " " + what + " the secret " + name, null);
    }

    /** Stops reading; the client holds nothing that needs to be released. */
    @Override
    public void close() {
        closed = true;
    }

    @Override
    public String toString() {
        return description();
    }

    /** Makes an {@link AzureKeyVaultStore}. Not safe for use by several threads. */
    public static final class Builder {

        private final String vaultUrl;
        private Duration timeout = DEFAULT_TIMEOUT;
        private @Nullable TokenCredential credential;
        private @Nullable HttpClient httpClient;

        private Builder(String vaultUrl) {
            this.vaultUrl = vaultUrl;
        }

        /** Reads secrets with this credential; without, with the default ones, which need azure-identity. */
        public Builder credential(TokenCredential azureCredential) {
            this.credential = azureCredential;
            return this;
        }

        /** Limits each exchange with the vault; {@link #DEFAULT_TIMEOUT} if this is not called. */
        public Builder timeout(Duration most) {
            this.timeout = most;
            return this;
        }

        /** Sends requests with this client, for a proxy or certificates of the host's own; it keeps its own limits. */
        public Builder httpClient(HttpClient azureHttpClient) {
            this.httpClient = azureHttpClient;
            return this;
        }

        /**
         * {@return the store} Does no I/O.
         *
         * @throws IllegalArgumentException if the vault is not an https URL of a host, or the timeout is not positive
         * @throws IllegalStateException if no credential was given, and azure-identity is not on the class path
         */
        public AzureKeyVaultStore build() {
            VaultScope scope = VaultScope.parse(vaultUrl);
            if (timeout.isNegative() || timeout.isZero()) {
                throw new IllegalArgumentException("the timeout must be more than 0, is " + timeout);
            }
            SecretClient client = new SecretClientBuilder()
                    .vaultUrl(scope.url())
                    .credential(credential == null ? DefaultCredential.find() : credential)
                    .httpClient(httpClient == null ? ownHttpClient() : httpClient)
                    .retryPolicy(new RetryPolicy(new VaultRetries(MAX_RETRIES, PAUSE)))
                    // Not what an environment variable says: at BODY, answers are logged with their secrets.
                    .httpLogOptions(new HttpLogOptions().setLogLevel(HttpLogDetailLevel.NONE))
                    .buildClient();
            return new AzureKeyVaultStore(scope, client);
        }

        private HttpClient ownHttpClient() {
            return new JdkHttpClientBuilder()
                    .connectionTimeout(timeout)
                    .responseTimeout(timeout)
                    .readTimeout(timeout)
                    .build();
        }
    }
}
