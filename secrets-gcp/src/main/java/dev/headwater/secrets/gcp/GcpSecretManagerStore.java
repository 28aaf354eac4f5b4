package dev.headwater.secrets.gcp;

import com.google.api.core.ApiFuture;
import com.google.api.gax.core.FixedCredentialsProvider;
import com.google.auth.Credentials;
import com.google.cloud.secretmanager.v1.AccessSecretVersionRequest;
import com.google.cloud.secretmanager.v1.AccessSecretVersionResponse;
import com.google.cloud.secretmanager.v1.SecretManagerServiceClient;
import com.google.cloud.secretmanager.v1.SecretManagerServiceSettings;
import dev.headwater.secrets.gcp.internal.GcpAnswers;
import dev.headwater.secrets.gcp.internal.GcpClient;
import dev.headwater.secrets.gcp.internal.GcpFailures;
import dev.headwater.secrets.gcp.internal.GcpReferences;
import dev.headwater.secrets.gcp.internal.GcpScope;
import dev.headwater.secrets.gcp.internal.WireLogs;
import dev.headwater.spi.SecretStore;
import dev.headwater.spi.SecretStoreException;
import dev.headwater.spi.SecretValue;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Google Cloud Secret Manager, held to one project: its global secrets, or with a {@linkplain Builder#location
 * location} the regional secrets there. References are a secret's name ({@code db-password}), its resource name
 * ({@code projects/my-project/secrets/db-password}, with {@code /locations/…} where the store has a location), or that
 * after {@code //secretmanager.googleapis.com/}; each may end in {@code /versions/latest}.
 *
 * <p>The permission {@code secretmanager.versions.access} is needed on each secret, as the role {@code
 * roles/secretmanager.secretAccessor} gives it. {@code latest} is the version that was created last, also if it is
 * disabled: then the secret is {@link SecretStoreException.Reason#DISABLED}.
 *
 * <p>Instances may be used by many threads at once. The client is made at the first fetch. A fetch blocks for at most the
 * {@linkplain Builder#timeout timeout}, and tries a service that cannot be reached {@value #MAX_ATTEMPTS} times in that
 * time; a {@linkplain Builder#client client of the host} keeps its own retries. An interrupt ends a fetch.
 *
 * <p>The store's own client speaks REST. gRPC's transport writes the bytes of secrets and access tokens to its log at
 * DEBUG: a host that passes a gRPC client keeps the logger {@code io.grpc.netty} above that level.
 */
public final class GcpSecretManagerStore implements SecretStore {

    /** How long a fetch may take, if nothing else is said. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    /** How often a fetch asks a service that cannot be reached. */
    public static final int MAX_ATTEMPTS = 3;

    private final GcpScope scope;
    private final GcpReferences references;
    private final GcpAnswers answers;
    private final GcpFailures failures;
    private final GcpClient client;

    private final Duration timeout;

    private GcpSecretManagerStore(GcpScope scope, GcpClient client, Duration timeout) {
        this.scope = scope;
        this.references = new GcpReferences(scope);
        this.answers = new GcpAnswers(scope);
        this.failures = new GcpFailures(scope);
        this.client = client;
        this.timeout = timeout;
    }

    /**
     * Starts a store of a project's secrets.
     *
     * @param project the project's id, such as {@code my-project}, or its number
     */
    public static Builder builder(String project) {
        return new Builder(project);
    }

    @Override
    public String description() {
        return "Google Secret Manager, " + scope.describe();
    }

    @Override
    public String normalize(String reference) {
        return references.normalize(reference);
    }

    @Override
    public SecretValue fetchLatest(String name) {
        String local = normalize(name);
        // The client reads an answer on whichever thread is there when it comes, this one among them.
        return answers.value(local, WireLogs.quietly(() -> latestVersion(local)));
    }

    private AccessSecretVersionResponse latestVersion(String name) {
        SecretManagerServiceClient current = connect(name);
        ApiFuture<AccessSecretVersionResponse> answer = current.accessSecretVersionCallable()
                .futureCall(AccessSecretVersionRequest.newBuilder()
                        .setName(scope.latestVersion(name))
                        .build());
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failures.of(name, e.getCause());
        } catch (CancellationException e) {
            throw failures.ofClosed(name);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw failures.ofTimeout(name);
        } catch (InterruptedException e) {
            answer.cancel(true);
            // after the cancellation, which clears it
            Thread.currentThread().interrupt();
            throw failures.ofInterrupt(name);
        }
    }

    private SecretManagerServiceClient connect(String name) {
        SecretManagerServiceClient current;
        try {
            current = client.get();
        } catch (IOException e) {
            throw failures.ofCredentials(name);
        }
        if (current == null) {
            throw failures.ofClosed(name);
        }
        return current;
    }

    @Override
    public void close() {
        client.close();
    }

    @Override
    public String toString() {
        return description();
    }

    /** Makes a {@link GcpSecretManagerStore}. Not safe for use by several threads. */
    public static final class Builder {

        private final String project;
        private @Nullable String location;
        private @Nullable String projectNumber;
        private Duration timeout = DEFAULT_TIMEOUT;
        private @Nullable Credentials credentials;
        private @Nullable Consumer<SecretManagerServiceSettings.Builder> settings;
        private @Nullable SecretManagerServiceClient client;

        private Builder(String project) {
            this.project = project;
        }

        /**
         * Reads the regional secrets of this location, and no global ones. They are served by {@code
         * secretmanager.<location>.rep.googleapis.com}.
         *
         * @param region such as {@code europe-west1}
         */
        public Builder location(String region) {
            this.location = region;
            return this;
        }

        /**
         * Says the number of a project that was given by its id, so that references by number are taken too, and answers
         * are held to it.
         */
        public Builder projectNumber(long number) {
            this.projectNumber = Long.toString(number);
            return this;
        }

        /**
         * Limits a fetch, its retries included; {@link #DEFAULT_TIMEOUT} if this is not called. To find default
         * credentials takes its own time, once.
         */
        public Builder timeout(Duration most) {
            this.timeout = most;
            return this;
        }

        /** Reads secrets with these credentials; without, with the application default credentials. */
        public Builder credentials(Credentials googleCredentials) {
            this.credentials = googleCredentials;
            return this;
        }

        /**
         * Changes the settings of the client that the store makes, when it makes it: a proxy, a private endpoint, other
         * retries. They hold the endpoint, limits and credentials of the store already.
         */
        public Builder settings(Consumer<SecretManagerServiceSettings.Builder> change) {
            this.settings = change;
            return this;
        }

        /**
         * Uses a client of the host, with its credentials, endpoint and retries; the store does not close it.
         */
        public Builder client(SecretManagerServiceClient hostsClient) {
            this.client = hostsClient;
            return this;
        }

        /**
         * {@return the store} Does no I/O.
         *
         * @throws IllegalArgumentException if project, number or location are not written as Google writes them, or the
         *     timeout is not positive
         * @throws IllegalStateException if both a client and what makes one were given
         */
        public GcpSecretManagerStore build() {
            GcpScope scope = new GcpScope(project, projectNumber, location);
            if (timeout.isNegative() || timeout.isZero()) {
                throw new IllegalArgumentException("the timeout must be more than 0, is " + timeout);
            }
            if (client == null) {
                GcpClient ours = GcpClient.lazily(scope.endpoint(), timeout, MAX_ATTEMPTS, settingsOfAClient());
                return new GcpSecretManagerStore(scope, ours, timeout);
            }
            if (credentials != null || settings != null) {
                throw new IllegalStateException("a client of the host has its own credentials and settings:"
                        + " give either the client, or credentials and settings");
            }
            return new GcpSecretManagerStore(scope, GcpClient.of(client), timeout);
        }

        private Consumer<SecretManagerServiceSettings.Builder> settingsOfAClient() {
            Credentials given = credentials;
            Consumer<SecretManagerServiceSettings.Builder> withCredentials = builder -> {
                if (given != null) {
                    builder.setCredentialsProvider(FixedCredentialsProvider.create(given));
                }
            };
            return settings == null ? withCredentials : withCredentials.andThen(settings);
        }
    }
}
