package dev.headwater.spi;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tells addresses that all of the internet can reach. The blocks are those of RFC 6890 and of the registries that it
 * founded, https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry.
 */
final class PublicAddresses {

    private static final List<Block> NOT_PUBLIC = Stream.of(
                    "0.0.0.0/8", // this network
                    "10.0.0.0/8", // private use
                    "100.64.0.0/10", // shared, of carriers
                    "127.0.0.0/8", // loopback
                    "169.254.0.0/16", // link local
                    "172.16.0.0/12", // private use
                    "192.0.0.0/24", // protocol assignments
                    "192.0.2.0/24", // documentation
                    "192.88.99.0/24", // 6to4 relays, deprecated
                    "192.168.0.0/16", // private use
                    "198.18.0.0/15", // benchmarking
                    "198.51.100.0/24", // documentation
                    "203.0.113.0/24", // documentation
                    "224.0.0.0/4", // multicast
                    "240.0.0.0/4") // reserved, and broadcast
            .map(Block::parse)
            .toList();

    /** Of IPv6, only this is given out for unicast at all (RFC 4291; IANA's registry of the address space). */
    private static final Block GLOBAL_UNICAST = Block.parse("[2000::]/3");

    private static final List<Block> NOT_PUBLIC_IPV6 = Stream.of(
                    "[2001::]/23", // protocol assignments, with Teredo and benchmarking
                    "[2001:db8::]/32", // documentation
                    "[3fff::]/20") // documentation
            .map(Block::parse)
            .toList();

    private static final Block SIX_TO_FOUR = Block.parse("[2002::]/16");
    private static final Block NAT64 = Block.parse("[64:ff9b::]/96");

    private PublicAddresses() {}

    static boolean is(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            return NOT_PUBLIC.stream().noneMatch(block -> block.holds(bytes));
        }
        if (NAT64.holds(bytes)) {
            return isIpv4(bytes, 12);
        }
        if (SIX_TO_FOUR.holds(bytes)) {
            return isIpv4(bytes, 2);
        }
        return GLOBAL_UNICAST.holds(bytes) && NOT_PUBLIC_IPV6.stream().noneMatch(block -> block.holds(bytes));
    }

    private static boolean isIpv4(byte[] bytes, int from) {
        byte[] ipv4 = Arrays.copyOfRange(bytes, from, from + 4);
        return NOT_PUBLIC.stream().noneMatch(block -> block.holds(ipv4));
    }

    private record Block(InetAddress first, int bits) {

        static Block parse(String text) {
            String[] parts = text.split("/");
            try {
                return new Block(InetAddress.getByName(parts[0]), Integer.parseInt(parts[1]));
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(text, e);
            }
        }

        boolean holds(byte[] address) {
            byte[] prefix = first.getAddress();
            if (address.length != prefix.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((address[bit / 8] & mask) != (prefix[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
