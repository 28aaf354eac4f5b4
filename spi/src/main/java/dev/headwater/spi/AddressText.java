package dev.headwater.spi;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads addresses that are given as such, without looking anything up. */
final class AddressText {

    /** All that a libc takes for IPv4: also fewer parts than four, and hexadecimal ones. */
    private static final Pattern IPV4 =
            Pattern.compile("(0[xX][0-9a-fA-F]*|[0-9]+)(\\.(0[xX][0-9a-fA-F]*|[0-9]+)){0,3}\\.?");

    private static final long[] LAST_PART = {0xffff_ffffL, 0xff_ffffL, 0xffffL, 0xffL};

    private AddressText() {}

    /** {@return the address, or null if the text is a name} */
    static @Nullable InetAddress parse(String host) {
        try {
            if (host.indexOf(':') >= 0) {
                // A text with a colon is parsed as an address and never looked up.
                return InetAddress.getByName(host.startsWith("[") ? host : "[" + host + "]");
            }
            return IPV4.matcher(host).matches() ? ipv4(host) : null;
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private static @Nullable InetAddress ipv4(String text) throws UnknownHostException {
        String[] parts = text.split("\\.");
        long address = 0;
        for (int i = 0; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            long part = number(parts[i]);
            if (part < 0 || part > (last ? LAST_PART[i] : 0xff)) {
                return null;
            }
            address |= last ? part : part << (24 - 8 * i);
        }
        return InetAddress.getByAddress(
                new byte[] {(byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address});
    }

    /** Octal after a zero, hexadecimal after 0x, as in C. */
    private static long number(String part) {
        try {
            return part.equals("0x") || part.equals("0X") ? 0 : Long.decode(part);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
