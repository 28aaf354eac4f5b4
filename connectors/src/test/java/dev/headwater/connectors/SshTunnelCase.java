package dev.headwater.connectors;

import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.HostKeys;
import dev.headwater.spi.NetworkPolicy;
import dev.headwater.spi.ResolvedConfig;
import dev.headwater.spi.SecretValue;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** A config of PostgreSQL behind an SSH server that runs. */
abstract class SshTunnelCase {

    static final PostgresServer SERVER = PostgresServer.get();
    static SshBastion bastion;

    final Connector connector = Connectors.postgresql();
    final Map<String, Object> config = SERVER.config();
    final Cancellation cancellation = new Cancellation();
    NetworkPolicy policy = NetworkPolicy.refuseLinkLocal();
    HostKeys hostKeys = HostKeys.trustOnFirstUse();
    Duration timeout = Targets.TIMEOUT;

    SshTunnelCase() {
        config.put("ssh.enabled", true);
        config.put("ssh.host", "localhost");
        config.put("ssh.port", (long) bastion.port());
        config.put("ssh.username", SshBastion.USER);
        config.put("ssh.password", SecretValue.of(SshBastion.PASSWORD));
    }

    @BeforeAll
    static void start() {
        bastion = new SshBastion();
    }

    @AfterAll
    static void stop() {
        bastion.close();
    }

    @AfterEach
    void nothingIsLeft() {
        Await.until(() -> Threads.named("headwater-ssh").isEmpty() && bastion.open() == 0);
    }

    ConnectionTarget target() {
        return new ConnectionTarget("postgresql", ResolvedConfig.of(config), policy, hostKeys, timeout, cancellation);
    }

    String probe() {
        connector.reach(target());
        try (ConnectorSession session = connector.open(target())) {
            return session.probe();
        }
    }

    void key(SshTestKeys key) {
        config.remove("ssh.password");
        config.put("ssh.private_key", SecretValue.of(key.privateKey()));
        if (key.encrypted()) {
            config.put("ssh.private_key_passphrase", SecretValue.of(SshTestKeys.PASSPHRASE));
        }
    }
}
