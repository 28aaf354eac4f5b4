package dev.headwater.spi;

import java.net.InetAddress;
import java.util.Set;

/**
 * Which destinations connectors may reach. It is asked with the very address that is about to be connected to, after
 * resolution, so that a name cannot point elsewhere between the check and the use. It is asked for every connection: for
 * each address of a host, for an SSH server, for hosts that a server names later, and for where a redirect leads.
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
     * {@return whether a destination may be reached through an SSH server, for which {@link #allows} has said yes} What the
     * name resolves to is known to that server only. By default all is allowed but link-local addresses that are given as
     * such: behind a server of one's own cloud, they lead to that server's credentials.
     *
     * @param host the host as the config has it, a name or an address
     * @param port the port
     */
    default boolean allowsBehindTunnel(String host, int port) {
        InetAddress address = AddressText.parse(host);
        return address == null || !LinkLocal.is(address);
    }

    /**
     * Refuses addresses of links ({@code 169.254.0.0/16}, {@code fe80::/10}), where clouds serve instance metadata and
     * credentials, also {@code fd00:ec2::254}, which AWS uses for the same; allows all else. This is the default.
     */
    static NetworkPolicy refuseLinkLocal() {
        return (host, address, port) -> !LinkLocal.is(address);
    }

    /**
     * Allows what is reachable from all of the internet only: for hosts whose users are strangers, and must not get at the
     * host's own network. Refuses what the registries of special-purpose addresses (RFC 6890) do not call globally
     * reachable: loopback, private, shared (100.64.0.0/10), unique local, link-local, documentation, benchmarking, reserved,
     * unspecified; multicast; and IPv6 addresses that stand for such an IPv4 address (mapped, compatible, NAT64, 6to4) or
     * are tunnels of others (Teredo). Behind an SSH server that is public itself, all is allowed that
     * {@link #allowsBehindTunnel} allows.
     */
    static NetworkPolicy publicAddressesOnly() {
        return (host, address, port) -> PublicAddresses.is(address);
    }

    /**
     * {@return this policy, for some ports only; also behind SSH servers, whose own port must be among them}
     *
     * @throws IllegalArgumentException if there is none, or one is not from 1 to 65535
     */
    default NetworkPolicy onlyPorts(Set<Integer> ports) {
        Set<Integer> allowed = Set.copyOf(ports);
        if (allowed.isEmpty() || allowed.stream().anyMatch(port -> port < 1 || port > 65_535)) {
            throw new IllegalArgumentException("ports must be from 1 to 65535, are " + allowed);
        }
        NetworkPolicy policy = this;
        return new NetworkPolicy() {
            @Override
            public boolean allows(String host, InetAddress address, int port) {
                return allowed.contains(port) && policy.allows(host, address, port);
            }

            @Override
            public boolean allowsBehindTunnel(String host, int port) {
                return allowed.contains(port) && policy.allowsBehindTunnel(host, port);
            }
        };
    }
}
