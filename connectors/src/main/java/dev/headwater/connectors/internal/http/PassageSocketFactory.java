package dev.headwater.connectors.internal.http;

import dev.headwater.connectors.internal.net.Passage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** Makes sockets that connect only as their passage allows, to wherever their user wants. */
final class PassageSocketFactory extends SocketFactory {

    private final Passage passage;

    PassageSocketFactory(Passage passage) {
        this.passage = passage;
    }

    @Override
    public Socket createSocket() {
        return passage.socket();
    }

    private Socket connected(InetSocketAddress to) throws IOException {
        Socket socket = passage.socket();
        socket.connect(to);
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return createSocket(address, port);
    }
}
