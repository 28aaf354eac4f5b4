package dev.headwater.connectors.internal.ssh;

import dev.headwater.connectors.internal.net.Passage;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;

/** Finds the way that a config asks for. */
public final class Passages {

    private Passages() {}

    /**
     * {@return a direct way, or one through the SSH server of the config} Does no I/O.
     *
     * @throws ConnectorException if the tunnel cannot be used as it is configured
     */
    public static Passage of(ConnectionTarget target) {
        if (target.config().flag("ssh.enabled", false)) {
            throw new ConnectorException(
                    FailureCode.INVALID_CONFIG,
                    "this connector does not support SSH tunnels yet (ssh.enabled is true)");
        }
        return Passage.direct(target);
    }
}
