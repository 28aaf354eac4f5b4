package dev.headwater.fakeserver.internal.chalk;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/** Keeps hold of the connections that a server of gRPC has, so that one of them can be cut. Safe for use by many threads. */
final class Connections extends ServerSocketFactory {

    private final Map<SocketAddress, Socket> open = new ConcurrentHashMap<>();

    /** Ends the connection that comes from that address, with all calls on it; nothing happens if there is none. */
    void cut(@Nullable SocketAddress client) {
        Socket socket = client == null ? null : open.get(client);
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException alreadyGone) {
                // then it is cut
            }
        }
    }

    @Override
    public ServerSocket createServerSocket() throws IOException {
        return new Door();
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
        return createServerSocket(port, 0);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
        return createServerSocket(port, backlog, InetAddress.getLoopbackAddress());
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
        ServerSocket door = createServerSocket();
        door.bind(new InetSocketAddress(address, port), backlog);
        return door;
    }

    private final class Door extends ServerSocket {

        private Door() throws IOException {}

        @Override
        public Socket accept() throws IOException {
            Connection connection = new Connection();
            implAccept(connection);
            SocketAddress client = connection.getRemoteSocketAddress();
            connection.client = client;
            open.put(client, connection);
            return connection;
        }
    }

    private final class Connection extends Socket {

        private volatile @Nullable SocketAddress client;

        @Override
        public synchronized void close() throws IOException {
            SocketAddress known = client;
            if (known != null) {
                open.remove(known, this);
            }
            super.close();
        }
    }
}
