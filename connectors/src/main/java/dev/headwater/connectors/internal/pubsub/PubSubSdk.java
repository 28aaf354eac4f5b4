package dev.headwater.connectors.internal.pubsub;

import com.google.api.gax.core.CredentialsProvider;
import com.google.api.gax.core.FixedCredentialsProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.pubsub.v1.SubscriptionAdminSettings;
import dev.headwater.connectors.internal.Artifacts;
import dev.headwater.connectors.internal.google.Emulators;
import dev.headwater.connectors.internal.google.GatedGrpc;
import dev.headwater.connectors.internal.google.GoogleApi;
import dev.headwater.connectors.internal.google.GrpcCredential;
import dev.headwater.connectors.internal.net.Endpoint;
import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import java.io.IOException;
import java.util.Optional;

/** Makes the vendor's client. It speaks gRPC, through a proxy that the policy holds; tokens come over HTTP. */
final class PubSubSdk {

    private PubSubSdk() {}

    static ConnectorClient client(ConnectionTarget target, GoogleApi api) {
        Artifacts.require(
                "client", "com.google.cloud.pubsub.v1.SubscriptionAdminClient", "com.google.cloud:google-cloud-pubsub");
        return Vendor.client(target, api);
    }

    /** All that needs the vendor's classes. */
    private static final class Vendor {

        private Vendor() {}

        static ConnectorClient client(ConnectionTarget target, GoogleApi api) {
            Optional<Endpoint> emulator = Emulators.endpoint(target.config());
            Endpoint endpoint = emulator.orElse(new Endpoint("pubsub.googleapis.com", 443));
            Cancellation tokens = new Cancellation();
            GatedGrpc grpc = GatedGrpc.open(target, endpoint, emulator.isPresent());
            try {
                SubscriptionAdminClient client = SubscriptionAdminClient.create(SubscriptionAdminSettings.newBuilder()
                        .setTransportChannelProvider(grpc.channels())
                        .setCredentialsProvider(
                                emulator.isPresent()
                                        ? NoCredentialsProvider.create()
                                        : credentials(target, api, tokens))
                        .build());
                return grpc.client(client, client::shutdownNow, tokens);
            } catch (IOException | RuntimeException e) {
                grpc.close();
                if (e instanceof ConnectorException known) {
                    throw known;
                }
                throw new ConnectorException(
                        FailureCode.FAILED,
                        "could not make a client: " + e.getClass().getSimpleName());
            }
        }

        private static CredentialsProvider credentials(ConnectionTarget target, GoogleApi api, Cancellation tokens) {
            ConnectionTarget own = new ConnectionTarget(
                    target.kind(), target.config(), target.policy(), target.hostKeys(), target.timeout(), tokens);
            return FixedCredentialsProvider.create(
                    new GrpcCredential(api.login(target.config()), own, PubSubKind.SCOPE, api.clock()));
        }
    }
}
