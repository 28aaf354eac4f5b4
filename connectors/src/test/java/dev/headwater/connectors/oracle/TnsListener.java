package dev.headwater.connectors.oracle;

import dev.headwater.connectors.TestCertificates;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stub of Oracle's listener. It refuses every connection, as a listener does: with the error whose number is the name of the
 * service that is asked for, such as {@code e12514}. What comes after a listener that accepts is not documented, so there is
 * no stub of a login.
 */
final class TnsListener {

    private static final int REFUSE = 4;
    private static final int HEADER = 8;
    private static final Pattern SERVICE = Pattern.compile("SERVICE_NAME=e(\\d+)");

    private final ServerSocket listener;
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();

    private TnsListener(TestCertificates certificates) {
        try {
            InetAddress loopback = InetAddress.getLoopbackAddress();
            listener = certificates == null
                    ? new ServerSocket(0, 50, loopback)
                    : certificates.serverContext().getServerSocketFactory().createServerSocket(0, 50, loopback);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::acceptAll);
    }

    /** @param certificates for TLS, or null for none */
    static TnsListener start(TestCertificates certificates) {
        return new TnsListener(certificates);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** {@return what it was last asked to connect to} */
    String lastRequest() {
        return requests.stream().reduce("", (first, second) -> second);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "tns-stub");
        thread.setDaemon(true);
        thread.start();
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                start(() -> serve(socket));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            int length = in.readUnsignedShort();
            String request = new String(in.readNBytes(length - 2), StandardCharsets.ISO_8859_1);
            requests.add(request);
            Matcher service = SERVICE.matcher(request);
            String code = service.find() ? service.group(1) : "12514";
            byte[] text = ("(DESCRIPTION=(TMP=)(VSNNUM=387186688)(ERR=" + code + ")(ERROR_STACK=(ERROR=(CODE=" + code
                            + ")(EMFI=4))))")
                    .getBytes(StandardCharsets.US_ASCII);
            ByteBuffer answer = ByteBuffer.allocate(HEADER + 4 + text.length);
            answer.putShort((short) answer.capacity()).putShort((short) 0);
            answer.put((byte) REFUSE).put((byte) 0).putShort((short) 0);
            answer.put((byte) 34).put((byte) 0).putShort((short) text.length).put(text);
            socket.getOutputStream().write(answer.array());
            socket.getOutputStream().flush();
            int ignored = in.read();
        } catch (IOException e) {
            // the driver went away, or did not like the certificate
        }
    }
}
