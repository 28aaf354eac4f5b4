package dev.headwater.spi;

import java.time.Duration;

/**
 * What a connector is to connect to, and within which bounds.
 *
 * @param kind the id of the kind
 * @param config the config with secrets resolved
 * @param policy which destinations may be reached
 * @param hostKeys which SSH servers are trusted, for kinds with tunnels
 * @param timeout how long the work may take; the connector hands it to its driver where that takes one. It is a help, not
 *     the limit: whoever waits cancels when the time is up.
 * @param cancellation where the connector registers what breaks its work off
 */
public record ConnectionTarget(
        String kind,
        ResolvedConfig config,
        NetworkPolicy policy,
        HostKeys hostKeys,
        Duration timeout,
        Cancellation cancellation) {

    /** A target that trusts an SSH server whatever key it shows first. */
    public ConnectionTarget(
            String kind, ResolvedConfig config, NetworkPolicy policy, Duration timeout, Cancellation cancellation) {
        this(kind, config, policy, HostKeys.trustOnFirstUse(), timeout, cancellation);
    }
}
