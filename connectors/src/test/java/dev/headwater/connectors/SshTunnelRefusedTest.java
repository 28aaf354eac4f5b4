package dev.headwater.connectors;

import static dev.headwater.connectors.Targets.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.HostKeys;
import dev.headwater.spi.NetworkPolicy;
import dev.headwater.spi.SecretValue;
import dev.headwater.testkit.FaultyServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("An SSH tunnel to PostgreSQL is refused")
class SshTunnelRefusedTest extends SshTunnelCase {

    /** Opens, and checks that the failure says that it is the tunnel, and holds none of the secrets. */
    private ConnectorException refused() {
        Throwable thrown = catchThrowable(() -> connector.open(target()));
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        assertThat(text.toString()).doesNotContain("planted");
        assertThat(thrown).hasNoCause();
        ConnectorException failure = failure(() -> connector.open(target()));
        assertThat(failure).hasMessageContaining("SSH tunnel through localhost:" + config.get("ssh.port") + ": ");
        return failure;
    }

    @Test
    @DisplayName("when the password is wrong")
    void password() {
        config.put("ssh.password", SecretValue.of("planted-wrong"));
        assertThat(refused().failure()).isEqualTo(FailureCode.WRONG_CREDENTIALS);
    }

    @Test
    @DisplayName("when the user is not known")
    void user() {
        config.put("ssh.username", "nobody");
        assertThat(refused().failure()).isEqualTo(FailureCode.WRONG_CREDENTIALS);
    }

    @Test
    @DisplayName("when the key is not known there")
    void unknownKey() throws IOException {
        try (SshBastion other = new SshBastion()) {
            key(SshTestKeys.RSA_PKCS8);
            config.put("ssh.port", (long) other.port());
            assertThat(refused().failure()).isEqualTo(FailureCode.WRONG_CREDENTIALS);
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = ".*_ENCRYPTED", mode = EnumSource.Mode.MATCH_ALL)
    @DisplayName("when the passphrase is wrong, or missing")
    void passphrase(SshTestKeys key) {
        key(key);
        config.put("ssh.private_key_passphrase", SecretValue.of("planted-wrong"));
        ConnectorException wrong = failure(() -> connector.open(target()));
        assertThat(wrong.failure()).isEqualTo(FailureCode.WRONG_CREDENTIALS);
        assertThat(wrong).hasMessageContaining("ssh.private_key_passphrase").hasMessageNotContaining("planted");
        config.remove("ssh.private_key_passphrase");
        ConnectorException missing = failure(() -> connector.open(target()));
        assertThat(missing.failure()).isEqualTo(FailureCode.INVALID_CONFIG);
        assertThat(missing).hasMessageContaining("ssh.private_key_passphrase");
    }

    @Test
    @DisplayName("when the key is none, which is not repeated")
    void noKey() {
        config.put("ssh.private_key", SecretValue.of("planted, no key"));
        ConnectorException failure = failure(() -> connector.open(target()));
        assertThat(failure.failure()).isEqualTo(FailureCode.INVALID_CONFIG);
        assertThat(failure).hasMessageContaining("ssh.private_key").hasMessageNotContaining("planted");
    }

    @Test
    @DisplayName("when the server's key is not pinned, and before it gets a password")
    void notPinned() {
        hostKeys = HostKeys.pinned(Map.of());
        ConnectorException failure = refused();
        assertThat(failure.failure()).isEqualTo(FailureCode.HOST_KEY_REFUSED);
        assertThat(failure).hasMessageContaining(bastion.fingerprint());
    }

    @Test
    @DisplayName("when the server's key has changed since it was first seen")
    void changed() {
        int port = bastion.port();
        assertThat(probe()).startsWith("PostgreSQL 18");
        bastion.close();
        bastion = new SshBastion(port);
        assertThat(refused().failure()).isEqualTo(FailureCode.HOST_KEY_REFUSED);
    }

    @Test
    @DisplayName("when the policy does not allow the SSH server, or what is behind it")
    void policy() {
        policy = (host, address, port) -> false;
        ConnectorException failure = failure(() -> connector.open(target()));
        assertThat(failure.failure()).isEqualTo(FailureCode.DESTINATION_REFUSED);
        assertThat(failure).hasMessageContaining("localhost:" + bastion.port());
        policy = NetworkPolicy.refuseLinkLocal();
        config.put("host", "169.254.169.254");
        ConnectorException behind = failure(() -> connector.open(target()));
        assertThat(behind.failure()).isEqualTo(FailureCode.DESTINATION_REFUSED);
        assertThat(behind).hasMessageContaining("behind an SSH server");
    }

    @Test
    @DisplayName("when the SSH server cannot be found or reached")
    void unreachable() throws IOException {
        try (ServerSocket bound = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            config.put("ssh.port", (long) bound.getLocalPort());
        }
        assertThat(refused().failure()).isEqualTo(FailureCode.CONNECTION_REFUSED);
        config.put("ssh.host", "no-such-host.invalid");
        ConnectorException failure = failure(() -> connector.open(target()));
        assertThat(failure.failure()).isEqualTo(FailureCode.UNKNOWN_HOST);
        assertThat(failure).hasMessageContaining("SSH tunnel through no-such-host.invalid");
    }

    @Test
    @DisplayName("when something else answers there, or nothing, or too slowly")
    void strangers() {
        timeout = Duration.ofSeconds(1);
        byte[] http = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        try (FaultyServer web = FaultyServer.answering(http);
                FaultyServer silent = FaultyServer.blackHole();
                FaultyServer slow =
                        FaultyServer.dripping("x\n".getBytes(StandardCharsets.US_ASCII), Duration.ofMillis(50));
                FaultyServer resetting = FaultyServer.resetting()) {
            config.put("ssh.port", (long) web.port());
            for (int i = 0; i < 3; i++) {
                assertThat(refused().failure()).isEqualTo(FailureCode.WRONG_SERVER);
            }
            config.put("ssh.port", (long) silent.port());
            assertThat(refused().failure()).isEqualTo(FailureCode.TIMED_OUT);
            config.put("ssh.port", (long) slow.port());
            assertThat(refused().failure()).isIn(FailureCode.TIMED_OUT, FailureCode.WRONG_SERVER);
            config.put("ssh.port", (long) resetting.port());
            assertThat(refused().failure()).isEqualTo(FailureCode.CONNECTION_LOST);
            Await.until(() -> silent.open() + slow.open() + web.open() + resetting.open() == 0);
        }
    }

    @Test
    @DisplayName("when it stands and leads nowhere")
    void targetClosed() throws IOException {
        try (ServerSocket bound = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            config.put("port", (long) bound.getLocalPort());
        }
        ConnectorException failure = refused();
        assertThat(failure.failure()).isEqualTo(FailureCode.CONNECTION_REFUSED);
        assertThat(failure).hasMessageContaining("the tunnel stands");
        assertThat(failure.hint()).contains("as seen from the SSH server");
    }

    @Test
    @DisplayName("when the SSH server does not forward")
    void prohibited() {
        bastion.forwards(false);
        try {
            assertThat(refused().failure()).isEqualTo(FailureCode.PERMISSION_DENIED);
        } finally {
            bastion.forwards(true);
        }
    }
}
