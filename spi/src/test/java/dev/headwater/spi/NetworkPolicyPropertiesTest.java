package dev.headwater.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

@Label("A network policy for public addresses")
class NetworkPolicyPropertiesTest {

    private static final NetworkPolicy POLICY = NetworkPolicy.publicAddressesOnly();

    @Property
    @Label("allows no address that Java itself knows to be local")
    void local(@ForAll @Size(4) byte[] ipv4, @ForAll @Size(16) byte[] ipv6) throws UnknownHostException {
        for (byte[] bytes : new byte[][] {ipv4, ipv6}) {
            InetAddress any = InetAddress.getByAddress(bytes);
            if (any.isSiteLocalAddress()
                    || any.isLoopbackAddress()
                    || any.isLinkLocalAddress()
                    || any.isAnyLocalAddress()
                    || any.isMulticastAddress()) {
                assertThat(POLICY.allows("host", any, 1)).isFalse();
            }
        }
    }

    @Property
    @Label("judges an IPv6 address that stands for an IPv4 one as that one")
    void embedded(@ForAll @Size(4) byte[] ipv4) throws UnknownHostException {
        byte[] nat64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        System.arraycopy(ipv4, 0, nat64, 12, 4);
        byte[] sixToFour = {0x20, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
        System.arraycopy(ipv4, 0, sixToFour, 2, 4);
        boolean itself = POLICY.allows("host", InetAddress.getByAddress(ipv4), 1);
        assertThat(POLICY.allows("host", InetAddress.getByAddress(nat64), 1)).isEqualTo(itself);
        assertThat(POLICY.allows("host", InetAddress.getByAddress(sixToFour), 1))
                .isEqualTo(itself);
    }

    @Property
    @Label("answers for any text, without asking the network")
    void any(@ForAll String host) {
        assertThat(NetworkPolicy.refuseLinkLocal().allowsBehindTunnel(host, 1)).isIn(true, false);
    }
}
