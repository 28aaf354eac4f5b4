package dev.headwater.connectors.internal.mongodb;

import dev.headwater.connectors.internal.net.Endpoint;
import dev.headwater.connectors.internal.net.Passage;
import dev.headwater.connectors.internal.net.SocketGate;
import dev.headwater.connectors.internal.net.TlsSettings;
import dev.headwater.spi.ConnectionTarget;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.bson.BsonBinaryReader;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonSerializationException;
import org.bson.BsonString;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

/**
 * A connection to one server, logged in: https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/. One command at
 * a time. Used by one thread; closed by the target's cancellation.
 */
final class MongoConnection implements AutoCloseable {

    private static final int OP_MSG = 2_013;
    private static final int HEADER = 16;
    private static final int BEFORE_DOCUMENT = HEADER + 5;

    /** What servers say of themselves as {@code maxMessageSizeBytes}. */
    private static final int MAX_ANSWER = 48_000_000;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private int request;

    private MongoConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** Connects and logs in, within the target's timeout. */
    static MongoConnection open(MongoSettings settings, ConnectionTarget target) throws IOException {
        try (SocketGate gate = SocketGate.open(settings.endpoint(), Passage.direct(target))) {
            Socket socket = gate.connect();
            try {
                // From then on, this bounds the wait for each answer.
                socket.setSoTimeout((int)
                        Math.max(1, Math.min(Integer.MAX_VALUE, target.timeout().toMillis())));
                MongoConnection connection =
                        new MongoConnection(settings.tls() ? secured(socket, settings.endpoint()) : socket);
                MongoLogin.logIn(connection, settings);
                gate.loggedIn();
                return connection;
            } catch (IOException | RuntimeException e) {
                closeQuietly(socket);
                throw e;
            }
        }
    }

    private static Socket secured(Socket socket, Endpoint endpoint) throws IOException {
        SSLSocketFactory factory =
                TlsSettings.context(TlsSettings.VERIFIED.trustManager()).getSocketFactory();
        SSLSocket secured = (SSLSocket) factory.createSocket(socket, endpoint.host(), endpoint.port(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    /**
     * Runs a command.
     *
     * @throws MongoErrorException if the server says that it failed
     */
    BsonDocument run(String database, BsonDocument command) throws IOException {
        BsonDocument message = command.clone().append("$db", new BsonString(database));
        // Whatever the server is in its replica set, it may answer.
        message.append("$readPreference", new BsonDocument("mode", new BsonString("primaryPreferred")));
        send(message);
        BsonDocument answer = answer();
        if (answer.getNumber("ok", new BsonInt32(0)).intValue() != 1) {
            throw new MongoErrorException(
                    answer.getNumber("code", new BsonInt32(0)).intValue(),
                    answer.getString("errmsg", new BsonString("the server says no more"))
                            .getValue());
        }
        return answer;
    }

    private void send(BsonDocument message) throws IOException {
        BasicOutputBuffer document = new BasicOutputBuffer();
        try (BsonBinaryWriter writer = new BsonBinaryWriter(document)) {
            new BsonDocumentCodec()
                    .encode(writer, message, EncoderContext.builder().build());
        }
        byte[] body = document.toByteArray();
        out.write(ByteBuffer.allocate(BEFORE_DOCUMENT + body.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(BEFORE_DOCUMENT + body.length)
                .putInt(++request)
                .putInt(0)
                .putInt(OP_MSG)
                .putInt(0)
                .put((byte) 0)
                .put(body)
                .array());
        out.flush();
    }

    private BsonDocument answer() throws IOException {
        int length = Integer.reverseBytes(in.readInt());
        if (length < BEFORE_DOCUMENT + 5 || length > MAX_ANSWER) {
            throw new NotMongoException("what answers does not speak the protocol of MongoDB");
        }
        // Grows with what comes, so that a length which lies takes no memory.
        byte[] bytes = in.readNBytes(length - 4);
        if (bytes.length < length - 4) {
            throw new EOFException("the server closed the connection");
        }
        ByteBuffer rest = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (rest.getInt(4) != request || rest.getInt(8) != OP_MSG || rest.get(16) != 0) {
            throw new NotMongoException("the server answers what was not asked");
        }
        try (BsonBinaryReader reader = new BsonBinaryReader(rest.position(17).slice())) {
            return new BsonDocumentCodec()
                    .decode(reader, DecoderContext.builder().build());
        } catch (BsonSerializationException | IllegalArgumentException | IllegalStateException e) {
            throw new NotMongoException("an answer makes no sense");
        }
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
