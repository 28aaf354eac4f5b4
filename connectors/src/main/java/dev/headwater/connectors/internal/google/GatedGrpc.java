package dev.headwater.connectors.internal.google;

import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.api.gax.rpc.TransportChannelProvider;
import dev.headwater.connectors.internal.net.Endpoint;
import dev.headwater.connectors.internal.net.GateProxy;
import dev.headwater.connectors.internal.ssh.Passages;
import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import io.grpc.HttpConnectProxiedSocketAddress;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;

/** gRPC channels for Google's clients, all of whose connections go through a proxy that the policy holds. */
public final class GatedGrpc implements AutoCloseable {

    private final Endpoint endpoint;
    private final boolean plain;
    private final GateProxy proxy;

    private GatedGrpc(Endpoint endpoint, boolean plain, GateProxy proxy) {
        this.endpoint = endpoint;
        this.plain = plain;
        this.proxy = proxy;
    }

    /** @param plain without TLS, for emulators */
    public static GatedGrpc open(ConnectionTarget target, Endpoint endpoint, boolean plain) {
        try {
            GateProxy proxy = GateProxy.guarded(Passages.of(target).with(new Cancellation()));
            return new GatedGrpc(endpoint, plain, proxy);
        } catch (IOException e) {
            throw new ConnectorException(
                    FailureCode.FAILED,
                    "could not open a proxy: " + e.getClass().getSimpleName());
        }
    }

    public TransportChannelProvider channels() {
        return InstantiatingGrpcChannelProvider.newBuilder()
                .setEndpoint(endpoint.toString())
                .setAttemptDirectPath(false)
                .setChannelConfigurator(this::configured)
                .build();
    }

    private ManagedChannelBuilder<?> configured(ManagedChannelBuilder<?> channel) {
        InetSocketAddress to = InetSocketAddress.createUnresolved(endpoint.host(), endpoint.port());
        HttpConnectProxiedSocketAddress.Builder through = HttpConnectProxiedSocketAddress.newBuilder()
                .setTargetAddress(to)
                .setProxyAddress(new InetSocketAddress(proxy.host(), proxy.port()));
        GateProxy.ProxyUser user = proxy.user();
        if (user != null) {
            through.setUsername(user.name()).setPassword(user.password());
        }
        HttpConnectProxiedSocketAddress address = through.build();
        channel.proxyDetector(any -> address);
        return plain ? channel.usePlaintext() : channel;
    }

    /**
     * {@return a client that ends with its channels}
     *
     * @param shutdown ends the vendor's client
     * @param tokens cancelled with it
     */
    public ConnectorClient client(Object client, Runnable shutdown, Cancellation tokens) {
        return new ConnectorClient() {
            @Override
            public Object client() {
                return client;
            }

            @Override
            public int inUse() {
                return 0;
            }

            /** Its connections are those of calls, and end with it. */
            @Override
            public void retire() {}

            @Override
            public void close() {
                shutdown.run();
                GatedGrpc.this.close();
                tokens.cancel();
            }
        };
    }

    @Override
    public void close() {
        proxy.close();
    }
}
