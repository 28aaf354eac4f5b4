package dev.headwater.testkit;

import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.TableList;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;

/** A connector of a made-up kind, right or wrong in one thing. Without a port it is in memory. */
final class ToyConnector implements Connector {

    static final String KIND = "toy";
    static final String PASSWORD = "open sesame";
    static final List<TableSchema> TABLES = List.of(table("a"), table("b"));

    /** What may be wrong with it. */
    enum Defect {
        NONE,
        TELLS_SECRET,
        IGNORES_POLICY,
        IGNORES_LIMIT,
        IGNORES_CANCEL,
        CODES_ALL_ALIKE,
        SWALLOWS_EXTRA_PROPERTIES,
        CLOSES_ONCE,
        READS_TWICE,
        HAS_DATABASES,
        ASKS_ALWAYS
    }

    private final Defect defect;

    ToyConnector(Defect defect) {
        this.defect = defect;
    }

    private static TableSchema table(String name) {
        return new TableSchema(null, null, name, TableType.TABLE, null, List.of(), List.of());
    }

    @Override
    public Set<String> kinds() {
        return Set.of(KIND);
    }

    @Override
    public void reach(ConnectionTarget target) {
        talk(target, false);
    }

    @Override
    public ConnectorSession open(ConnectionTarget target) {
        if (!target.config().extraProperties().isEmpty() && defect != Defect.SWALLOWS_EXTRA_PROPERTIES) {
            throw new ConnectorException(
                    FailureCode.INVALID_CONFIG,
                    "unknown: " + target.config().extraProperties().keySet());
        }
        talk(target, true);
        if (defect == Defect.HAS_DATABASES && target.config().text("database").isPresent()) {
            throw new ConnectorException(FailureCode.NO_SUCH_DATABASE, "no such database");
        }
        String password = target.config().required("password");
        if (!password.equals(PASSWORD)) {
            throw new ConnectorException(
                    FailureCode.WRONG_CREDENTIALS,
                    defect == Defect.TELLS_SECRET ? password + " is wrong" : "the password is wrong");
        }
        return new Session();
    }

    private void talk(ConnectionTarget target, boolean wait) {
        if (target.cancellation().cancelled() && defect != Defect.IGNORES_CANCEL) {
            throw new ConnectorException(FailureCode.CANCELLED, "cancelled");
        }
        int port = (int) target.config().number("port", 0);
        InetAddress address = InetAddress.getLoopbackAddress();
        if (port == 0) {
            if (defect == Defect.ASKS_ALWAYS && !target.policy().allows("localhost", address, 1)) {
                throw new ConnectorException(FailureCode.DESTINATION_REFUSED, "not allowed");
            }
            return;
        }
        if (!target.policy().allows("localhost", address, port) && defect != Defect.IGNORES_POLICY) {
            throw new ConnectorException(FailureCode.DESTINATION_REFUSED, "not allowed");
        }
        try (Socket socket = new Socket();
                Cancellation.Registration registration = target.cancellation().onCancel(() -> close(socket))) {
            socket.connect(new InetSocketAddress(address, port));
            if (wait) {
                socket.setSoTimeout(
                        (int) Math.min(Integer.MAX_VALUE, target.timeout().toMillis()));
                socket.getOutputStream().write(1);
                int ignored = socket.getInputStream().read();
            }
        } catch (IOException e) {
            throw new ConnectorException(code(target, e), "no answer");
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private FailureCode code(ConnectionTarget target, IOException failure) {
        if (defect == Defect.CODES_ALL_ALIKE) {
            return FailureCode.FAILED;
        } else if (target.cancellation().cancelled()) {
            return FailureCode.CANCELLED;
        } else if (failure instanceof ConnectException) {
            return FailureCode.CONNECTION_REFUSED;
        }
        return failure instanceof SocketTimeoutException ? FailureCode.TIMED_OUT : FailureCode.CONNECTION_LOST;
    }

    @Override
    public ConnectorClient client(ConnectionTarget target, ClientSettings settings) {
        return new Client();
    }

    private final class Session implements ConnectorSession {

        private boolean closed;

        @Override
        public String probe() {
            return "Toy 1";
        }

        @Override
        public TableList readTables(int maxTables, IntConsumer progress) {
            if (defect == Defect.READS_TWICE) {
                return new TableList(List.of(TABLES.get(0), TABLES.get(0), TABLES.get(1)), false);
            }
            int count = defect == Defect.IGNORES_LIMIT ? TABLES.size() : Math.min(maxTables, TABLES.size());
            progress.accept(count);
            return new TableList(TABLES.subList(0, count), count < TABLES.size());
        }

        @Override
        public void close() {
            if (closed && defect == Defect.CLOSES_ONCE) {
                throw new IllegalStateException("closed already");
            }
            closed = true;
        }
    }

    private static final class Client implements ConnectorClient {

        @Override
        public Object client() {
            return this;
        }

        @Override
        public int inUse() {
            return 0;
        }

        @Override
        public void retire() {}

        @Override
        public void close() {}
    }
}
