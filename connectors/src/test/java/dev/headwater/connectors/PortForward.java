package dev.headwater.connectors;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Passes connections of one port of the loopback interface on to another. */
final class PortForward implements AutoCloseable {

    private final ServerSocket listener;
    private final int to;

    PortForward(int from, int to) throws IOException {
        this.listener = new ServerSocket(from, 50, InetAddress.getLoopbackAddress());
        this.to = to;
        start(this::accept);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket near = listener.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), to);
                start(() -> pass(near, far));
                start(() -> pass(far, near));
            } catch (IOException e) {
                // closed
            }
        }
    }

    private static void pass(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // one of the two has closed
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "port-forward");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
