package dev.headwater.connectors.internal.net;

import java.io.IOException;

/** The network policy does not allow a destination. An {@link IOException}, because it passes through drivers. */
public final class DestinationRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    public DestinationRefusedException(String destination) {
        super("the network policy does not allow " + destination);
    }
}
