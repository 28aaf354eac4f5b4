package dev.headwater.connectors.internal.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.connectors.Await;
import dev.headwater.connectors.PostgresServer;
import dev.headwater.connectors.SshBastion;
import dev.headwater.connectors.internal.net.Deadline;
import dev.headwater.connectors.internal.net.Passage;
import dev.headwater.connectors.internal.net.Tunnel;
import dev.headwater.spi.Cancellation;
import dev.headwater.spi.HostKeys;
import dev.headwater.spi.NetworkPolicy;
import dev.headwater.spi.ResolvedConfig;
import dev.headwater.spi.SecretValue;
import dev.headwater.testkit.FaultyServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A tunnel on which nothing is said")
class SshKeepAliveTest {

    private static final Duration KEEP_ALIVE = Duration.ofMillis(100);

    private static SshTunnel tunnel(int port) {
        ResolvedConfig config = ResolvedConfig.of(Map.of(
                "ssh.host",
                "127.0.0.1",
                "ssh.port",
                (long) port,
                "ssh.username",
                SshBastion.USER,
                "ssh.password",
                SecretValue.of(SshBastion.PASSWORD)));
        return SshTunnel.of(config, HostKeys.trustOnFirstUse(), KEEP_ALIVE);
    }

    private static Tunnel.Lead lead(SshTunnel tunnel) throws IOException {
        Duration timeout = Duration.ofSeconds(20);
        Passage passage = new Passage(NetworkPolicy.refuseLinkLocal(), timeout, new Cancellation(), tunnel);
        return tunnel.lead("127.0.0.1", PostgresServer.get().port(), passage, Deadline.in(timeout));
    }

    @Test
    @DisplayName("asks the SSH server for signs of life, and stays open while they come")
    void alive() throws IOException {
        try (SshBastion bastion = new SshBastion()) {
            Tunnel.Lead lead = lead(tunnel(bastion.port()));
            Await.until(() -> bastion.signsOfLife() > 5);
            assertThat(bastion.open()).isEqualTo(1);
            lead.close();
        }
    }

    @Test
    @DisplayName("ends when the SSH server gives none, so that its user notices")
    void lost() throws IOException {
        try (SshBastion bastion = new SshBastion();
                FaultyServer network = FaultyServer.inFrontOf(bastion.address());
                ServerSocket near = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket user = new Socket(near.getInetAddress(), near.getLocalPort())) {
            Tunnel.Lead lead = lead(tunnel(network.port()));
            lead.join(near.accept());
            network.freeze();
            assertThat(user.getInputStream().read()).isEqualTo(-1);
            lead.close();
        }
    }
}
