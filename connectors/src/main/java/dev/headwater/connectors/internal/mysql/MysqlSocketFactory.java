package dev.headwater.connectors.internal.mysql;

import dev.headwater.connectors.internal.net.GatedSocketFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Objects;
import java.util.Properties;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.util.ConfigurableSocketFactory;

/**
 * The socket factory that the MariaDB driver makes by reflection for each socket, that by which it cancels a query too. It
 * tells a factory its configuration, and a configuration keeps properties that the driver does not know; so the factory of
 * the login travels there.
 */
public final class MysqlSocketFactory extends ConfigurableSocketFactory {

    private static final String DELEGATE = "headwaterSockets";

    private @Nullable SocketFactory delegate;

    /** Makes connections with these properties take their sockets from the open gate with the token. */
    static void use(Properties properties, String token) {
        properties.put(DELEGATE, new GatedSocketFactory(token));
        properties.setProperty("socketFactory", MysqlSocketFactory.class.getName());
    }

    @Override
    public void setConfiguration(Configuration configuration, String host) {
        delegate = (SocketFactory) configuration.nonMappedOptions().get(DELEGATE);
    }

    private SocketFactory delegate() {
        return Objects.requireNonNull(delegate, DELEGATE);
    }

    @Override
    public Socket createSocket() throws IOException {
        return delegate().createSocket();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return delegate().createSocket(host, port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return delegate().createSocket(host, port, localHost, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return delegate().createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return delegate().createSocket(address, port, localAddress, localPort);
    }
}
