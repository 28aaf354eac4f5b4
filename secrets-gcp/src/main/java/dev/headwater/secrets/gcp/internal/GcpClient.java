package dev.headwater.secrets.gcp.internal;

import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.gax.retrying.RetrySettings;
import com.google.api.gax.rpc.StatusCode;
import com.google.cloud.secretmanager.v1.SecretManagerServiceClient;
import com.google.cloud.secretmanager.v1.SecretManagerServiceSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The vendor's client: the host's own, or one that is made when it is first asked for. */
public final class GcpClient implements AutoCloseable {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final @Nullable Consumer<SecretManagerServiceSettings.Builder> settings;
    private final Object lock = new Object();
    private @Nullable SecretManagerServiceClient client;
    private boolean closed;

    private GcpClient(
            @Nullable SecretManagerServiceClient client,
            @Nullable Consumer<SecretManagerServiceSettings.Builder> settings) {
        this.client = client;
        this.settings = settings;
    }

    /** A client that the host made, and that the host closes. */
    public static GcpClient of(SecretManagerServiceClient client) {
        return new GcpClient(client, null);
    }

    /**
     * A client of our own.
     *
     * @param endpoint host and port of the service
     * @param timeout of a call, its retries included
     * @param maxAttempts how often a service that cannot be reached is asked
     * @param change changes the vendor's settings as the host likes
     */
    public static GcpClient lazily(
            String endpoint, Duration timeout, int maxAttempts, Consumer<SecretManagerServiceSettings.Builder> change) {
        Consumer<SecretManagerServiceSettings.Builder> ours = builder -> {
            builder.setEndpoint(endpoint);
            builder.setTransportChannelProvider(SecretManagerServiceSettings.defaultHttpJsonTransportProviderBuilder()
                    .setExecutor(WireLogs.newQuietExecutor())
                    .setHttpTransport(new NetHttpTransport())
                    .build());
            // A connection that fails comes as UNKNOWN. No timeout of one attempt: the vendor's would start a thread
            // that
            // keeps the JVM alive, and the store limits the whole.
            builder.accessSecretVersionSettings()
                    .setRetryableCodes(Set.of(StatusCode.Code.UNAVAILABLE, StatusCode.Code.UNKNOWN))
                    .setRetrySettings(RetrySettings.newBuilder()
                            .setMaxAttempts(maxAttempts)
                            .setInitialRetryDelayDuration(FIRST_PAUSE)
                            .setRetryDelayMultiplier(2)
                            .setMaxRetryDelayDuration(LONGEST_PAUSE)
                            .setInitialRpcTimeoutDuration(Duration.ZERO)
                            .setMaxRpcTimeoutDuration(Duration.ZERO)
                            .setTotalTimeoutDuration(timeout)
                            .build());
        };
        return new GcpClient(null, ours.andThen(change));
    }

    /**
     * {@return the client, or null after {@link #close()}}
     *
     * @throws IOException if there are no credentials, or they cannot be read
     */
    public @Nullable SecretManagerServiceClient get() throws IOException {
        synchronized (lock) {
            if (client == null && settings != null && !closed) {
                client = make(settings);
            }
            return client;
        }
    }

    private static SecretManagerServiceClient make(Consumer<SecretManagerServiceSettings.Builder> settings)
            throws IOException {
        return WireLogs.quietly(() -> {
            SecretManagerServiceSettings.Builder builder = SecretManagerServiceSettings.newHttpJsonBuilder();
            settings.accept(builder);
            return SecretManagerServiceClient.create(builder.build());
        });
    }

    @Override
    public void close() {
        SecretManagerServiceClient last;
        synchronized (lock) {
            closed = true;
            last = client;
            client = null;
        }
        if (settings != null && last != null) {
            last.close();
        }
    }
}
