package dev.headwater.connectors.internal.aws;

import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ConnectorClient;

/** The SDK's client, for a host. */
final class AwsSourceClient<C extends AutoCloseable> implements ConnectorClient {

    private final AwsHandle<C> handle;
    private final String name;

    AwsSourceClient(AwsHandle<C> handle, ClientSettings settings) {
        this.handle = handle;
        this.name = settings.name();
    }

    @Override
    public Object client() {
        return handle.client();
    }

    /** Not known: the SDK does not say. */
    @Override
    public int inUse() {
        return 0;
    }

    /** Nothing to do: connections that nobody uses close by themselves soon. */
    @Override
    public void retire() {}

    @Override
    public void close() {
        handle.close();
    }

    @Override
    public String toString() {
        return "AwsSourceClient[" + name + "]";
    }
}
