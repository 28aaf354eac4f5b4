package dev.headwater.connectors.internal;

import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;

/** Refuses what a config may ask for and no JDBC kind does yet, so that nothing is left out in silence. */
public final class Unsupported {

    private Unsupported() {}

    /** @throws ConnectorException with {@link FailureCode#INVALID_CONFIG} if the config asks for an SSH tunnel */
    public static void refuseTunnel(ResolvedConfig config) {
        if (config.flag("ssh.enabled", false)) {
            throw new ConnectorException(
                    FailureCode.INVALID_CONFIG,
                    "this connector does not support SSH tunnels yet (ssh.enabled is true)");
        }
    }
}
