package dev.headwater.connectors.internal.ssh;

import dev.headwater.connectors.internal.Artifacts;
import dev.headwater.connectors.internal.net.Passage;
import dev.headwater.connectors.internal.net.Tunnel;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import org.jspecify.annotations.Nullable;

/** Finds the way that a config asks for. */
public final class Passages {

    private Passages() {}

    /**
     * {@return a direct way, or one through the SSH server of the config} Does no I/O.
     *
     * @throws ConnectorException with {@link FailureCode#INVALID_CONFIG} or {@link FailureCode#WRONG_CREDENTIALS} if the
     *     tunnel cannot be used as it is configured; {@link FailureCode#DRIVER_MISSING} if there is no SSH client
     */
    public static Passage of(ConnectionTarget target) {
        return new Passage(target.policy(), target.timeout(), target.cancellation(), tunnel(target));
    }

    private static @Nullable Tunnel tunnel(ConnectionTarget target) {
        if (!target.config().flag("ssh.enabled", false)) {
            return null;
        }
        Artifacts.require("SSH client", "com.jcraft.jsch.JSch", "com.github.mwiede:jsch");
        return SshTunnel.of(target.config(), target.hostKeys());
    }
}
