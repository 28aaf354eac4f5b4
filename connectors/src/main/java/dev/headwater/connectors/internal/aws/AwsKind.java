package dev.headwater.connectors.internal.aws;

import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.ResolvedConfig;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.regions.ServiceMetadata;

/**
 * What one kind adds to what the kinds of AWS share. Stateless, and safe for use by many threads.
 *
 * <p>Kinds are loaded, and verified by the JVM, where the SDK may be missing; so type parameters erase to types of the JDK.
 *
 * @param <C> the SDK's client
 */
public interface AwsKind<C extends AutoCloseable> {

    /** {@return the id of the kind} */
    String id();

    /** {@return the class of the SDK's client, which may not be there} */
    String clientClass();

    /** {@return what a host adds to get it, as {@code groupId:artifactId}} */
    String artifact();

    /** {@return where the service is in each region} */
    ServiceMetadata service();

    /** Refuses, with a {@link dev.headwater.spi.ConnectorException}, what cannot be used of the config. */
    void check(ResolvedConfig config);

    /**
     * Makes a client. Does no I/O.
     *
     * @param overridden whether the endpoint is not the service's own
     * @param setup sets all that the kinds have in common
     */
    C client(ResolvedConfig config, boolean overridden, Setup setup);

    /**
     * Logs in by asking for what the config names.
     *
     * @param close ends the client; the session calls it
     */
    ConnectorSession session(C client, ConnectionTarget target, Runnable close);

    /** Sets what all clients have in common: where, as whom, over which sockets. */
    interface Setup {

        // That is what it erases to.
        @SuppressWarnings("ExtendsObject")
        <B extends Object & AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B apply(B builder);
    }
}
