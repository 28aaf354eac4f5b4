package dev.headwater.connectors.internal.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/**
 * The socket factory that drivers are told of by class name and one text, the token of a {@link SocketGate}. Public with
 * a public constructor because drivers make it by reflection. It hands out sockets that are connected already, to where
 * the gate leads, whatever address a driver may have in mind.
 */
public final class GatedSocketFactory extends SocketFactory {

    private final SocketGate gate;

    /** @throws IllegalArgumentException if no gate has the token */
    public GatedSocketFactory(String token) {
        SocketGate found = SocketGate.find(token);
        if (found == null) {
            throw new IllegalArgumentException("no open gate has this token");
        }
        this.gate = found;
    }

    @Override
    public Socket createSocket() throws IOException {
        return gate.connect();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return gate.connect();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return gate.connect();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return gate.connect();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return gate.connect();
    }
}
