package dev.headwater.connectors.internal.kafka;

import dev.headwater.connectors.internal.net.Endpoint;
import dev.headwater.connectors.internal.net.Passage;
import dev.headwater.connectors.internal.net.SocketGate;
import dev.headwater.spi.ConnectionTarget;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * A connection to one broker, logged in. One request at a time: https://kafka.apache.org/protocol#protocol_messages. Used
 * by one thread; closed by the target's cancellation.
 */
final class KafkaConnection implements AutoCloseable {

    /** Room for the metadata of some hundred thousand partitions. */
    private static final int MAX_ANSWER = 64 * 1_024 * 1_024;

    private static final int TLS_ALERT = 0x15;
    private static final int TLS_MAJOR_VERSION = 3;

    private final Endpoint endpoint;
    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final String clientId;
    private int correlation;

    private KafkaConnection(Endpoint endpoint, Socket socket, String clientId) throws IOException {
        this.endpoint = endpoint;
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
        this.clientId = clientId;
    }

    /**
     * Connects and logs in.
     *
     * @param timeout for all of that
     */
    static KafkaConnection open(Endpoint endpoint, KafkaSettings settings, ConnectionTarget target, Duration timeout)
            throws IOException {
        try (SocketGate gate =
                SocketGate.open(endpoint, new Passage(target.policy(), timeout, target.cancellation(), null))) {
            Socket socket = gate.connect();
            try {
                // From then on, this bounds the wait for each answer.
                socket.setSoTimeout((int)
                        Math.max(1, Math.min(Integer.MAX_VALUE, target.timeout().toMillis())));
                Socket secured = settings.tls() ? settings.tlsFactory().over(socket, endpoint) : socket;
                KafkaConnection connection = new KafkaConnection(endpoint, secured, settings.clientId());
                KafkaLogin.logIn(connection, settings);
                gate.loggedIn();
                return connection;
            } catch (IOException | RuntimeException e) {
                closeQuietly(socket);
                throw e;
            }
        }
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /** Writes the body of a request. */
    interface Body {
        void write(WireOut out) throws IOException;
    }

    /** Sends a request and waits for its answer. */
    WireIn ask(int api, int version, Body body) throws IOException {
        int id = ++correlation;
        WireOut request = new WireOut();
        request.int16(api).int16(version).int32(id).string(clientId);
        body.write(request);
        byte[] bytes = request.toBytes();
        out.write(ByteBuffer.allocate(4 + bytes.length)
                .putInt(bytes.length)
                .put(bytes)
                .array());
        out.flush();
        WireIn answer = new WireIn(answer());
        if (answer.int32() != id) {
            throw new NotKafkaException("the broker answers what was not asked");
        }
        return answer;
    }

    private byte[] answer() throws IOException {
        int size = in.readInt();
        if (size >>> 24 == TLS_ALERT && (size >>> 16 & 0xff) == TLS_MAJOR_VERSION) {
            throw NotKafkaException.tlsAlert();
        }
        if (size < 4 || size > MAX_ANSWER) {
            throw new NotKafkaException("what answers does not speak the protocol of Kafka");
        }
        // Grows with what comes, so that a length which lies takes no memory.
        byte[] answer = in.readNBytes(size);
        if (answer.length < size) {
            throw new EOFException("the broker closed the connection");
        }
        return answer;
    }

    @Override
    public void close() {
        closeQuietly(socket);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // A socket that does not close cannot be closed in another way.
        }
    }
}
