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

    private final boolean ours;
    private final Maker maker;
    private final Object lock = new Object();
    private @Nullable SecretManagerServiceClient client;
    private boolean closed;

    private GcpClient(boolean ours, Maker maker) {
        this.ours = ours;
        this.maker = maker;
    }

    /** A client that the host made, and that the host closes. */
    public static GcpClient of(SecretManagerServiceClient client) {
        return new GcpClient(false, () -> client);
    }

    /**
     * A client of our own.
     *
     * @param endpoint host and port of the service
     * @param timeout of a call, its retries included
     * @param maxAttempts how often a service that cannot be reached is asked
     * @param settings changes the vendor's settings as the host likes
     */
    public static GcpClient lazily(
            String endpoint,
            Duration timeout,
            int maxAttempts,
            Consumer<SecretManagerServiceSettings.Builder> settings) {
        return new GcpClient(true, () -> {
            SecretManagerServiceSettings.Builder builder = SecretManagerServiceSettings.newHttpJsonBuilder();
            builder.setEndpoint(endpoint);
            builder.setTransportChannelProvider(SecretManagerServiceSettings.defaultHttpJsonTransportProviderBuilder()
                    .setExecutor(QuietThreads.newExecutor())
                    .setHttpTransport(new NetHttpTransport())
                    .build());
            // The vendor's own limits are 60 seconds. A connection that fails comes as UNKNOWN.
            builder.accessSecretVersionSettings()
                    .setRetryableCodes(Set.of(StatusCode.Code.UNAVAILABLE, StatusCode.Code.UNKNOWN))
                    .setRetrySettings(RetrySettings.newBuilder()
                            .setMaxAttempts(maxAttempts)
                            .setInitialRetryDelayDuration(FIRST_PAUSE)
                            .setRetryDelayMultiplier(2)
                            .setMaxRetryDelayDuration(LONGEST_PAUSE)
                            .setInitialRpcTimeoutDuration(timeout)
                            .setRpcTimeoutMultiplier(1)
                            .setMaxRpcTimeoutDuration(timeout)
                            .setTotalTimeoutDuration(timeout)
                            .build());
            settings.accept(builder);
            return SecretManagerServiceClient.create(builder.build());
        });
    }

    /**
     * {@return the client, or null after {@link #close()}}
     *
     * @throws IOException if there are no credentials, or they cannot be read
     */
    public @Nullable SecretManagerServiceClient get() throws IOException {
        synchronized (lock) {
            if (closed) {
                return null;
            }
            SecretManagerServiceClient current = client;
            if (current == null) {
                current = maker.make();
                client = current;
            }
            return current;
        }
    }

    @Override
    public void close() {
        SecretManagerServiceClient last;
        synchronized (lock) {
            closed = true;
            last = client;
            client = null;
        }
        if (ours && last != null) {
            last.close();
        }
    }

    private interface Maker {
        SecretManagerServiceClient make() throws IOException;
    }
}
