package dev.headwater.connectors.internal.net;

import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * A host and a port. The host is a name or an address and nothing else, so it may stand in a URL as it is.
 *
 * @param host a DNS name, an IPv4 address, or an IPv6 address without brackets
 * @param port 1 to 65535
 */
public record Endpoint(String host, int port) {

    private static final int MAX_HOST_LENGTH = 253;

    /** Letters, digits and hyphens as in RFC 1123, and the underscore, which real networks have in names. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_.])?");

    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    /**
     * Checks a host and a port.
     *
     * @param host a name or an address; an IPv6 address may stand in brackets
     * @throws ConnectorException with {@link FailureCode#INVALID_CONFIG} if they are none
     */
    public static Endpoint of(String host, long port) {
        return of("", host, port);
    }

    /**
     * Checks a host and a port.
     *
     * @param prefix what stands before {@code host} and {@code port} in the names of their fields
     * @throws ConnectorException with {@link FailureCode#INVALID_CONFIG} if they are none
     */
    public static Endpoint of(String prefix, String host, long port) {
        if (port < 1 || port > 65_535) {
            throw new ConnectorException(
                    FailureCode.INVALID_CONFIG, prefix + "port must be from 1 to 65535, is " + port);
        }
        boolean bracketed = host.length() > 2 && host.startsWith("[") && host.endsWith("]");
        String bare = bracketed ? host.substring(1, host.length() - 1) : host;
        boolean good = IPV6.matcher(bare).matches()
                ? isIpv6(bare)
                : !bracketed
                        && bare.length() <= MAX_HOST_LENGTH
                        && NAME.matcher(bare).matches();
        if (!good) {
            throw new ConnectorException(
                    FailureCode.INVALID_CONFIG,
                    prefix
                            + "host must be one host name or IP address (letters, digits, hyphens and dots), without port, path or"
                            + " options");
        }
        return new Endpoint(bare, (int) port);
    }

    private static boolean isIpv6(String text) {
        try {
            // A text with a colon is parsed as an address and never looked up.
            return InetAddress.getByName("[" + text + "]") != null;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** {@return host and port as they stand in a URL, an IPv6 address in brackets} */
    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
