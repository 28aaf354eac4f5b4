package dev.headwater.secrets.gcp;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.cloud.secretmanager.v1.SecretManagerServiceClient;
import com.google.cloud.secretmanager.v1.SecretManagerServiceSettings;
import dev.headwater.spi.SecretStore;
import dev.headwater.testkit.GcpSecretManagerEmulator;
import dev.headwater.testkit.GcpSecretManagerGrpcService;
import dev.headwater.testkit.SecretStoreContract;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The Google Secret Manager store, over gRPC with a client of the host, keeps the contract:")
class GcpSecretManagerGrpcContractTest extends SecretStoreContract {

    private final GcpSecretManagerEmulator emulator = GcpSecretManagerEmulator.start("my-proj", 456789012345L);
    private final Server server = started();
    private final List<SecretManagerServiceClient> clients = new ArrayList<>();

    private Server started() {
        try {
            return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .addService(new GcpSecretManagerGrpcService(emulator))
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        clients.forEach(SecretManagerServiceClient::close);
        server.shutdownNow().awaitTermination();
        emulator.close();
    }

    @Override
    protected SecretStore store() {
        return storeAt(server.getPort());
    }

    @Override
    protected SecretStore unreachable() {
        return storeAt(1);
    }

    private SecretStore storeAt(int port) {
        SecretManagerServiceClient client = client(port);
        clients.add(client);
        return GcpSecretManagerStore.builder("my-proj").client(client).build();
    }

    private static SecretManagerServiceClient client(int port) {
        try {
            return SecretManagerServiceClient.create(SecretManagerServiceSettings.newBuilder()
                    .setTransportChannelProvider(InstantiatingGrpcChannelProvider.newBuilder()
                            .setEndpoint("127.0.0.1:" + port)
                            .setChannelConfigurator(ManagedChannelBuilder::usePlaintext)
                            .build())
                    .setCredentialsProvider(NoCredentialsProvider.create())
                    .build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected void put(String name, String value) {
        emulator.addVersion(name, value);
    }

    @Override
    protected void disable(String name) {
        emulator.disableLatest(name);
    }

    @Override
    protected void deny(String name) {
        emulator.deny(name);
    }

    @Override
    protected Map<String, String> identifiers() {
        return Map.of("projects/my-proj/secrets/db/versions/latest", "db");
    }

    @Override
    protected List<String> identifiersElsewhere() {
        return List.of("projects/other-proj/secrets/db");
    }

    @Override
    protected List<String> pinnedVersions() {
        return List.of("projects/my-proj/secrets/db/versions/3");
    }
}
