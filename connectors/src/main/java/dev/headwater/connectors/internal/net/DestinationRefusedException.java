package dev.headwater.connectors.internal.net;

import java.io.IOException;

/** The network policy allows no address of the host. An {@link IOException}, because it passes through drivers. */
public final class DestinationRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    DestinationRefusedException(Endpoint endpoint) {
        super("the network policy does not allow " + endpoint);
    }
}
