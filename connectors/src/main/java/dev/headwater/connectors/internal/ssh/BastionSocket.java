package dev.headwater.connectors.internal.ssh;

import com.jcraft.jsch.SocketFactory;
import dev.headwater.connectors.internal.net.Deadline;
import dev.headwater.connectors.internal.net.Endpoint;
import dev.headwater.connectors.internal.net.Passage;
import dev.headwater.connectors.internal.net.ReadLimit;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** The socket of one login to an SSH server: gated as all sockets, and bounded until the tunnel stands. */
final class BastionSocket implements SocketFactory, ReadLimit, Closeable {

    private final Endpoint server;
    private final Passage direct;
    private volatile @Nullable Deadline deadline;
    private volatile @Nullable IOException failure;
    private volatile @Nullable Socket socket;
    private volatile @Nullable SshGreeting greeting;

    BastionSocket(Endpoint server, Passage passage, Deadline deadline) {
        this.server = server;
        this.direct = new Passage(passage.policy(), passage.timeout(), passage.cancellation(), null);
        this.deadline = deadline;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        try {
            Socket connected = direct.connect(server, this);
            connected.setTcpNoDelay(true);
            socket = connected;
            failure = null;
            return connected;
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public InputStream getInputStream(Socket connected) throws IOException {
        SshGreeting listening = new SshGreeting(connected.getInputStream());
        greeting = listening;
        return listening;
    }

    @Override
    public OutputStream getOutputStream(Socket connected) throws IOException {
        SshGreeting listening = greeting;
        OutputStream out = connected.getOutputStream();
        return listening == null ? out : listening.heardBeforeFailing(out);
    }

    /** {@return whether something answered, and not as SSH servers do} */
    boolean isStranger() {
        SshGreeting heard = greeting;
        return heard != null && heard.isStranger();
    }

    void loggedIn() {
        deadline = null;
    }

    @Override
    public @Nullable Deadline deadline() {
        return deadline;
    }

    @Override
    public void failed(IOException why) {
        failure = why;
    }

    /** {@return why it could not be connected or was not answered in time; or null} */
    @Nullable
    IOException failure() {
        return failure;
    }

    @Override
    public void close() throws IOException {
        Socket closing = socket;
        if (closing != null) {
            closing.close();
        }
    }
}
