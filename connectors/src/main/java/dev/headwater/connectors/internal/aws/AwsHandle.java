package dev.headwater.connectors.internal.aws;

import dev.headwater.connectors.internal.http.GatedAwsHttp;
import dev.headwater.spi.ConnectionTarget;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** A client with what it stands on, which the SDK does not close with it. */
record AwsHandle<C extends AutoCloseable>(C client, AwsCredentialsProvider credentials, GatedAwsHttp http) {

    private static final Logger LOG = LoggerFactory.getLogger(AwsHandle.class);

    static <C extends AutoCloseable> AwsHandle<C> open(
            AwsKind<C> kind, AwsLogin login, ConnectionTarget target, boolean retries) {
        GatedAwsHttp http = GatedAwsHttp.open(target);
        try {
            AwsCredentialsProvider credentials = login.credentials(target, http);
            C client = kind.client(target.config(), login.overridden(), new AwsKind.Setup() {
                @Override
                @SuppressWarnings("ExtendsObject")
                public <B extends Object & AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B apply(B builder) {
                    return login.configure(builder, credentials, http, retries);
                }
            });
            return new AwsHandle<>(client, credentials, http);
        } catch (RuntimeException e) {
            http.close();
            throw AwsFailures.translate(target, "make a client", e);
        }
    }

    /** Never throws. */
    void close() {
        closeQuietly(client);
        if (credentials instanceof SdkAutoCloseable closeable) {
            closeQuietly(closeable);
        }
        closeQuietly(http);
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            LOG.debug("a client did not close in order: {}", e.getClass().getName());
        }
    }

    @Override
    public String toString() {
        return "AwsHandle";
    }
}
