package dev.headwater.core.internal;

import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.HostKeys;
import dev.headwater.spi.NetworkPolicy;
import dev.headwater.spi.ResolvedConfig;
import java.time.Duration;

/** Where the connections of a registry may lead, and whom they trust on the way. */
public record Trust(NetworkPolicy policy, HostKeys hostKeys) {

    ConnectionTarget target(String kind, ResolvedConfig config, Duration timeout, Cancellation cancellation) {
        return new ConnectionTarget(kind, config, policy, hostKeys, timeout, cancellation);
    }
}
