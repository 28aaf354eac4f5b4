package dev.headwater.spi;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;

/** Tells the addresses at which clouds serve instance metadata. */
final class LinkLocal {

    /** Metadata over IPv6: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html. */
    private static final byte[] AWS_METADATA_IPV6 = {
        (byte) 0xfd, 0x00, 0x0e, (byte) 0xc2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54
    };

    private LinkLocal() {}

    static boolean is(InetAddress address) {
        if (address.isLinkLocalAddress()) {
            return true;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet6Address && (Arrays.equals(bytes, AWS_METADATA_IPV6) || embedsLinkLocal(bytes));
    }

    /** IPv4-compatible (::a.b.c.d) and NAT64 (64:ff9b::a.b.c.d) forms; Java itself unwraps the mapped form. */
    private static boolean embedsLinkLocal(byte[] ipv6) {
        boolean compatible = true;
        for (int i = 0; i < 12; i++) {
            compatible &= ipv6[i] == 0;
        }
        boolean nat64 = ipv6[0] == 0x00 && ipv6[1] == 0x64 && ipv6[2] == (byte) 0xff && ipv6[3] == (byte) 0x9b;
        return (compatible || nat64) && ipv6[12] == (byte) 169 && ipv6[13] == (byte) 254;
    }
}
