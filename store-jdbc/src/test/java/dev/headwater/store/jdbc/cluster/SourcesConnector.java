package dev.headwater.store.jdbc.cluster;

import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.TableList;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;

/** Tells {@link Sources} what is done to which data source, and asks for nothing else. */
final class SourcesConnector implements Connector {

    private final int port;

    SourcesConnector(int port) {
        this.port = port;
    }

    @Override
    public Set<String> kinds() {
        return Set.of("postgresql");
    }

    @Override
    public void reach(ConnectionTarget target) {}

    @Override
    public ConnectorSession open(ConnectionTarget target) {
        String source = target.config().required("database");
        return new ConnectorSession() {
            @Override
            public String probe() {
                tell("H " + source);
                return "a source";
            }

            @Override
            public TableList readTables(int maxTables, IntConsumer progress) {
                tell("S " + source);
                return new TableList(List.of(), false);
            }

            @Override
            public void close() {}
        };
    }

    private void tell(String what) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.setSoLinger(true, 0);
            socket.getOutputStream().write((what + "\n").getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            if (socket.getInputStream().read() != '\n') {
                throw new ConnectorException(FailureCode.CONNECTION_LOST, "the sources are gone");
            }
        } catch (IOException e) {
            throw new ConnectorException(FailureCode.CONNECTION_LOST, "the sources are gone: " + e);
        }
    }

    @Override
    public ConnectorClient client(ConnectionTarget target, ClientSettings settings) {
        throw new ConnectorException(FailureCode.FAILED, "nobody asks for clients here");
    }
}
