package dev.headwater.connectors.internal;

import dev.headwater.connectors.internal.net.Endpoint;
import dev.headwater.connectors.internal.net.SocketGate;
import dev.headwater.connectors.internal.ssh.Passages;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorSession;
import java.io.IOException;
import java.sql.Connection;
import java.util.Properties;
import java.util.Set;

/** The connector of one JDBC kind. Safe for use by many threads. */
public final class JdbcConnector implements Connector {

    private final JdbcKind kind;

    public JdbcConnector(JdbcKind kind) {
        this.kind = kind;
    }

    @Override
    public Set<String> kinds() {
        return Set.of(kind.id());
    }

    @Override
    public void reach(ConnectionTarget target) {
        Login login = kind.login(target.config());
        Endpoint endpoint = login.endpoint();
        Failures.refuseCancelled(target);
        if (endpoint == null) {
            kind.checkPresence(login, target.config());
            return;
        }
        try (SocketGate gate = SocketGate.open(endpoint, Passages.of(target))) {
            gate.connect().close();
        } catch (IOException e) {
            throw Failures.translate(kind, target.config(), target.cancellation(), "reach " + endpoint, e);
        }
    }

    @Override
    public ConnectorSession open(ConnectionTarget target) {
        Login login = kind.login(target.config());
        JdbcDialer dialer = new JdbcDialer(kind, login, target);
        Failures.refuseCancelled(target);
        Properties properties = login.properties();
        kind.boundAnswers(properties, target.timeout());
        Connection connection = connect(dialer, properties, target);
        if (target.cancellation().cancelled()) {
            // Who waited has gone, so nobody would close the session.
            JdbcSession.closeQuietly(connection);
            dialer.close();
            Failures.refuseCancelled(target);
        }
        return new JdbcSession(kind, target, login.endpoint() != null, connection, dialer);
    }

    private static Connection connect(JdbcDialer dialer, Properties properties, ConnectionTarget target) {
        try {
            return dialer.connect(properties, target.cancellation());
        } catch (RuntimeException e) {
            dialer.close();
            throw e;
        }
    }

    @Override
    public ConnectorClient client(ConnectionTarget target, ClientSettings settings) {
        return JdbcClient.open(kind, target, settings);
    }
}
