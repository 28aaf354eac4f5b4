package dev.headwater.connectors.internal.ssh;

import com.jcraft.jsch.Channel;
import com.jcraft.jsch.ChannelDirectTCPIP;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import dev.headwater.connectors.internal.net.Deadline;
import dev.headwater.connectors.internal.net.DestinationRefusedException;
import dev.headwater.connectors.internal.net.Endpoint;
import dev.headwater.connectors.internal.net.Passage;
import dev.headwater.connectors.internal.net.Tunnel;
import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.HostKeys;
import dev.headwater.spi.ResolvedConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * A tunnel through an SSH server. Each connection has a login of its own there: with one login for all of them, a
 * connection whose user reads slowly would hold up the others. Nothing listens on this side.
 */
final class SshTunnel implements Tunnel {

    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);
    private static final int LOST_AFTER = 3;

    private final JSch jsch = new JSch();
    private final Endpoint server;
    private final String user;
    private final Optional<String> password;
    private final boolean hasKey;
    private final HostKeys hostKeys;
    private final Duration keepAlive;

    private SshTunnel(Endpoint server, String user, ResolvedConfig config, HostKeys hostKeys, Duration keepAlive) {
        this.server = server;
        this.user = user;
        this.password = config.text("ssh.password").filter(text -> !text.isEmpty());
        this.hostKeys = hostKeys;
        this.keepAlive = keepAlive;
        SshKeys.add(jsch, config);
        this.hasKey = !jsch.getIdentityRepository().getIdentities().isEmpty();
    }

    /** @throws ConnectorException if the config's server, user or key cannot be used */
    static SshTunnel of(ResolvedConfig config, HostKeys hostKeys) {
        return of(config, hostKeys, KEEP_ALIVE);
    }

    /**
     * @param keepAlive after how long a silence the server is asked for a sign of life; after three without one the tunnel
     *     counts as lost
     */
    static SshTunnel of(ResolvedConfig config, HostKeys hostKeys, Duration keepAlive) {
        Endpoint server = Endpoint.of("ssh.", config.required("ssh.host"), config.number("ssh.port", 22));
        return new SshTunnel(server, config.required("ssh.username"), config, hostKeys, keepAlive);
    }

    @Override
    public Lead lead(String host, int port, Passage passage, Deadline deadline) throws IOException {
        if (!passage.policy().allowsBehindTunnel(host, port)) {
            throw new DestinationRefusedException(host + ":" + port + " behind an SSH server");
        }
        BastionSocket socket = new BastionSocket(server, passage, deadline);
        SshLead lead = new SshLead(socket);
        try (Cancellation.Registration registration = passage.cancellation().onCancel(lead::close)) {
            Session session = logIn(socket, deadline);
            lead.over(session);
            ChannelDirectTCPIP channel = (ChannelDirectTCPIP) session.openChannel("direct-tcpip");
            open(channel, lead, host, port, deadline);
            socket.loggedIn();
            return lead;
        } catch (JSchException e) {
            lead.close();
            throw new SshFailures(server).channel(e, host, port);
        } catch (IOException | RuntimeException e) {
            lead.close();
            throw e;
        }
    }

    private Session logIn(BastionSocket socket, Deadline deadline) throws IOException {
        ShownHostKey shown = new ShownHostKey(server, hostKeys);
        Session session = null;
        try {
            session = jsch.getSession(user, server.host(), server.port());
            configure(session);
            session.setSocketFactory(socket);
            session.setHostKeyRepository(shown);
            session.connect(deadline.remainingMillis());
            return session;
        } catch (JSchException e) {
            if (session != null) {
                session.disconnect();
            }
            throw new SshFailures(server).login(e, socket, shown.fingerprint());
        }
    }

    private void configure(Session session) throws JSchException {
        session.setLogger(new Silence());
        session.setDaemonThread(true);
        session.setThreadFactory(work -> new Thread(work, "headwater-ssh"));
        session.setConfig("StrictHostKeyChecking", "yes");
        session.setConfig("PreferredAuthentications", methods());
        session.setServerAliveInterval(Math.toIntExact(keepAlive.toMillis()));
        session.setServerAliveCountMax(LOST_AFTER);
        password.ifPresent(text -> session.setPassword(text.getBytes(StandardCharsets.UTF_8)));
    }

    private String methods() {
        String byPassword = "password,keyboard-interactive";
        if (!hasKey) {
            return byPassword;
        }
        return password.isPresent() ? "publickey," + byPassword : "publickey";
    }

    private void open(ChannelDirectTCPIP channel, SshLead lead, String host, int port, Deadline deadline)
            throws IOException, JSchException {
        channel.setHost(host);
        channel.setPort(port);
        lead.over((Channel) channel);
        // Set before it opens: some servers speak first.
        channel.setOutputStream(lead.toNearEnd());
        try {
            channel.connect(deadline.remainingMillis());
        } catch (JSchException e) {
            throw new SshFailures(server).channel(e, channel.getExitStatus(), host, port);
        }
    }

    /** What JSch has to say is said by the failures. */
    private static final class Silence implements com.jcraft.jsch.Logger {

        @Override
        public boolean isEnabled(int level) {
            return false;
        }

        @Override
        public void log(int level, String message) {}
    }
}
