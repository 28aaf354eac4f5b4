package dev.headwater.connectors.oracle;

import dev.headwater.connectors.TestCertificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.SQLException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;

/**
 * A stub of Oracle Database: it speaks TNS and TTC, so that Oracle's thin driver takes it for a server of version 19c, and
 * has H2 answer what it is asked. What Oracle itself makes of a query, it cannot tell. Its listener refuses a service whose
 * name is {@code e} and a number with the error of that number.
 *
 * <p>There is no document of the protocol. What is known of it here is in the open source of Oracle's thin drivers for Python
 * and Node.js (python-oracledb, node-oracledb), and in what the driver for Java sends and logs.
 */
final class OracleServer {

    static final String DATABASE = "orders";

    /** A service to which a connection is made, and that says nothing. */
    static final String SILENT = "silent";

    /** What the services begin with that a server at a port of their name has. */
    static final String ELSEWHERE = "at-";

    private static final Pattern ASKED = Pattern.compile("SERVICE_NAME=([^)]*)");
    private static final Pattern REFUSED = Pattern.compile("e(\\d+)");

    private final ServerSocket listener;
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();
    private final AtomicInteger open = new AtomicInteger();
    private final OracleTables tables = new OracleTables();

    private OracleServer(TestCertificates certificates) {
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
    static OracleServer start(TestCertificates certificates) {
        return new OracleServer(certificates);
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

    /** {@return how many connections are open} */
    int open() {
        return open.get();
    }

    private void serve(Socket socket) {
        open.incrementAndGet();
        try (socket) {
            TnsConnection connection = new TnsConnection(socket);
            String request = connection.readConnect();
            requests.add(request);
            Matcher asked = ASKED.matcher(request);
            String service = asked.find() ? asked.group(1) : "";
            if (service.equals(DATABASE)) {
                connection.accept();
                new OracleSession(connection, tables).serve();
            } else if (service.equals(SILENT)) {
                connection.accept();
                connection.messages().readAllBytes();
            } else if (service.startsWith(ELSEWHERE)) {
                String protocol = socket instanceof SSLSocket ? "tcps" : "tcp";
                String port = service.substring(ELSEWHERE.length());
                connection.redirect(
                        "(ADDRESS=(PROTOCOL=" + protocol + ")(HOST=" + TestCertificates.SERVER_NAME + ")(PORT=" + port
                                + "))",
                        "(DESCRIPTION=(CONNECT_DATA=(SERVICE_NAME=" + DATABASE + ")))");
            } else {
                Matcher refused = REFUSED.matcher(service);
                connection.refuse(refused.matches() ? refused.group(1) : "12514");
            }
        } catch (IOException e) {
            // the driver went away, or did not like the certificate
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            open.decrementAndGet();
        }
    }
}
