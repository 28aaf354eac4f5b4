package dev.headwater.spi;

import java.net.InetAddress;

/**
 * Which destinations connectors may reach. It is asked with the very address that is about to be connected to, after
 * resolution, so that a name cannot point elsewhere between the check and the use.
 *
 * <p>Called on the thread that connects; must not block.
 */
@FunctionalInterface
public interface NetworkPolicy {

    /**
     * {@return whether the destination may be reached}
     *
     * @param host the host as the config has it
     * @param address one address that it resolves to
     * @param port the port
     */
    boolean allows(String host, InetAddress address, int port);

    /**
     * Refuses addresses of links ({@code 169.254.0.0/16}, {@code fe80::/10}), where clouds serve instance metadata and
     * credentials, also {@code fd00:ec2::254}, which AWS uses for the same; allows all else. This is the default.
     */
    static NetworkPolicy refuseLinkLocal() {
        return (host, address, port) -> !LinkLocal.is(address);
    }
}
