package dev.headwater.connectors.mssql;

import dev.headwater.connectors.TestCertificates;
import dev.headwater.connectors.mssql.TdsStream.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A stub of SQL Server: it speaks TDS 7.4 and 8.0, so that Microsoft's driver takes it for one, and has H2 answer what it is
 * asked. What SQL Server itself makes of a query, it cannot tell.
 */
final class TdsServer {

    static final String USER = "app";
    static final String PASSWORD = "correct horse battery staple";
    static final String DATABASE = "orders";

    /** How connections are encrypted. */
    enum Tls {
        /** Not at all. */
        NONE,
        /** By TLS inside TDS, as for {@code encrypt=true}. */
        INSIDE,
        /** By TLS before TDS, as for {@code encrypt=strict}. */
        STRICT
    }

    private static final int EXECUTE_SQL = 10;
    private static final int PREPARE_AND_EXECUTE = 13;

    private final ServerSocket listener;
    private final Tls tls;
    private final TestCertificates certificates;
    private final MssqlTables tables = new MssqlTables();

    private TdsServer(Tls tls, TestCertificates certificates) {
        this.tls = tls;
        this.certificates = certificates;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::acceptAll);
    }

    static TdsServer start(Tls tls, TestCertificates certificates) {
        return new TdsServer(tls, certificates);
    }

    int port() {
        return listener.getLocalPort();
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "tds-stub");
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
            TdsStream stream = new TdsStream(tls == Tls.STRICT ? strict(socket) : socket);
            stream.read();
            stream.write(TdsStream.RESPONSE, preLogin());
            if (tls == Tls.INSIDE) {
                stream.startTls(certificates.serverContext());
            }
            if (!login(stream)) {
                return;
            }
            try (Connection connection = tables.connect()) {
                while (true) {
                    answer(stream, connection);
                }
            }
        } catch (IOException e) {
            // the driver went away, or did not like the certificate
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private SSLSocket strict(Socket socket) throws IOException {
        SSLSocket secure =
                (SSLSocket) certificates.serverContext().getSocketFactory().createSocket(socket, null, true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"tds/8.0"});
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return secure;
    }

    /** The version, and whether to encrypt: 1 for yes, 2 for "cannot". */
    private byte[] preLogin() {
        ByteBuffer answer = ByteBuffer.allocate(11 + 7);
        answer.put((byte) 0).putShort((short) 11).putShort((short) 6);
        answer.put((byte) 1).putShort((short) 17).putShort((short) 1);
        answer.put((byte) 0xff).put(new byte[] {16, 0, 0x10, 0, 0, 0});
        return answer.put((byte) (tls == Tls.NONE ? 2 : 1)).array();
    }

    private boolean login(TdsStream stream) throws IOException {
        ByteBuffer login = stream.read().body();
        String user = field(login, 40);
        String database = field(login, 68);
        TdsTokens answer = new TdsTokens();
        boolean good = user.equals(USER) && password(login).equals(PASSWORD);
        if (!good) {
            answer.error(18456, 14, "Login failed for user '" + user + "'.").done(2);
        } else if (!database.isEmpty() && !database.equals(DATABASE)) {
            good = false;
            answer.error(
                            4060,
                            11,
                            "Cannot open database \"" + database + "\" requested by the login. The login failed.")
                    .error(18456, 14, "Login failed for user '" + user + "'.")
                    .done(2);
        } else {
            answer.database(DATABASE).collation().loginAck(tls == Tls.STRICT).done(0);
        }
        stream.write(TdsStream.RESPONSE, answer.bytes());
        return good;
    }

    private static String field(ByteBuffer login, int at) {
        return new String(bytes(login, at), StandardCharsets.UTF_16LE);
    }

    /** Passwords are not encrypted, only disguised: nibbles are swapped and bits are flipped. */
    private static String password(ByteBuffer login) {
        byte[] bytes = bytes(login, 44);
        for (int i = 0; i < bytes.length; i++) {
            int flipped = (bytes[i] ^ 0xa5) & 0xff;
            bytes[i] = (byte) (flipped >> 4 | flipped << 4);
        }
        return new String(bytes, StandardCharsets.UTF_16LE);
    }

    private static byte[] bytes(ByteBuffer login, int at) {
        byte[] bytes = new byte[2 * login.getShort(at + 2)];
        login.get(login.getShort(at), bytes);
        return bytes;
    }

    private void answer(TdsStream stream, Connection connection) throws IOException {
        Message message = stream.read();
        TdsTokens answer = new TdsTokens();
        try {
            switch (message.type()) {
                case TdsStream.BATCH -> batch(connection, message.body(), answer);
                case TdsStream.RPC -> call(connection, message.body(), answer);
                case TdsStream.ATTENTION -> answer.done(0x20);
                default -> throw new IllegalStateException("a message of type " + message.type());
            }
        } catch (SQLException e) {
            answer.error(208, 16, "H2 says: " + e.getMessage()).done(2);
        }
        stream.write(TdsStream.RESPONSE, answer.bytes());
    }

    private static ByteBuffer withoutHeaders(ByteBuffer body) {
        return body.position(body.getInt(0));
    }

    private static void batch(Connection connection, ByteBuffer body, TdsTokens answer) throws SQLException {
        ByteBuffer text = withoutHeaders(body);
        String sql = TdsTokens.text(text, text.remaining()).strip();
        if (sql.toLowerCase(Locale.ROOT).startsWith("select")) {
            query(connection, sql, List.of(), answer);
        }
        answer.done(0);
    }

    private static void call(Connection connection, ByteBuffer body, TdsTokens answer) throws SQLException {
        ByteBuffer call = withoutHeaders(body);
        call.getShort();
        int procedure = call.getShort();
        call.getShort();
        List<Object> parameters = new ArrayList<>();
        while (call.hasRemaining()) {
            parameters.add(TdsTokens.parameter(call));
        }
        if (procedure == EXECUTE_SQL) {
            query(
                    connection,
                    (String) parameters.get(0),
                    parameters.subList(Math.min(2, parameters.size()), parameters.size()),
                    answer);
        } else if (procedure == PREPARE_AND_EXECUTE) {
            query(
                    connection,
                    (String) parameters.get(2),
                    parameters.subList(Math.min(3, parameters.size()), parameters.size()),
                    answer);
            answer.handle(1);
        }
        answer.returnStatus().doneProcedure();
    }

    private static void query(Connection connection, String sql, List<Object> parameters, TdsTokens answer)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.replaceAll("@P[0-9]+", "?"))) {
            for (int i = 0; i < parameters.size(); i++) {
                statement.setObject(i + 1, parameters.get(i));
            }
            try (ResultSet rows = statement.executeQuery()) {
                answer.rows(rows);
            }
        }
    }
}
